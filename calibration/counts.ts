/** Largest distance that is told apart: unit vectors are at most 2 apart, face-api's about 3.3. */
const RANGE = 4;

/**
 * How often each distance came up, in steps of `RANGE / steps`: as much memory for fifty million comparisons as for fifty.
 * Counts may be weights that are no whole numbers. A distance stands for its step's upper end.
 */
export class DistanceCounts {
	readonly steps: number;
	readonly counts: Float64Array;

	/** @param steps by default fine enough (3.8e-6) to tell apart what 32-bit descriptors can */
	constructor(steps: number = 2 ** 20) {
		this.steps = steps;
		this.counts = new Float64Array(steps);
	}

	static of(distances: Iterable<number>): DistanceCounts {
		const counts = new DistanceCounts();
		for (const distance of distances) counts.add(distance);
		return counts;
	}

	/** The step that a distance falls into. */
	stepOf(distance: number): number {
		return Math.max(0, Math.min(this.steps - 1, Math.ceil((distance / RANGE) * this.steps) - 1));
	}

	/** The distance that a step stands for. */
	distanceAt(step: number): number {
		return ((step + 1) / this.steps) * RANGE;
	}

	add(distance: number): void {
		const step = this.stepOf(distance);
		this.counts[step] = (this.counts[step] as number) + 1;
	}

	/** Adds other counts of as many steps, `weight` times. */
	addAll(other: DistanceCounts, weight: number): void {
		if (other.steps !== this.steps) throw new RangeError(`Counts in ${other.steps} steps cannot be added to counts in ${this.steps}`);
		for (let step = 0; step < this.steps; step++) {
			this.counts[step] = (this.counts[step] as number) + weight * (other.counts[step] as number);
		}
	}

	get total(): number {
		let sum = 0;
		for (const count of this.counts) sum += count;
		return sum;
	}

	/** How many came out at this distance or nearer. */
	within(distance: number): number {
		if (distance < 0) return 0;
		let sum = 0;
		// Steps that end beyond the distance stay out.
		for (let step = 0; step < this.steps && this.distanceAt(step) <= distance + 1e-12; step++) sum += this.counts[step] as number;
		return sum;
	}

	/** The largest distance at or below which there are at most `allowed`; 0 where not even the nearest may pass. */
	largestWithin(allowed: number): number {
		let sum = 0;
		for (let step = 0; step < this.steps; step++) {
			sum += this.counts[step] as number;
			if (sum > allowed * (1 + 1e-12)) return step === 0 ? 0 : this.distanceAt(step - 1);
		}
		return RANGE;
	}

	/** The distance at or below which `share` of all lie. */
	quantile(share: number): number {
		const wanted = share * this.total;
		let sum = 0;
		for (let step = 0; step < this.steps; step++) {
			sum += this.counts[step] as number;
			if (sum >= wanted && sum > 0) return this.distanceAt(step);
		}
		return RANGE;
	}
}
