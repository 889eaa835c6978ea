import type { Look } from './drawing/look.js';
import { type Pose, poseAt, type Walk } from './walk.js';

/** Frames a second. */
export const frameRate = 25;

/** Who walks when: all that a clip's pixels follow from. Plain data, so that it can be sent to a worker. */
export interface Film {
	readonly durationMs: number;
	readonly actors: readonly Actor[];
}

export interface Actor {
	readonly look: Look;
	readonly walks: readonly Walk[];
}

export const frameCount = (film: Film): number => Math.floor((film.durationMs * frameRate) / 1000);

/** The film time of a frame, ms. */
export const frameMs = (frame: number): number => (frame * 1000) / frameRate;

/** Everybody in the picture at a time, the furthest first. */
export function posesAt(film: Film, ms: number): Pose[] {
	return film.actors
		.flatMap(({ look, walks }) => walks.map((walk) => poseAt(look, walk, ms)))
		.filter((pose) => pose !== null)
		.sort((a, b) => a.place.scale - b.place.scale);
}
