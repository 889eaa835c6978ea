import { holds } from './association.js';
import type { Body } from './bodies.js';
import type { Track } from './tracks.types.js';

/** A track, and whether a face of theirs would still tell who they are. */
export interface Watched {
	readonly track: Track;
	readonly open: boolean;
}

/** Nobody is there: people who stand still where the camera was switched on are found too. */
const EMPTY_MS = 2000;
/** Who somebody is has been decided, or they have not shown a face for a while: the body says where they are. */
const KNOWN_MS = 500;
/** Somebody's face is waited for. Neighbouring frames say the same twice; this is three steps of a second. */
const OPEN_MS = 200;
const FACELESS_MS = 3000;

/**
 * How long after its last look the detector looks again, ms. Bodies are followed without it, by what moves: it has to find new faces, not
 * to follow known ones. Only of people whom no body of their own shows (one blob with others, or standing still) does it alone know
 * where they are.
 *
 * @param bodies of the frame that it may look at; the tracks are those of the frame before
 * @param nowMs media time of that frame
 */
export function restMs(watched: readonly Watched[], bodies: readonly Body[], nowMs: number): number {
	if (watched.length === 0) return bodies.length === 0 ? EMPTY_MS : OPEN_MS;
	const inBlob = ({ track }: Watched): boolean => track.bodyMs < track.seenMs && bodies.some(({ box }) => holds(box, track.head, 0.1));
	if (watched.some(inBlob)) return 0;
	const isWaitedFor = ({ track, open }: Watched): boolean => open && nowMs - (track.lastFace?.ms ?? track.firstMs) < FACELESS_MS;
	return watched.some(isWaitedFor) ? OPEN_MS : KNOWN_MS;
}
