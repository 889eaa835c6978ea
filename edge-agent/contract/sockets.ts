import { z } from 'zod';
import type { Look } from '../../calibration/camera/observed.js';
import type { AlertView, CameraView, VisitView } from './api.js';

/**
 * socket.io, namespace `/desk`: what a consultant's, a manager's or a wall screen gets.
 *
 * socket.io is at most once; so the device says what it has: each delivery is acknowledged through its callback, whatever is
 * unacknowledged is sent again on reconnection, and `after` brings every change since the last one seen.
 *
 * Who is at the screen, the cookie of its session or device says. Without one the connection is refused (`sign-in-needed`, `not-allowed`);
 * a session that ends takes its screens with it. A wall board gets alerts and no visits; an installer cameras only, whose
 * pictures name nobody.
 */
export interface DeskHandshake {
	/** This browser's own id, made once and kept. */
	readonly device: string;
	/** The last log seq this screen has seen; 0 on a first visit. */
	readonly after: number;
	/** As `present` says it; left out: true. */
	readonly visible?: boolean;
}

/** `present`. visible: somebody would notice an alert on this screen: its page is in sight, or can be heard and goes on running. */
export const presentSchema = z.object({ visible: z.boolean() });
export type Present = z.infer<typeof presentSchema>;

/** A member of staff's device that is connected. Screens that never say `present` count as visible. */
export interface ScreenView {
	readonly staff: string;
	readonly device: string;
	readonly visible: boolean;
	/** Since when it is so, Unix ms. */
	readonly since: number;
}

/** What screens ask for over HTTP: GET /reception, /guests, /tasks, /visits. */
export type ShownList = 'reception' | 'guests' | 'tasks' | 'visits';

/** Something in these lists is not as it was at an earlier seq: a page that shows one asks for it again. Twice a second at most. */
export interface ListsChange {
	readonly seq: number;
	readonly lists: readonly ShownList[];
}

/** One alert for one person at one step of its plan. Shown once: a device that has shown this `delivery` only acknowledges. */
export interface AlertDelivery {
	/** `${alert}/${step}/${staff}` */
	readonly delivery: string;
	readonly step: number;
	readonly alert: AlertView;
}

/**
 * A seq and the rows that it changed, as they are now. A screen replaces its rows by id and remembers the seq. No telephone comes this way:
 * GET /api/visits tells it to whoever may look at customers.
 */
export interface DeskChange {
	readonly seq: number;
	readonly visits: readonly VisitView[];
	readonly alerts: readonly AlertView[];
}

/** A face or body in the live picture, in fractions of the picture's width and height. */
export interface LiveBox {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly kind: 'face' | 'body';
	/** The known person's name, for people who opted in; null for everybody else. */
	readonly label: string | null;
}

/** One live picture: analysed frame and its boxes, in sync. */
export interface LivePicture {
	readonly camera: string;
	readonly jpeg: ArrayBuffer;
	readonly boxes: readonly LiveBox[];
	/** The counting line, in fractions. */
	readonly line: { x1: number; y1: number; x2: number; y2: number } | null;
	/** What the detector saw, for whoever calibrates the camera; null for everybody else, and in pictures at which it did not look. */
	readonly look: Look | null;
}

export interface DeskServerMessages {
	alert: (delivery: AlertDelivery, received: () => void) => void;
	change: (change: DeskChange) => void;
	lists: (change: ListsChange) => void;
	camera: (camera: CameraView) => void;
	picture: (picture: LivePicture) => void;
}

export interface DeskClientMessages {
	/** To be said whenever it changes, and after waking: without an answer (`heard`) the connection is dead, whatever it looks like. */
	present: (present: Present, heard: () => void) => void;
	/** Watch a camera's live picture (null: none). Pictures are encoded only while somebody watches. */
	watch: (camera: string | null) => void;
	/** Watch it as `watch` does, with the figures of each face, to calibrate it. The later of the two counts. */
	calibrate: (camera: string | null) => void;
}
