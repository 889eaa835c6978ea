import { EnrolmentError } from './enrolment.js';
import type { PersonFolder } from './folder.source.js';

export interface EnrolledPerson {
	readonly person: string;
	readonly descriptors: readonly Float32Array[];
	/** The photographs that could be used, one a descriptor. */
	readonly photos: readonly string[];
}

export interface RefusedPhoto {
	readonly photo: string;
	/** What was wrong and what to do. */
	readonly reason: string;
}

/** A refusal as a line for people. */
export function refusalLine({ photo, reason }: RefusedPhoto): string {
	return reason.includes(photo) ? reason : `${photo}: ${reason}`;
}

/**
 * Describes everybody's photographs. A photograph that cannot be used is refused by name and the rest goes on; somebody without
 * a single good one is left out.
 */
export async function describePeople(
	describe: (photo: string) => Promise<Float32Array>,
	people: readonly PersonFolder[],
	onRefused: (refused: RefusedPhoto) => void,
): Promise<EnrolledPerson[]> {
	const enrolled: EnrolledPerson[] = [];
	for (const { person, photos } of people) {
		const descriptors: Float32Array[] = [];
		const used: string[] = [];
		for (const photo of photos) {
			try {
				descriptors.push(await describe(photo));
				used.push(photo);
			} catch (error) {
				if (!(error instanceof EnrolmentError)) throw error;
				onRefused({ photo, reason: error.message });
			}
		}
		if (descriptors.length > 0) enrolled.push({ person, descriptors, photos: used });
	}
	return enrolled;
}
