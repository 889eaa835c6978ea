import { type Calibration, overDraws } from './calibration.js';
import { tailDistance } from './tail.js';

/**
 * What models.json knows of a recogniser's distances between different people before a store has calibrated: a normal
 * distribution, meant for people who are more alike than those it was measured on.
 */
export interface ShippedCalibration {
	readonly mean: number;
	readonly deviation: number;
}

/** A decision threshold and what it rests on. Distances are the recogniser's own. */
export interface Threshold {
	/** The largest distance that counts as the same person. */
	readonly distance: number;
	/** Share of the comparisons of two different people that may come out as the same. */
	readonly fmr: number;
	/** Fewer comparisons than show such a rate: the distance comes from the tail's continuation. */
	readonly extrapolated: boolean;
	/** Where the tail says that the threshold lies, and its 95 % interval; null where the rate was seen. */
	readonly estimate: { readonly distance: number; readonly interval: readonly [number, number] | null } | null;
	readonly from: 'store' | 'shipped';
}

/**
 * FMR at which a gallery of this many templates takes a stranger for somebody at the rate `fpir`: `FPIR = 1 - (1 - FMR)^templates`
 * (ISO/IEC 19795-1), which takes the comparisons for independent. Several templates of one person are not: this errs towards misses.
 */
export function fmrFor(fpir: number, templates: number): number {
	return -Math.expm1(Math.log1p(-fpir) / Math.max(1, templates));
}

/**
 * The threshold for a false match rate.
 *
 * Where the store's own comparisons show the rate, it is what they showed. Beyond them the tail is continued, and its careful end is
 * taken (the 2.5 % of the bootstrap's draws): with a few dozen people the best estimate lets ten times more through than it
 * says. The fewer the people the more careful that end, at last needlessly so; therefore the shipped threshold serves where
 * it lies between the careful end and the estimate.
 */
export function thresholdAt(fmr: number, shipped: ShippedCalibration, own: Calibration | null): Threshold {
	const conservative = Math.max(0, shipped.mean + shipped.deviation * lowerQuantile(fmr));
	if (!own) return { distance: conservative, fmr, extrapolated: true, estimate: null, from: 'shipped' };
	const seen = own.seen.find((point) => point.fmr <= fmr * (1 + 1e-9));
	if (seen) return { distance: seen.distance, fmr, extrapolated: false, estimate: null, from: 'store' };
	const nearest = own.seen.at(-1)?.distance ?? conservative;
	const distance = Math.min(nearest, tailDistance(own.tail.estimate, fmr));
	const interval = overDraws(own, (tail) => tailDistance(tail, fmr));
	const careful = Math.min(distance, interval?.[0] ?? 0);
	return {
		distance: Math.max(careful, Math.min(conservative, distance)),
		fmr,
		extrapolated: true,
		estimate: { distance, interval },
		from: 'store',
	};
}

/** The standard normal distribution's quantile for p <= 0.5; error below 4.5e-4 (Abramowitz and Stegun, 26.2.23). */
function lowerQuantile(p: number): number {
	const t = Math.sqrt(-2 * Math.log(p));
	return (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
}
