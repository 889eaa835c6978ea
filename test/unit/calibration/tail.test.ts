import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DistanceCounts } from '../../../calibration/counts.js';
import { fitTail, tailDistance, tailFmr } from '../../../calibration/tail.js';
import { normal, uniform } from './samples.js';

describe('the tail', () => {
	it('is exponential where distances fall off exponentially', () => {
		const random = uniform(5);
		const counts = DistanceCounts.of(Array.from({ length: 100_000 }, () => 2 + 0.05 * Math.log(random())));
		const tail = fitTail(counts);
		expect(tail?.share).toBeCloseTo(0.02, 3);
		expect(tail?.shape).toBeCloseTo(0, 1);
		expect(tail?.scale).toBeCloseTo(0.05, 2);
		// P(2 - d > 0.5) = e^-10.
		if (tail) expect(Math.log(tailFmr(tail, 1.5))).toBeCloseTo(-10, -0.5);
	});

	it('ends where uniform distances end', () => {
		const random = uniform(6);
		const tail = fitTail(DistanceCounts.of(Array.from({ length: 100_000 }, () => 0.5 + random())));
		// Shape -1, held at -0.5.
		expect(tail?.shape).toBe(-0.5);
	});

	it('errs by less than half a decade at a tenth of the smallest rate seen, on normal distances', () => {
		const tail = fitTail(DistanceCounts.of(normal(200_000, 0.95, 0.1, 7)));
		if (!tail) throw new Error('no tail');
		// 4.265 deviations below the mean: 1e-5.
		expect(Math.abs(Math.log10(tailFmr(tail, 0.95 - 0.4265)) + 5)).toBeLessThan(0.5);
	});

	it('says nothing of too few', () => {
		expect(fitTail(DistanceCounts.of(normal(10, 1, 0.1)))).toBeNull();
		expect(fitTail(DistanceCounts.of(Array.from({ length: 100 }, () => 0.7)))).toBeNull();
	});

	it('goes there and back', () => {
		fc.assert(
			fc.property(
				fc.double({ min: -0.5, max: 0.5, noNaN: true }),
				fc.double({ min: 0.01, max: 0.05, noNaN: true }),
				fc.double({ min: 1e-9, max: 0.02, noNaN: true }),
				(shape, scale, fmr) => {
					const tail = { from: 3, share: 0.02, shape, scale };
					const distance = tailDistance(tail, fmr);
					if (distance > 0) expect(tailFmr(tail, distance) / fmr).toBeCloseTo(1, 6);
					expect(tailDistance(tail, fmr / 2)).toBeLessThanOrEqual(distance);
				},
			),
		);
	});
});
