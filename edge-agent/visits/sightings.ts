import { elapsedMs } from '../clock.js';
import type { FaceEvidence } from '../contract/visit-events.js';
import type { Instant } from '../contract/vocabulary.js';
import type { Crossing, KnownPerson, Who } from './visits.types.js';

/**
 * What is known of the bodies in front of the cameras right now. It is in memory only: after a restart tracks begin anew, and
 * at worst somebody who was outside at that moment counts as a new arrival.
 */
export interface Sightings {
	/** By camera and track: the passage it shows. */
	readonly tracks: Map<string, { readonly passage: Passage; readonly lostAt: Instant | null }>;
	/** People whom nobody recognised and who went out a short while ago. */
	readonly outs: OutToken[];
	/** Visitors who said goodbye a short while ago and have not been seen going out. */
	readonly farewells: Instant[];
	/** The latest crossings, to know the same one on another camera. */
	readonly crossings: RecentCrossing[];
}

/** One person's way through an entrance, as seen by one or more cameras. */
export interface Passage {
	readonly who: Who;
	/** What `who` rests on. */
	readonly evidence: FaceEvidence | null;
	/** The visit that this person is on, as far as known. */
	readonly visit: string | null;
	/** This passage opened that visit or brought it back already, so its crossing in says nothing more. */
	readonly own: boolean;
	readonly direction: 'in' | 'out' | null;
	/** What its crossing in used up: the going out of somebody who is taken to be back. */
	readonly took: OutToken | null;
	/** What its crossing out left behind. */
	readonly left: OutToken | null;
}

/** Somebody unknown went out. It names nobody; the next unknown person to come in is taken for them. */
export interface OutToken {
	readonly entrance: string;
	readonly at: Instant;
}

interface RecentCrossing {
	readonly entrance: string;
	readonly direction: 'in' | 'out';
	readonly at: Instant;
	/** The track that crossed first; its passage may be joined with another's later. */
	readonly track: string;
	/** Each camera sees one crossing once. */
	readonly cameras: readonly string[];
}

/** Two cameras of one entrance see the same crossing within this time. */
const SAME_CROSSING_MS = 1500;

/** Whoever said goodbye is out within this time, or was just before. */
export const FAREWELL_MS = 5 * 60_000;

/** A decision about a face may come a little after its track was lost. */
const LOST_KEPT_MS = 10_000;

export const nobodySeen: Passage = { who: 'undecided', evidence: null, visit: null, own: false, direction: null, took: null, left: null };

/** Nothing seen yet. */
export function noSightings(): Sightings {
	return { tracks: new Map(), outs: [], farewells: [], crossings: [] };
}

/** A copy that a decision may change, without what is too old to matter. */
export function sightingsAt(before: Sightings, at: Instant, reentryMs: (entrance: string) => number): Sightings {
	const tracks = new Map([...before.tracks].filter(([, { lostAt }]) => !lostAt || elapsedMs(lostAt, at) < LOST_KEPT_MS));
	return {
		tracks,
		outs: before.outs.filter((token) => elapsedMs(token.at, at) < reentryMs(token.entrance)),
		farewells: before.farewells.filter((said) => elapsedMs(said, at) < FAREWELL_MS),
		crossings: before.crossings.filter((crossing) => Math.abs(elapsedMs(crossing.at, at)) <= SAME_CROSSING_MS),
	};
}

export function known(who: Who): who is KnownPerson {
	return typeof who === 'object';
}

export function trackKey({ camera, track }: { readonly camera: string; readonly track: number }): string {
	return `${camera}/${track}`;
}

/**
 * The crossing that another camera of the entrance has already reported, if this one is most likely the same: the same person, or
 * at least one of the two not known to be somebody. Of several: the same person's, then one as unknown as this, then the nearest
 * in time.
 */
export function twin(sightings: Sightings, crossing: Crossing): { readonly index: number; readonly passage: Passage } | null {
	const key = trackKey(crossing);
	const mine = sightings.tracks.get(key)?.passage ?? nobodySeen;
	let best: { index: number; passage: Passage; rank: number; apart: number } | null = null;
	for (const [index, other] of sightings.crossings.entries()) {
		const passage = sightings.tracks.get(other.track)?.passage;
		const apart = Math.abs(elapsedMs(other.at, crossing.at));
		if (!passage || other.entrance !== crossing.entrance || other.direction !== crossing.direction) continue;
		if (other.cameras.includes(crossing.camera) || apart > SAME_CROSSING_MS) continue;
		const rank = likeness(mine, passage);
		if (rank !== null && (!best || rank < best.rank || (rank === best.rank && apart < best.apart))) best = { index, passage, rank, apart };
	}
	return best;
}

/** 0 the same passage or person, 1 both unknown, 2 one of them unknown; null: two different persons. */
function likeness(a: Passage, b: Passage): 0 | 1 | 2 | null {
	if (a === b) return 0;
	if (known(a.who) && known(b.who)) return a.who.person === b.who.person ? 0 : null;
	return known(a.who) || known(b.who) ? 2 : 1;
}
