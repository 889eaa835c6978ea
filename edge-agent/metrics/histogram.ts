import type { Labels, Sample } from './exposition.js';

/** How many of the measured times (s) were at most each bound, their number and their sum. */
export class Histogram {
	readonly #bounds: readonly number[];
	readonly #counts: number[];
	#count = 0;
	#sum = 0;

	/** @param bounds rising, without infinity */
	constructor(bounds: readonly number[]) {
		this.#bounds = bounds;
		this.#counts = bounds.map(() => 0);
	}

	add(seconds: number): void {
		this.#count += 1;
		this.#sum += seconds;
		for (const [index, bound] of this.#bounds.entries()) if (seconds <= bound) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
	}

	samples(labels: Labels): Sample[] {
		return [
			...this.#bounds.map((bound, index) => ({
				...{ suffix: '_bucket', labels: { ...labels, le: String(bound) } },
				value: this.#counts[index] ?? 0,
			})),
			{ suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: this.#count },
			{ suffix: '_sum', labels, value: this.#sum },
			{ suffix: '_count', labels, value: this.#count },
		];
	}
}
