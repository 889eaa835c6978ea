import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thresholdFrom } from '../../../calibration/threshold.js';
import { defaultThreshold } from '../../../edge-agent/gallery/default-threshold.js';
import { fmrFor } from '../../../edge-agent/gallery/false-match-rate.js';

/** `count` values spread like a normal distribution: the quantiles of a sum of twelve uniform numbers, from a fixed seed. */
function normal(count: number, mean: number, deviation: number): number[] {
	let state = 12345;
	const random = () => {
		state = (state * 1103515245 + 12345) % 2147483648;
		return state / 2147483648;
	};
	return Array.from({ length: count }, () => mean + deviation * (Array.from({ length: 12 }, random).reduce((sum, x) => sum + x, 0) - 6));
}

describe('threshold', () => {
	it('shares the false alarms among the gallery', () => {
		expect(fmrFor(0.003, 1)).toBeCloseTo(0.003, 10);
		const fmr = fmrFor(0.01, 1000);
		expect(1 - (1 - fmr) ** 1000).toBeCloseTo(0.01, 10);
	});

	it('lets no more impostors through than allowed, and as many as that where the comparisons show it', () => {
		const distances = fc.array(fc.double({ min: 0.1, max: 2, noNaN: true }), { minLength: 20, maxLength: 400 });
		fc.assert(
			fc.property(
				distances,
				fc.double({ min: 0.0001, max: 0.5, noNaN: true }),
				fc.integer({ min: 1, max: 50 }),
				(impostors, fpir, people) => {
					const { distance, fmr, extrapolated } = thresholdFrom(impostors, [], { fpir, people });
					const passing = impostors.filter((value) => value <= distance).length;
					expect(passing / impostors.length).toBeLessThanOrEqual(fmr);
					expect(extrapolated).toBe(Math.floor(fmr * impostors.length) < 3);
					if (!extrapolated && new Set(impostors).size === impostors.length) expect(passing).toBe(Math.floor(fmr * impostors.length));
				},
			),
		);
	});

	it('continues the tail on the safe side, and not absurdly far', () => {
		const impostors = normal(20_000, 0.85, 0.1);
		const seen = thresholdFrom(impostors, [], { fpir: 0.01, people: 10 });
		expect(seen.extrapolated).toBe(false);
		expect(seen.distance).toBeCloseTo(0.85 - 3.09 * 0.1, 1);
		const far = thresholdFrom(impostors, [], { fpir: 0.003, people: 1000 });
		expect(far.extrapolated).toBe(true);
		// The true quantile of 3e-6 is 4.53 deviations below the mean.
		expect(far.distance).toBeLessThan(0.85 - 4.2 * 0.1);
		expect(far.distance).toBeGreaterThan(0.1);
	});

	it('says what it costs in misses', () => {
		const threshold = thresholdFrom(normal(5000, 0.85, 0.1), [0.1, 0.2, 0.3, 0.9], { fpir: 0.05, people: 5 });
		expect(threshold.missRate).toBe(0.25);
		expect(() => thresholdFrom([0.5, 0.6], [], { fpir: 0.01, people: 1 })).toThrow(/too few/);
	});

	it('has a default for every recogniser, smaller for larger galleries', () => {
		for (const modelId of ['face-api/fp32/a1', 'face-api/int8/a1', 'mobilefacenet/fp32/a1', 'sface/fp32/a1']) {
			const [ten, thousand] = [defaultThreshold(modelId, 10), defaultThreshold(modelId, 1000)];
			expect(ten).toBeGreaterThan(thousand);
			expect(thousand).toBeGreaterThan(0.3);
		}
		expect(defaultThreshold('face-api/fp32/a1', 10)).toBeCloseTo(0.51, 1);
		expect(() => defaultThreshold('other/1', 10)).toThrow(/recognition\.threshold/);
	});
});
