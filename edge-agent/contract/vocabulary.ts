import { z } from 'zod';

/** The words every part of the house shares. DESIGN's "Words" in types. */

/** Why somebody came. A complaint goes to the manager. */
export const purposeSchema = z.enum(['look-around', 'test-drive', 'quote', 'appointment', 'pick-up', 'service', 'complaint', 'other']);
export type Purpose = z.infer<typeof purposeSchema>;

export const roleSchema = z.enum(['consultant', 'adviser', 'reception', 'manager', 'administrator', 'installer', 'kiosk']);
export type Role = z.infer<typeof roleSchema>;

/** Interface languages. Mandarin first, English second. */
export const languageSchema = z.enum(['zh', 'en']);
export type Language = z.infer<typeof languageSchema>;

/** Why an alert or a visit ended other than by somebody being greeted. */
export const closeReasonSchema = z.enum(['left', 'staff', 'courier', 'not-a-visitor', 'expired']);
export type CloseReason = z.infer<typeof closeReasonSchema>;

/** How a visit became known. `face`: a known customer was recognised before crossing the line. */
export const arrivalSourceSchema = z.enum(['crossing', 'face', 'kiosk', 'manual']);
export type ArrivalSource = z.infer<typeof arrivalSourceSchema>;

/** What a camera is doing, as people see it. */
export const cameraStateSchema = z.enum(['connecting', 'live', 'stalled', 'retrying', 'ended', 'failed', 'stopped']);
export type CameraState = z.infer<typeof cameraStateSchema>;

/** Why a camera is not live; each has its own message in the console and on the command line. */
export const cameraReasonSchema = z.enum([
	'unauthorised',
	'unreachable',
	'not-found',
	'stalled',
	'no-frames',
	'not-a-video',
	'no-such-file',
	'no-permission',
	'ffmpeg-missing',
	'ffmpeg-failed',
]);
export type CameraReason = z.infer<typeof cameraReasonSchema>;

/**
 * A moment on both clocks. Deadlines run on `mono` while the machine's boot is the same, so that a jump of the wall clock
 * moves none of them, and on `wall` after a reboot.
 */
export interface Instant {
	/** Unix time in ms. */
	readonly wall: number;
	/** CLOCK_MONOTONIC in ms: one clock for every process and thread since the machine started. */
	readonly mono: number;
	/** The machine's boot id. */
	readonly boot: string;
}
