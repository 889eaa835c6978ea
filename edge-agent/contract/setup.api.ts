import { z } from 'zod';
import type { CameraReason, CameraState } from './vocabulary.js';

/** What the first-start assistant and the camera page ask of the agent. For administrators and installers only. */

/** The assistant's steps after the administrator exists, in order. */
export const setupStepSchema = z.enum(['store', 'camera', 'models', 'staff', 'done']);
export type SetupStep = z.infer<typeof setupStepSchema>;

const fraction = z.number().min(0).max(1);
/** A corner in fractions of the picture. */
const cornerSchema = z.object({ x: fraction, y: fraction });
const lineSchema = z
	.object({ x1: fraction, y1: fraction, x2: fraction, y2: fraction })
	.refine(({ x1, y1, x2, y2 }) => x1 !== x2 || y1 !== y2, { error: 'two different points' });
const zoneSchema = z.array(cornerSchema).min(3).max(32);

/** A camera as it is set. */
export interface CameraSettings {
	readonly id: string;
	readonly name: string;
	/** The address without user name and password. */
	readonly address: string;
	/** The entrance whose visitors it counts; null: none. */
	readonly entrance: string | null;
	readonly line: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number } | null;
	readonly zone: readonly { readonly x: number; readonly y: number }[] | null;
	/** Privacy masks: nothing under these polygons is analysed or shown. */
	readonly masks: readonly (readonly { readonly x: number; readonly y: number }[])[];
	/** Frames a second that are analysed, at most. */
	readonly rate: number;
	/** It stands in the configuration file, so it is changed there and not here. */
	readonly fixed: boolean;
}

/** GET /api/settings */
export interface SettingsView {
	readonly storeName: string;
	/** Whether somebody has named the store. */
	readonly named: boolean;
	/** Where the assistant was left. */
	readonly step: SetupStep;
	readonly cameras: readonly CameraSettings[];
	/** The recognisers that could be used, best advised first. */
	readonly recognisers: readonly RecogniserView[];
	/** What the chosen one's threshold rests on. */
	readonly thresholds: ThresholdsView;
}

export interface RecogniserView {
	readonly name: string;
	/** after-review: good, once a lawyer has looked at its licence. own: added by the store itself. */
	readonly advice: 'recommended' | 'after-review' | 'fallback' | 'own';
	/** It is the store's choice. */
	readonly active: boolean;
	/** The agent runs with it: the choice holds from the next start on. */
	readonly running: boolean;
	/** All its networks lie here. */
	readonly installed: boolean;
	/** Of the networks that do not. */
	readonly fetchBytes: number;
	/** They can be fetched from the internet, not only taken from a folder. */
	readonly fetchable: boolean;
	/** SPDX identifiers. */
	readonly licences: readonly string[];
}

/** none: the recogniser was added by the store, which has not calibrated it. */
export type ThresholdsView =
	| { readonly from: 'settings' | 'shipped' | 'none' }
	/** The store's own calibration; `madeAt`: ISO 8601. */
	| { readonly from: 'own'; readonly madeAt: string; readonly people: number };

/** POST /api/recogniser: brings what it needs, and chooses it. Answers the RecogniserChangeAnswer. */
export const recogniserOrderSchema = z.object({
	name: z.string().min(1).max(100),
	/** A folder on the box that holds the files, instead of the internet. */
	from: z.string().trim().min(1).max(500).optional(),
});
export type RecogniserOrder = z.infer<typeof recogniserOrderSchema>;

/** How far a change of the recogniser is. */
export interface RecogniserChange {
	readonly name: string;
	readonly state: 'fetching' | 'done' | 'failed';
	/** The network that is being fetched, and how far that is. */
	readonly network: string | null;
	readonly bytes: number;
	readonly of: number;
	readonly bytesPerSecond: number;
	/** Why it failed; the console has the advice for each. */
	readonly fault:
		| 'unreachable'
		| 'interrupted'
		| 'refused'
		| 'wrong-file'
		| 'no-address'
		| 'not-in-folder'
		| 'bad-folder'
		| 'not-calibrated'
		| 'other'
		| null;
	/** The same in full, in English. */
	readonly message: string | null;
}

/** GET /api/recogniser: the last change that was asked for, if any. */
export interface RecogniserChangeAnswer {
	readonly change: RecogniserChange | null;
}

/** POST /api/settings: what is given changes. Answers the SettingsView. */
export const settingsChangeSchema = z.object({
	storeName: z.string().trim().min(1).max(40).optional(),
	step: setupStepSchema.optional(),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** POST /api/cameras: tries the address for up to 15 s and keeps the camera if a picture came. */
export const newCameraSchema = z.object({
	name: z.string().trim().min(1).max(40),
	/** rtsp://user:password@host/path, usb:/dev/video0, or a file on the box. */
	source: z.string().trim().min(1).max(500),
	/** Keep it although no picture came: a camera that is not mounted yet. */
	keep: z.boolean().default(false),
});
export type NewCamera = z.input<typeof newCameraSchema>;

/** How the trial went. */
export interface CameraTrial {
	/** The camera, if it was kept. */
	readonly camera: CameraSettings | null;
	readonly state: CameraState;
	/** Why no picture came; the console has the advice for each. */
	readonly reason: CameraReason | null;
}

/** POST /api/cameras/:id: what is given changes. Answers the CameraSettings. POST /api/cameras/:id/remove takes nothing. */
export const cameraChangeSchema = z.object({
	name: z.string().trim().min(1).max(40).optional(),
	line: lineSchema.nullable().optional(),
	zone: zoneSchema.nullable().optional(),
	masks: z.array(zoneSchema).max(16).optional(),
});
export type CameraChange = z.infer<typeof cameraChangeSchema>;
