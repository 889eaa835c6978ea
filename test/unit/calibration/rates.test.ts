import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DistanceCounts } from '../../../calibration/counts.js';
import { percentiles, wilson } from '../../../calibration/intervals.js';
import { detCurve, equalErrorRate, smallestFmrSupported, tarAtFar } from '../../../calibration/rates.js';
import { normal } from './samples.js';

const comparisons = (genuine: readonly number[], impostors: readonly number[]) => ({
	genuine: DistanceCounts.of(genuine),
	impostors: DistanceCounts.of(impostors),
});

describe('error rates', () => {
	it('finds the equal error rate of two normal distributions', () => {
		// Means 4 deviations apart, equal deviations: EER = Phi(-2) = 2.275 %.
		const same = comparisons(normal(200_000, 0.6, 0.1, 1), normal(200_000, 1, 0.1, 2));
		expect(equalErrorRate(same)).toBeCloseTo(0.02275, 3);
		// TAR at FAR 1 %: Phi(4 - 2.3263) = 95.29 %; at 0.1 %: Phi(4 - 3.0902) = 81.85 %.
		expect(tarAtFar(same, 0.01)).toBeCloseTo(0.9529, 2);
		expect(tarAtFar(same, 0.001)).toBeCloseTo(0.8185, 2);
	});

	it('is exact on a handful', () => {
		expect(equalErrorRate(comparisons([0.1, 0.2], [0.8, 0.9]))).toBe(0);
		expect(equalErrorRate(comparisons([0.8, 0.9], [0.1, 0.2]))).toBe(1);
		expect(equalErrorRate(comparisons([0.1, 0.2, 0.3, 0.7], [0.4, 0.8, 0.9, 1]))).toBeCloseTo(0.25, 9);
		expect(equalErrorRate(comparisons([], [0.5]))).toBeNull();
		expect(tarAtFar(comparisons([0.1, 0.5], [0.4, 0.6, 0.7, 0.8]), 0.25)).toBe(1);
		expect(tarAtFar(comparisons([0.1, 0.5], [0.4, 0.6, 0.7, 0.8]), 0.2)).toBeNull();
	});

	it('holds what any set of distances must hold', () => {
		const some = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 120 });
		fc.assert(
			fc.property(some, some, fc.double({ min: 0.01, max: 1, noNaN: true }), (genuine, impostors, far) => {
				const both = comparisons(genuine, impostors);
				const eer = equalErrorRate(both) ?? -1;
				expect(eer).toBeGreaterThanOrEqual(0);
				expect(eer).toBeLessThanOrEqual(1);
				const tar = tarAtFar(both, far);
				if (far * impostors.length < 1 - 1e-6) expect(tar).toBeNull();
				const threshold = both.impostors.largestWithin(Math.floor(far * impostors.length + 1e-9));
				expect(both.impostors.within(threshold) / impostors.length).toBeLessThanOrEqual(far + 1e-9);
				if (tar !== null) expect(tar).toBeCloseTo(both.genuine.within(threshold) / genuine.length, 12);
				const curve = detCurve(both, 50);
				for (const [i, { fmr, fnmr }] of curve.entries()) {
					expect(fmr).toBeGreaterThanOrEqual(curve[i - 1]?.fmr ?? 0);
					expect(fnmr).toBeLessThanOrEqual((curve[i - 1]?.fnmr ?? 1) + 1e-12);
				}
			}),
			{ numRuns: 15 },
		);
	});

	it('knows what comparisons can support', () => {
		expect(smallestFmrSupported(30_000)).toBeCloseTo(0.001, 12);
		expect(smallestFmrSupported(0)).toBe(1);
		// Wilson 1927: 0 of 100 is at most 3.7 %; 5 of 50 is 4.35 to 21.36 %.
		expect(wilson(0, 100)[0]).toBe(0);
		expect(wilson(0, 100)[1]).toBeCloseTo(0.037, 3);
		expect(wilson(5, 50)[0]).toBeCloseTo(0.0435, 3);
		expect(wilson(5, 50)[1]).toBeCloseTo(0.2136, 3);
		expect(percentiles(Array.from({ length: 201 }, (_, i) => i / 200))).toEqual([0.025, 0.975]);
		expect(percentiles([1, 2, null])).toBeNull();
	});
});
