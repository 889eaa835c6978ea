import { assumedCalibration, shippedCalibration } from '../../models/catalogue.js';
import { distances } from './distance.js';
import { EnrolmentError } from './enrolment.js';
import type { Nearest } from './gallery.js';

/** Templates a person and recogniser: more of them cost search and gain little. */
export const MOST_TEMPLATES = 5;

/**
 * In shares of the recogniser's mean distance between different people. A photograph saved again, scaled or cut was 0.14 away at most with
 * MobileFaceNet (face-api: three quarters below 0.15), another one of the same person 0.13 (0.35) at least.
 */
const SAME_PHOTOGRAPH = 0.12;
/** Deviations below that mean: nine in ten different people are farther apart. */
const UNLIKE = 1.28;

export interface Compared {
	readonly modelId: string;
	readonly metric: 'euclidean' | 'cosine';
	readonly descriptor: Float32Array;
	readonly person: string;
	/** The person's templates so far. */
	readonly own: readonly Float32Array[];
	/** Who is nearest in the gallery; the person may be in it. */
	readonly nearest: Nearest | null;
	/** The largest distance that recognition takes for the same person. */
	readonly threshold: number;
}

export interface Comparison {
	/** Which of the person's own templates is most alike; -1: they have none. */
	readonly mostAlike: number;
	/** `already-enrolled` or `unlike`: to be enrolled all the same only by somebody who confirms who it is. */
	readonly doubt: EnrolmentError | null;
}

/**
 * Holds a new descriptor against everybody's.
 * @throws EnrolmentError `duplicate`
 */
export function compare({ modelId, metric, descriptor, person, own, nearest, threshold }: Compared): Comparison {
	const { mean, deviation } = shippedCalibration(modelId) ?? assumedCalibration;
	const apart = own.map((template) => distances[metric](template, descriptor));
	const least = Math.min(...apart);
	if (least < SAME_PHOTOGRAPH * mean)
		throw new EnrolmentError('duplicate', 'it shows the same as a photograph enrolled already; use one from another angle or day');
	const other = nearest?.best.person === person ? nearest.second : nearest?.best;
	let doubt: EnrolmentError | null = null;
	// Whoever is more like themselves than like their twin needs no confirmation.
	if (other && other.distance <= threshold && other.distance < least)
		doubt = new EnrolmentError('already-enrolled', `this face is already enrolled as ${other.person}`, other.person);
	else if (own.length > 0 && least > mean - UNLIKE * deviation)
		doubt = new EnrolmentError('unlike', "this does not look like the person's other photographs; make sure who it is");
	return { mostAlike: apart.indexOf(least), doubt };
}
