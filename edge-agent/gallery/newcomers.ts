import type { EnrolmentError } from './enrolment.js';
import type { Gallery } from './gallery.js';
import { compare } from './likeness.js';

/** People who are being enrolled together, held against the gallery and against one another. */
export class Newcomers {
	readonly #gallery: Gallery;
	readonly #threshold: (templates: number) => number;

	/** @param threshold the largest distance that recognition takes for the same person, in a gallery of so many templates */
	constructor(gallery: Gallery, threshold: (templates: number) => number) {
		this.#gallery = gallery;
		this.#threshold = threshold;
	}

	/**
	 * Takes somebody's next descriptor into the gallery. Answers what was waved through.
	 * @param own the person's descriptors so far
	 * @param anyway somebody has confirmed who it is
	 * @throws EnrolmentError when the descriptor is not to be enrolled
	 */
	async add(
		{ person, kind }: { readonly person: string; readonly kind: 'customer' | 'staff' },
		descriptor: Float32Array,
		own: readonly Float32Array[],
		anyway: boolean,
	): Promise<EnrolmentError | null> {
		const { modelId, metric } = this.#gallery.model;
		const [nearest = null] = await this.#gallery.nearest([descriptor]);
		const threshold = this.#threshold(this.#gallery.size);
		const { doubt } = compare({ modelId, metric, descriptor, person, own, nearest, threshold });
		if (doubt && !anyway) throw doubt;
		this.#gallery.add({ person, kind, modelId, descriptor });
		return doubt;
	}
}
