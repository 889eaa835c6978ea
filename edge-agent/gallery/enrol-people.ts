import type { PhotographRefusal } from '../contract/consent.api.js';
import { EnrolmentError } from './enrolment.js';
import type { PersonFolder } from './folder.source.js';
import { MOST_TEMPLATES } from './likeness.js';

export interface EnrolledPerson {
	readonly person: string;
	readonly descriptors: readonly Float32Array[];
	/** The photographs that could be used, one a descriptor. */
	readonly photos: readonly string[];
}

export interface RefusedPhoto {
	readonly photo: string;
	/** enough: as many of this person are in use as there may be. */
	readonly code: PhotographRefusal | 'enough';
	/** What was wrong and what to do. */
	readonly reason: string;
	/** Whom the face is already enrolled as. */
	readonly other: string | null;
}

/** A refusal as a line for people. */
export function refusalLine({ photo, reason }: Pick<RefusedPhoto, 'photo' | 'reason'>): string {
	return reason.includes(photo) ? reason : `${photo}: ${reason}`;
}

/**
 * Describes everybody's photographs. A photograph that cannot be used is refused by name and the rest goes on; somebody without
 * a single good one is left out.
 *
 * @param describe throws EnrolmentError; is given the person's descriptors so far
 */
export async function describePeople<P extends PersonFolder>(
	describe: (photo: string, person: P, soFar: readonly Float32Array[]) => Promise<Float32Array>,
	people: readonly P[],
	onRefused: (refused: RefusedPhoto) => void | Promise<void>,
): Promise<(EnrolledPerson & { readonly of: P })[]> {
	const enrolled: (EnrolledPerson & { readonly of: P })[] = [];
	for (const of of people) {
		const descriptors: Float32Array[] = [];
		const used: string[] = [];
		for (const photo of of.photos) {
			if (used.length === MOST_TEMPLATES) {
				await onRefused({ photo, code: 'enough', reason: `${MOST_TEMPLATES} photographs of a person are enough; left out`, other: null });
				continue;
			}
			try {
				descriptors.push(await describe(photo, of, descriptors));
				used.push(photo);
			} catch (error) {
				if (!(error instanceof EnrolmentError)) throw error;
				await onRefused({ photo, code: error.reason, reason: error.message, other: error.other });
			}
		}
		if (descriptors.length > 0) enrolled.push({ person: of.person, descriptors, photos: used, of });
	}
	return enrolled;
}
