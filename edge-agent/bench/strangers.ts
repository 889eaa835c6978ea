import type { GalleryModel } from '../gallery/gallery.js';
import type { Template } from '../gallery/gallery.types.js';

/** Templates a person, as enrolment makes them. */
const each = 3;

/**
 * Invented templates, as far apart as people's are: directions drawn evenly, three close together a person, of the length that this
 * recogniser's have.
 *
 * @param random uniform in 0..1
 */
export function* strangers(model: GalleryModel, count: number, random: () => number): Generator<Template> {
	const { modelId, descriptorLength, metric } = model;
	let face: Float32Array = new Float32Array(0);
	for (let i = 0; i < count; i++) {
		if (i % each === 0) face = invented(descriptorLength, random);
		const descriptor = blend(face, invented(descriptorLength, random), metric === 'cosine' ? 1 : 1.4);
		yield { person: `person-${Math.floor(i / each)}`, kind: 'customer', modelId, descriptor };
	}
}

/** A vector of no particular direction. */
export function invented(length: number, random: () => number): Float32Array {
	// Three uniform numbers together are normal enough for a direction to be any.
	return Float32Array.from({ length }, () => random() + random() + random() - 1.5);
}

function blend(face: Float32Array, other: Float32Array, length: number): Float32Array {
	const mixed = face.map((value, i) => value + 0.5 * (other[i] as number));
	const factor = length / Math.hypot(...mixed);
	return mixed.map((value) => value * factor);
}
