import { fmrFor } from '../edge-agent/gallery/false-match-rate.js';

/** A decision threshold and what is known of it. Distances are the recogniser's own. */
export interface Threshold {
	/** The largest distance that counts as the same person. */
	readonly distance: number;
	/** Share of the comparisons of two different people that may come out as the same, for this gallery and false alarm rate. */
	readonly fmr: number;
	/** Fewer impostor comparisons than show such a rate: the distance comes from a line through the tail. */
	readonly extrapolated: boolean;
	/** Share of genuine comparisons beyond the threshold (FNMR); null without any. */
	readonly missRate: number | null;
}

/** Impostor comparisons at or below the threshold that there have to be for the rate to be seen rather than guessed. */
const SEEN = 3;
/** The tail that is extrapolated from: this share of the comparisons, at least this many. */
const TAIL_SHARE = 0.05;
const TAIL_LEAST = 10;

/**
 * The threshold for a false alarm rate, from comparisons of photographs.
 *
 * Where enough impostor comparisons show the rate, it is their empirical quantile. Beyond them, ln FMR is continued as a straight line
 * through the nearest impostors. Real tails fall faster than that, so the line errs towards a small threshold: misses rather
 * than false greetings.
 *
 * @param impostors distances between different people
 * @param genuine distances between photographs of the same person
 * @throws RangeError with fewer than 20 impostor comparisons
 */
export function thresholdFrom(
	impostors: readonly number[],
	genuine: readonly number[],
	target: { readonly fpir: number; readonly people: number },
): Threshold {
	if (impostors.length < 2 * TAIL_LEAST) {
		throw new RangeError(
			`${impostors.length} comparisons of different people are too few for a threshold; at least ${2 * TAIL_LEAST} are needed`,
		);
	}
	const sorted = Float64Array.from(impostors).sort();
	const fmr = fmrFor(target.fpir, target.people);
	const allowed = Math.floor(fmr * sorted.length);
	const extrapolated = allowed < SEEN;
	const distance = extrapolated ? beyond(sorted, fmr) : justBelow(sorted, allowed);
	const missed = genuine.filter((value) => value > distance).length;
	return { distance, fmr, extrapolated, missRate: genuine.length === 0 ? null : missed / genuine.length };
}

/** Half way between the last distance that may pass and the first that may not; equal ones all stay out. */
function justBelow(sorted: Float64Array, allowed: number): number {
	const first = sorted[allowed] ?? Number.POSITIVE_INFINITY;
	const last = sorted.subarray(0, allowed).findLast((value) => value < first);
	if (last === undefined) return first * (1 - 1e-6);
	const between = (first + last) / 2;
	return between < first ? between : last;
}

/** Where the least squares line of ln FMR over distance, through the tail, reaches this FMR. */
function beyond(sorted: Float64Array, fmr: number): number {
	const length = Math.max(TAIL_LEAST, Math.floor(sorted.length * TAIL_SHARE));
	const tail = sorted.subarray(0, length);
	const rates = Array.from(tail, (_, i) => Math.log((i + 0.5) / sorted.length));
	const meanX = tail.reduce((sum, x) => sum + x, 0) / length;
	const meanY = rates.reduce((sum, y) => sum + y, 0) / length;
	let covariance = 0;
	let variance = 0;
	for (const [i, y] of rates.entries()) {
		const x = tail[i] ?? meanX;
		covariance += (x - meanX) * (y - meanY);
		variance += (x - meanX) ** 2;
	}
	// Never beyond what the comparisons themselves forbid.
	const forbidden = justBelow(sorted, Math.floor(fmr * sorted.length));
	if (!(covariance > 0)) return forbidden;
	return Math.max(0, Math.min(forbidden, meanX + ((Math.log(fmr) - meanY) * variance) / covariance));
}
