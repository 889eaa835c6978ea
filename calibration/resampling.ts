import { DistanceCounts } from './counts.js';
import type { Comparisons } from './rates.js';

/** Coarser than the figures themselves: what an interval needs. */
const STEPS = 4096;
/** People are put into at most this many groups, so that memory and time stay the same however many there are. */
const GROUPS = 32;

/**
 * Comparisons sorted by whom they belong to, for the bootstrap over people: the comparisons of one photograph, or of one
 * person, resemble each other, so people are drawn, with replacement, and not comparisons. Beyond 32 people, groups of people.
 */
export class ResampledComparisons {
	readonly groups: number;
	readonly #genuine: DistanceCounts[];
	/** Of groups a <= b at a * groups + b; made when first needed. */
	readonly #impostors = new Map<number, DistanceCounts>();

	constructor(people: number) {
		this.groups = Math.max(1, Math.min(GROUPS, people));
		this.#genuine = Array.from({ length: this.groups }, () => new DistanceCounts(STEPS));
	}

	/** @param a, b indices of the people whose folders the photographs lie in; `same` is what they are taken for */
	add(a: number, b: number, same: boolean, distance: number): void {
		const [first, second] = [a % this.groups, b % this.groups];
		if (same) this.#genuine[first]?.add(distance);
		else {
			const key = Math.min(first, second) * this.groups + Math.max(first, second);
			const counts = this.#impostors.get(key) ?? new DistanceCounts(STEPS);
			counts.add(distance);
			this.#impostors.set(key, counts);
		}
	}

	/** What other people of the same kind might have given. */
	*draws(count: number, random: () => number): Generator<Comparisons> {
		for (let i = 0; i < count; i++) {
			const times = new Float64Array(this.groups);
			for (let k = 0; k < this.groups; k++) {
				const drawn = Math.floor(random() * this.groups);
				times[drawn] = (times[drawn] as number) + 1;
			}
			const genuine = new DistanceCounts(STEPS);
			this.#genuine.forEach((counts, group) => {
				if (times[group] !== 0) genuine.addAll(counts, times[group] as number);
			});
			const impostors = new DistanceCounts(STEPS);
			for (const [key, counts] of this.#impostors) {
				const weight = (times[Math.floor(key / this.groups)] as number) * (times[key % this.groups] as number);
				if (weight !== 0) impostors.addAll(counts, weight);
			}
			yield { genuine, impostors };
		}
	}
}
