import { z } from 'zod';

/** The words every part of the house shares. DESIGN's "Words" in types. */

/** Why somebody came. A complaint goes to the manager. */
export const purposeSchema = z.enum(['look-around', 'test-drive', 'quote', 'appointment', 'pick-up', 'service', 'complaint', 'other']);
export type Purpose = z.infer<typeof purposeSchema>;

export const roleSchema = z.enum(['consultant', 'adviser', 'reception', 'manager', 'administrator', 'installer', 'kiosk']);
export type Role = z.infer<typeof roleSchema>;

/** Who takes turns: the rota that a purpose belongs to. A complaint has none and goes to the managers. */
export const rotaSchema = z.enum(['sales', 'service', 'reception']);
export type Rota = z.infer<typeof rotaSchema>;

/** Whether somebody takes visitors now. `break` ends by itself. */
export const dutyStateSchema = z.enum(['on', 'break', 'off']);
export type DutyState = z.infer<typeof dutyStateSchema>;

/** Where a visitor comes from (来源), as the showroom log's sheet has it. */
export const channelSchema = z.enum(['walk-in', 'invited', 'referral', 'online', 'telephone', 'event', 'returning', 'other']);
export type Channel = z.infer<typeof channelSchema>;

/** How soon somebody means to buy (意向级别): within 7 days, 15, 30, 90; D: not at all. */
export const gradeSchema = z.enum(['H', 'A', 'B', 'C', 'D']);
export type Grade = z.infer<typeof gradeSchema>;

/** What came of a visit. `ordered` is 成交; `served`: their business (a service, a pick-up) is done. */
export const visitResultSchema = z.enum(['ordered', 'follow-up', 'lost', 'served', 'other']);
export type VisitResult = z.infer<typeof visitResultSchema>;

/** What is to be done: the form about a visit that is over, or calling the customer again. */
export const taskKindSchema = z.enum(['outcome', 'follow-up']);
export type TaskKind = z.infer<typeof taskKindSchema>;

/** Interface languages. Mandarin first, English second. */
export const languageSchema = z.enum(['zh', 'en']);
export type Language = z.infer<typeof languageSchema>;

/**
 * Why an alert or a visit ended other than by somebody being greeted. `left`: out over the line, or somebody said so; `absent`: nothing was
 * seen or heard of them for so long; `merged`: it was the same visit as another. Of alerts only: `received` (the visitor was, by way of
 * another alert), `handed-over` and `declined` (what became of a hand-over).
 */
export const closeReasonSchema = z.enum([
	...['left', 'absent', 'staff', 'courier', 'not-a-visitor', 'expired', 'merged'],
	...['received', 'handed-over', 'declined'],
] as const);
export type CloseReason = z.infer<typeof closeReasonSchema>;

/**
 * How a visit became known. `face`: a known customer was recognised before crossing the line. `telephone`: they gave their number at the
 * kiosk; `guest`: they were expected.
 */
export const arrivalSourceSchema = z.enum(['crossing', 'face', 'kiosk', 'manual', 'telephone', 'guest']);
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
