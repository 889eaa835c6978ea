import type { Box } from './vision.types.js';
import type { VisionEvent } from './vision-events.types.js';

/** One tracked face on one camera. */
export interface Sighting {
	/** Media time in seconds at which the person appeared. */
	readonly t: number;
	readonly track: number;
	/** Null: nobody we know, or a face that could not be read. */
	readonly person: string | null;
	/** How alike the nearest known person is: 1 the same picture, 0.5 the threshold. Null when nothing could be compared. */
	readonly score: number | null;
	/** Pixels of the source picture. */
	readonly box: Box;
}

/**
 * Turns what a camera sees into one sighting a tracked face: of somebody known at once, of everybody else when they are gone,
 * because `nobody` can still become somebody when they come nearer.
 */
export class SightingList {
	readonly #tracks = new Map<number, Omit<Sighting, 'track'> & { readonly told: boolean }>();

	take(event: VisionEvent): Sighting | null {
		if (event.kind === 'appeared') {
			this.#tracks.set(event.track, { t: event.mediaMs / 1000, person: null, score: null, box: event.box, told: false });
		} else if (event.kind === 'decided') {
			const known = this.#tracks.get(event.track);
			const person = event.person?.person ?? null;
			const sighting = { t: known?.t ?? event.mediaMs / 1000, person, score: event.score, box: event.box };
			this.#tracks.set(event.track, { ...sighting, told: person !== null });
			return person === null ? null : { ...sighting, track: event.track };
		} else if (event.kind === 'lost') {
			const known = this.#tracks.get(event.track);
			this.#tracks.delete(event.track);
			if (!known || known.told || event.faces === 0) return null;
			const { t, person, score, box } = known;
			return { t, track: event.track, person, score, box };
		}
		return null;
	}
}
