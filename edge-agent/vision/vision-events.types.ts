import type { FaceEvidence } from '../contract/visit-events.js';
import type { Match } from '../gallery/gallery.types.js';
import type { Box } from './vision.types.js';

/** What every event says. `at` is CLOCK_MONOTONIC ms at which its frame had been read. */
interface OnCamera {
	readonly camera: string;
	/** Media time of the frame. */
	readonly mediaMs: number;
	readonly at: number;
}

/** A track is one person on one camera, from when they appear until they are lost; its number is never used twice in a camera's session. */
interface OnTrack extends OnCamera {
	readonly track: number;
}

/** What cameras tell about people, in order. */
export type VisionEvent =
	| (OnTrack & { readonly kind: 'appeared'; readonly box: Box })
	/**
	 * Whose face the track shows; null: nobody we know. Comes at most once a track, and once more when somebody taken for nobody came
	 * near enough to be known. `score`: 1 the same picture, 0.5 the threshold; null when there was nobody to compare with. `box`: the face.
	 */
	| (OnTrack & {
			readonly kind: 'decided';
			readonly person: Match | null;
			readonly score: number | null;
			readonly box: Box;
			readonly evidence: FaceEvidence | null;
	  })
	/** The track's head went over the counting line. `faces`: how often a face was found on it so far. */
	| (OnTrack & {
			readonly kind: 'crossing';
			readonly direction: 'in' | 'out';
			readonly decided: Match | 'nobody' | 'undecided';
			readonly faces: number;
	  })
	/** The person left the picture. `unseen`: no face of theirs could be read. */
	| (OnTrack & { readonly kind: 'lost'; readonly decided: Match | 'nobody' | 'unseen'; readonly faces: number; readonly firstMs: number })
	/** The file has been analysed to its end. */
	| (OnCamera & { readonly kind: 'ended' });

/** A part of a person in the picture, in fractions of its width and height. */
export interface PersonBox {
	readonly track: number;
	readonly kind: 'face' | 'body';
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** Whom the track was decided to be; null for everybody else. */
	readonly person: string | null;
}

/** Work done so far. Times are ms spent. */
export interface PipelineCounters {
	readonly frames: number;
	/** Motion gate, bodies and tracker. */
	readonly motionMs: number;
	readonly detections: number;
	readonly detectMs: number;
	/** Faces described inside and outside of the zone; with the trigger `entrance` all count as inside. */
	readonly describedInside: number;
	readonly describedOutside: number;
	readonly describeMs: number;
	/** Persons so far. */
	readonly tracks: number;
	readonly crossings: number;
}
