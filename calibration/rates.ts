import type { DistanceCounts } from './counts.js';

/** Comparisons of photographs: of the same person (genuine) and of different people (impostors). */
export interface Comparisons {
	readonly genuine: DistanceCounts;
	readonly impostors: DistanceCounts;
}

/** One point of a detection error trade-off curve (ISO/IEC 19795-1): both error rates at a threshold. */
export interface DetPoint {
	readonly distance: number;
	/** False match rate: share of impostor comparisons at the threshold or nearer. */
	readonly fmr: number;
	/** False non-match rate: share of genuine comparisons beyond it. */
	readonly fnmr: number;
}

/**
 * Equal error rate: where FMR and FNMR cross, on the straight line between the two thresholds around the crossing.
 * Null without genuine or without impostor comparisons.
 */
export function equalErrorRate({ genuine, impostors }: Comparisons): number | null {
	const [same, different] = [genuine.total, impostors.total];
	if (same === 0 || different === 0) return null;
	let [passed, matched] = [0, 0];
	let [fmr, fnmr] = [0, 1];
	for (let step = 0; step < genuine.steps; step++) {
		const [before, missed] = [fmr, fnmr];
		passed += impostors.counts[step] as number;
		matched += genuine.counts[step] as number;
		[fmr, fnmr] = [passed / different, (same - matched) / same];
		if (fmr < fnmr) continue;
		const [gapBefore, gap] = [missed - before, fmr - fnmr];
		const along = gapBefore + gap > 0 ? gapBefore / (gapBefore + gap) : 0;
		return before + along * (fmr - before);
	}
	return fnmr;
}

/** Share of genuine comparisons that pass at the largest threshold whose FMR is at most `far`; null where the impostors are too few to show it. */
export function tarAtFar({ genuine, impostors }: Comparisons, far: number): number | null {
	const [same, different] = [genuine.total, impostors.total];
	if (same === 0 || different * far < 1 - 1e-9) return null;
	return genuine.within(impostors.largestWithin(Math.floor(far * different + 1e-9))) / same;
}

/** Both error rates at `points` thresholds, evenly spaced from the nearest comparison to the farthest that matters. */
export function detCurve({ genuine, impostors }: Comparisons, points = 200): DetPoint[] {
	const [same, different] = [genuine.total, impostors.total];
	if (same === 0 || different === 0) return [];
	const from = Math.min(genuine.quantile(0), impostors.quantile(0));
	const to = Math.max(genuine.quantile(1), impostors.quantile(0.5));
	const curve: DetPoint[] = [];
	let [step, passed, matched] = [0, 0, 0];
	for (let i = 0; i < points; i++) {
		const distance = from + ((to - from) * i) / (points - 1);
		for (; step < genuine.steps && genuine.distanceAt(step) <= distance + 1e-12; step++) {
			passed += impostors.counts[step] as number;
			matched += genuine.counts[step] as number;
		}
		curve.push({ distance, fmr: passed / different, fnmr: (same - matched) / same });
	}
	return curve;
}

/**
 * The smallest FMR that this many comparisons can support (rule of 30, Doddington et al. 2000): with 30 errors seen, the true
 * rate is within 30 % of the measured one in nine cases of ten, if comparisons were independent.
 */
export function smallestFmrSupported(impostors: number): number {
	return Math.min(1, 30 / Math.max(1, impostors));
}
