import type { DistanceCounts } from './counts.js';

/**
 * The near end of the impostors' distances as a generalised Pareto distribution (peaks over threshold; Pickands 1975): below
 * `from`, which `share` of the impostors reach, FMR(d) = share * (1 + shape (from - d) / scale)^(-1 / shape).
 */
export interface Tail {
	readonly from: number;
	readonly share: number;
	/** 0: falls exponentially; below 0: ends somewhere; above 0: falls slower than exponentially. */
	readonly shape: number;
	readonly scale: number;
}

/** The nearest share of the comparisons that a tail is fitted to, and the fewest that are enough. */
const TAIL_SHARE = 0.02;
export const TAIL_LEAST = 20;

/**
 * Fits the tail by probability-weighted moments (Hosking and Wallis 1987), which small samples upset less than maximum likelihood
 * does. The shape is held between -0.5 and 0.5: outside, the moments do not exist or say nothing.
 *
 * @returns null where fewer than 20 comparisons lie in the tail
 */
export function fitTail(impostors: DistanceCounts): Tail | null {
	const { total } = impostors;
	const wanted = Math.max(TAIL_LEAST, Math.ceil(total * TAIL_SHARE));
	if (total < wanted) return null;
	const from = impostors.quantile(wanted / total);
	// Ties in one step: what lies in the step itself is not beyond it.
	const excesses: { readonly excess: number; readonly count: number }[] = [];
	let inTail = 0;
	for (let step = impostors.stepOf(from); step >= 0; step--) {
		const count = impostors.counts[step] as number;
		if (count === 0) continue;
		excesses.push({ excess: from - impostors.distanceAt(step), count });
		inTail += count;
	}
	let mean = 0;
	let weighted = 0;
	let below = 0;
	for (const { excess, count } of excesses) {
		mean += (excess * count) / inTail;
		// The share of the tail that lies farther out, at the middle of these.
		weighted += ((excess * count) / inTail) * (1 - (below + count / 2) / inTail);
		below += count;
	}
	const gap = mean - 2 * weighted;
	if (!(mean > 0) || !(gap > 0)) return null;
	const shape = Math.max(-0.5, Math.min(0.5, 2 - mean / gap));
	return { from, share: inTail / total, shape, scale: mean * (1 - shape) };
}

/** The tail's FMR at a distance of `from` or less. */
export function tailFmr({ from, share, shape, scale }: Tail, distance: number): number {
	const excess = Math.max(0, from - distance) / scale;
	if (Math.abs(shape) < 1e-9) return share * Math.exp(-excess);
	const base = 1 + shape * excess;
	return base > 0 ? share * base ** (-1 / shape) : 0;
}

/** The distance at which the tail has this FMR (at most its share); at least 0. */
export function tailDistance({ from, share, shape, scale }: Tail, fmr: number): number {
	const ratio = share / fmr;
	const excess = Math.abs(shape) < 1e-9 ? Math.log(ratio) : (ratio ** shape - 1) / shape;
	return Math.max(0, from - scale * excess);
}
