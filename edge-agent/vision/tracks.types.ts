import type { Body } from './bodies.js';
import type { Box, DetectedFace, Point } from './vision.types.js';

/** What one frame shows. */
export interface Observation {
	/** Of the picture, in pixels. */
	readonly width: number;
	readonly height: number;
	readonly bodies: readonly Body[];
	/** null: the detector has not looked at this frame. */
	readonly faces: readonly DetectedFace[] | null;
}

/** One person on one camera: a body, a face, or both. Times are media ms. */
export interface Track {
	/** Never used twice in a camera's session. */
	readonly id: number;
	readonly firstMs: number;
	/** When the person was last seen, by whatever part. */
	readonly seenMs: number;
	/** Frames that showed them. */
	readonly hits: number;
	/** They count as a person: not a flicker. */
	readonly appeared: boolean;
	/** The body's outline; null while only a face is known. */
	readonly body: Box | null;
	/** When they last had a body of their own, not one blob with others. */
	readonly bodyMs: number;
	/** The face in this frame; null where none was found. */
	readonly face: DetectedFace | null;
	/** Where the face was last, and when; null before the first. */
	readonly lastFace: { readonly box: Box; readonly ms: number } | null;
	/** Faces found so far. */
	readonly faces: number;
	/** The middle of the head: of the face where there is one, else reckoned from the top of the body. */
	readonly head: Point;
	/** Of the head, px a ms. */
	readonly velocity: Point;
	/** From the top of the body to the middle of the face, as seen when both were; null before. */
	readonly faceBelowTop: Point | null;
}

export interface TrackerState {
	readonly nextId: number;
	readonly ms: number;
	readonly tracks: readonly Track[];
}

export type TrackerEvent =
	| { readonly kind: 'appeared'; readonly track: Track }
	/** Only of tracks that appeared. */
	| { readonly kind: 'lost'; readonly track: Track };
