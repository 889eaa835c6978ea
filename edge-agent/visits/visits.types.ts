import type { CheckIn } from '../contract/api.js';
import type { FaceEvidence } from '../contract/events.js';
import type { CloseReason, Instant } from '../contract/vocabulary.js';

/** Somebody whom a camera recognised. */
export interface KnownPerson {
	readonly person: string;
	readonly kind: 'customer' | 'staff';
}

/** Whom a track shows: somebody known, `nobody` we know, or not decided yet. */
export type Who = KnownPerson | 'nobody' | 'undecided';

/** A body on one camera. A `track`'s number is used once while its camera is connected. */
interface OnTrack {
	readonly camera: string;
	readonly entrance: string;
	readonly track: number;
	/** When the frame was taken. */
	readonly at: Instant;
}

/** A body crossed an entrance's counting line. */
export interface Crossing extends OnTrack {
	readonly kind: 'crossing';
	readonly direction: 'in' | 'out';
	readonly who: Who;
}

/** The decision about a track's face. */
export interface Identified extends OnTrack {
	readonly kind: 'identified';
	readonly who: Who;
	/** What it rests on, where that is known. */
	readonly evidence: FaceEvidence | null;
}

/** A body came into or left the picture. A number that appears again is another body: its camera was connected anew. */
export interface TrackEnd {
	readonly kind: 'trackFound' | 'trackLost';
	readonly camera: string;
	readonly track: number;
	readonly at: Instant;
}

/** What cameras tell about people. */
export type VisionInput = Crossing | Identified | TrackEnd;

/** A visitor checked in. `form.id` makes sending again harmless. */
export interface CheckInInput {
	readonly kind: 'checkIn';
	readonly form: CheckIn;
	readonly via: 'touch' | 'voice' | 'face' | 'reception';
	/** Whom the kiosk recognised, and who said so too; null: nobody. */
	readonly customer: string | null;
}

/** Someone says that a visit is over. */
export interface CloseVisit {
	readonly kind: 'close';
	readonly visit: string;
	readonly reason: CloseReason;
	readonly staff: string;
}

/** Time has passed. */
export interface Tick {
	readonly kind: 'tick';
}

export type VisitInput = VisionInput | CheckInInput | CloseVisit | Tick;

export interface VisitRules {
	/** By entrance: who is back within this many ms is no new arrival. */
	readonly reentryMs: ReadonlyMap<string, number>;
	/** A visit that nobody closed ends after this many ms. */
	readonly maxMs: number;
}

/** A visit that is going on, as the log tells it. */
export interface Visit {
	readonly id: string;
	readonly openedAt: Instant;
	readonly entrance: string | null;
	/** null: a visitor nobody knows. */
	readonly customer: string | null;
	readonly steppedOutAt: Instant | null;
	readonly greeted: boolean;
	readonly checkin: string | null;
}

/** What the log says; nothing else may be in here, so that a fold of the log gives it back. */
export interface VisitsState {
	/** By id, in the order of opening. */
	readonly open: ReadonlyMap<string, Visit>;
	/** The newest check-ins and the visits that they belong to. */
	readonly checkins: ReadonlyMap<string, string>;
}
