import type { Actor } from '../contract/events.js';
import type { FaceEvidence } from '../contract/visit-events.js';
import type { CloseReason, Instant, Purpose } from '../contract/vocabulary.js';

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

/** A visitor checked in, at the kiosk or by a member of staff's hand. `form.id` makes sending again harmless. */
export interface CheckInInput {
	readonly kind: 'checkIn';
	readonly form: {
		readonly id: string;
		readonly purpose: Purpose;
		readonly host: string | null;
		readonly model: string | null;
		readonly partySize?: number | undefined;
	};
	readonly via: 'touch' | 'voice' | 'face' | 'reception' | 'guest';
	/** Whom the kiosk recognised, or whose number or invitation it is; null: nobody's. */
	readonly customer: string | null;
	/** What `customer` rests on. */
	readonly by: 'kiosk' | 'telephone' | 'guest' | 'manual';
	/** The expected guest that they are. */
	readonly guest: string | null;
	readonly actor: Actor;
}

/** Two visits were one. Both are going on. */
export interface MergeVisits {
	readonly kind: 'merge';
	readonly visit: string;
	readonly into: string;
	readonly why: string | null;
	readonly staff: string;
}

/** Somebody of a party gets a visit of their own. */
export interface SplitVisit {
	readonly kind: 'split';
	readonly visit: string;
	/** The new one's id. */
	readonly id: string;
	readonly why: string | null;
	readonly staff: string;
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

export type VisitInput = VisionInput | CheckInInput | MergeVisits | SplitVisit | CloseVisit | Tick;

export interface VisitRules {
	/** By entrance: who is back within this many ms is no new arrival. */
	readonly reentryMs: ReadonlyMap<string, number>;
	/** A visit that nobody closed ends after this many ms. */
	readonly maxMs: number;
	/** A visitor of whom nothing was seen or heard for this many ms has left. */
	readonly absentMs: number;
	/** Unknown people who come in within this many ms of each other are one party. */
	readonly partyMs: number;
}

/** A visit that is going on, as the log tells it. */
export interface Visit {
	readonly id: string;
	readonly openedAt: Instant;
	readonly entrance: string | null;
	/** null: a visitor nobody knows. */
	readonly customer: string | null;
	readonly steppedOutAt: Instant | null;
	/** When the visitor was last seen or heard of. */
	readonly lastSeenAt: Instant;
	readonly greetedAt: Instant | null;
	/** Who looks after the visitor. */
	readonly receivedBy: string | null;
	readonly checkin: string | null;
	/** The first visit of those who came in together. */
	readonly party: string | null;
	/** Somebody has said what came of it already. */
	readonly outcome: boolean;
}

/** What the log says; nothing else may be in here, so that a fold of the log gives it back. */
export interface VisitsState {
	/** By id, in the order of opening. */
	readonly open: ReadonlyMap<string, Visit>;
	/** The newest check-ins and the visits that they belong to. */
	readonly checkins: ReadonlyMap<string, string>;
	/** Customers of whom staff have said that they are leaving, and when. */
	readonly leaving: ReadonlyMap<string, Instant>;
}
