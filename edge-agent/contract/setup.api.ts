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
	/** The recognisers that could be used, which of them is, and which lie here ready. */
	readonly recognisers: readonly {
		readonly name: string;
		readonly active: boolean;
		readonly installed: boolean;
		readonly fallback: boolean;
	}[];
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
});
export type CameraChange = z.infer<typeof cameraChangeSchema>;
