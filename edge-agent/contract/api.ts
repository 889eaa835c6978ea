import { z } from 'zod';
import type { CameraReason, CameraState, CloseReason, Purpose, Role } from './vocabulary.js';
import { closeReasonSchema, languageSchema, purposeSchema } from './vocabulary.js';

/** What the agent's HTTP API answers (`View`) and takes (`…Schema`). Times are Unix ms. All under `/api`. */

export interface StaffView {
	readonly id: string;
	readonly name: string;
	readonly role: Role;
	readonly onDuty: boolean;
}

export interface CustomerView {
	readonly id: string;
	readonly name: string;
	readonly telephone: string | null;
	/** The assigned consultant. */
	readonly consultant: string | null;
	readonly templates: number;
}

/** With what a dealer system's file said of them. */
export interface CustomerDetails extends CustomerView {
	/** The model they are interested in. */
	readonly model: string | null;
	readonly note: string | null;
}

export interface VisitView {
	readonly id: string;
	readonly openedAt: number;
	readonly entrance: string | null;
	readonly source: 'crossing' | 'face' | 'kiosk' | 'manual';
	/** null: a visitor nobody knows. */
	readonly customer: { readonly id: string; readonly name: string } | null;
	/** What the visitor wrote at the kiosk, if they did. The telephone is null for those who may not look at customers, and over sockets. */
	readonly checkin: { readonly name: string; readonly telephone: string | null; readonly model: string | null } | null;
	readonly purpose: Purpose | null;
	readonly host: string | null;
	readonly steppedOutAt: number | null;
	readonly greetedAt: number | null;
	readonly greetedBy: string | null;
	readonly closedAt: number | null;
	readonly closeReason: CloseReason | null;
}

export interface AlertView {
	readonly id: string;
	readonly visit: string;
	readonly state: 'open' | 'acknowledged' | 'greeted' | 'closed';
	readonly openedAt: number;
	readonly customer: { readonly id: string; readonly name: string } | null;
	readonly checkinName: string | null;
	readonly purpose: Purpose | null;
	/** Everybody told so far, in order. */
	readonly told: readonly string[];
	readonly step: number;
	readonly acknowledgedBy: string | null;
	readonly acknowledgedAt: number | null;
	readonly greetedAt: number | null;
	/** Whoever walked up: not always the one who accepted. */
	readonly greetedBy: string | null;
	readonly overdue: boolean;
	/** Unix ms after which an open alert shows red. */
	readonly redAt: number;
	readonly closedAt: number | null;
	readonly closeReason: CloseReason | null;
}

export interface CameraView {
	readonly id: string;
	readonly name: string;
	/** What the entrance is called at which it counts; null: it counts nobody. */
	readonly entrance: string | null;
	readonly state: CameraState;
	readonly reason: CameraReason | null;
	/** Frames analysed a second over the last few seconds. */
	readonly fps: number;
	readonly dropped: number;
}

/** GET /api/showroom: what a screen needs before anything else. */
export interface ShowroomView {
	readonly name: string;
	readonly staff: readonly StaffView[];
	readonly cameras: readonly CameraView[];
	/** The models that a visitor may name at check-in. */
	readonly models: readonly { readonly id: string; readonly title: Both }[];
	/**
	 * The recogniser in use; `fallback` while the store still runs on the demo's network; `calibrated`: its threshold is the store's own;
	 * `missing`: people enrolled with another one only.
	 */
	readonly recogniser: { readonly name: string; readonly fallback: boolean; readonly calibrated: boolean; readonly missing: number };
	/** Whether the first-start assistant has been gone through. */
	readonly setUp: boolean;
	/** Where other devices open the console; null: only this machine is let in. */
	readonly address: string | null;
	/** Now, by the agent's clock. */
	readonly now: number;
	readonly lastSeq: number;
}

/** GET /api/visits?from=MS&to=MS, newest first. GET /api/alerts?open=true */
export interface VisitsAnswer {
	readonly visits: readonly VisitView[];
	readonly lastSeq: number;
}
export interface AlertsAnswer {
	readonly alerts: readonly AlertView[];
	readonly lastSeq: number;
}

/** POST /api/alerts/:id/accept and /greet, by the member of staff who is signed in; no body. Answers the AlertView. Repeating is harmless. */
/** POST /api/alerts/:id/close */
export const alertCloseSchema = z.object({ reason: closeReasonSchema });

/** POST /api/checkins, from the kiosk. `id` is made by the kiosk, so that sending again after a lost answer makes no second one. */
export const checkInSchema = z.object({
	id: z.uuid(),
	name: z.string().trim().min(1).max(40),
	/** Digits as typed; kept as entered after removing spaces and dashes. */
	telephone: z
		.string()
		.transform((value) => value.replace(/[\s-]/g, ''))
		.pipe(z.string().regex(/^\+?\d{5,15}$/))
		.nullable(),
	purpose: purposeSchema,
	host: z.string().min(1).nullable(),
	model: z.string().min(1).nullable(),
	language: languageSchema,
});
export type CheckIn = z.infer<typeof checkInSchema>;

export interface CheckInAnswer {
	readonly visit: string;
	/** Who has been told first; null when nobody is on duty. */
	readonly consultant: { readonly id: string; readonly name: string } | null;
}

/** GET /api/hosts: the staff a visitor may ask for. */
export interface HostsAnswer {
	readonly hosts: readonly { readonly id: string; readonly name: string }[];
}

type Both = { readonly zh: string; readonly en: string };

/** GET /api/brochures */
export interface BrochureView {
	readonly id: string;
	readonly model: string;
	readonly title: Both;
	readonly tagline: Both;
	readonly pages: readonly BrochurePage[];
}
export interface BrochurePage {
	readonly title: Both;
	readonly text: Both;
	/** Path of an SVG or picture under /api/brochures/. */
	readonly picture: string;
	readonly facts: readonly { readonly label: Both; readonly value: Both }[];
}

/** POST /api/brochures/:id/views */
export const brochureViewSchema = z.object({ page: z.number().int().nonnegative(), ms: z.number().int().nonnegative() });

/** Every error answer. `code` is stable, `message` is for people, `language` of the message is the request's. */
export interface ErrorAnswer {
	readonly error: { readonly code: string; readonly message: string };
}
