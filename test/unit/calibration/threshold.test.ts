import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Calibration, calibrate, calibrationSchema, LEAST_PEOPLE, missRate } from '../../../calibration/calibration.js';
import { DistanceCounts } from '../../../calibration/counts.js';
import { galleryPlans } from '../../../calibration/plan.js';
import { calibrationReport } from '../../../calibration/report.js';
import { ResampledComparisons } from '../../../calibration/resampling.js';
import { fmrFor, thresholdAt } from '../../../calibration/threshold.js';
import { decisionThreshold } from '../../../edge-agent/gallery/decision-threshold.js';
import { shippedCatalogue } from '../../../models/catalogue.js';
import { normal, uniform } from './samples.js';

const shipped = { mean: 0.94, deviation: 0.11 };

/** A store's comparisons: of `people`, `each` with every other, normally distributed. */
function comparisons(people: number, each = 25) {
	const resampled = new ResampledComparisons(people);
	const counts = { genuine: new DistanceCounts(), impostors: new DistanceCounts() };
	const impostors = normal((people * (people - 1) * each) / 2, 0.97, 0.1, 3);
	let next = 0;
	for (let a = 0; a < people; a++) {
		for (const distance of normal(10, 0.4, 0.1, a)) {
			counts.genuine.add(distance);
			resampled.add(a, a, true, distance);
		}
		for (let b = a + 1; b < people; b++) {
			for (let k = 0; k < each; k++) {
				const distance = impostors[next++] ?? 1;
				counts.impostors.add(distance);
				resampled.add(a, b, false, distance);
			}
		}
	}
	return { comparisons: counts, resampled };
}

function calibrated(people: number): Calibration {
	const model = { id: 'mobilefacenet/fp32/a2', sha256: '0' };
	return calibrate({ model, madeAt: new Date(0), people, images: people * 5, ...comparisons(people) }, uniform(9));
}

describe('threshold', () => {
	const own = calibrated(40);

	it('shares the false alarms among the gallery', () => {
		expect(fmrFor(0.003, 1)).toBeCloseTo(0.003, 10);
		const fmr = fmrFor(0.01, 1000);
		expect(1 - (1 - fmr) ** 1000).toBeCloseTo(0.01, 10);
	});

	it('is what was seen where the comparisons show the rate', () => {
		expect(own.smallestFmr).toBeCloseTo(30 / 19_500, 6);
		const seen = thresholdAt(0.01, shipped, own);
		// 2.326 deviations below the mean; rates are stored eight a decade, the next smaller one counts.
		expect(seen).toMatchObject({ extrapolated: false, from: 'store', estimate: null });
		expect(seen.distance).toBeLessThan(0.97 - 0.1 * 2.3);
		expect(seen.distance).toBeGreaterThan(0.97 - 0.1 * 2.5);
	});

	it('is the careful end of the tail beyond, and lets no more through than it says', () => {
		const far = thresholdAt(1e-5, shipped, own);
		expect(far).toMatchObject({ extrapolated: true, from: 'store' });
		// The true quantile of 1e-5 is 4.265 deviations below the mean.
		expect(far.distance).toBeLessThan(0.97 - 0.1 * 4.265);
		expect(far.distance).toBeGreaterThan(0.3);
		expect(far.distance).toBeLessThanOrEqual(far.estimate?.distance ?? 0);
	});

	it('falls as the gallery grows, whatever it rests on', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 2, max: 50 }), fc.boolean(), (templates, times, store) => {
				const at = (count: number) => thresholdAt(fmrFor(0.003, count), shipped, store ? own : null).distance;
				expect(at(templates * times)).toBeLessThanOrEqual(at(templates));
			}),
		);
	});

	it('follows the shipped calibration until the store has one', () => {
		const { distance, from } = decisionThreshold('mobilefacenet/fp32/a2', 1000, null);
		expect(from).toBe('shipped');
		// 0.939 - 4.53 deviations of 0.11.
		expect(distance).toBeCloseTo(0.44, 2);
		expect(decisionThreshold('mobilefacenet/fp32/a2', 1000, null, 0.01).distance).toBeGreaterThan(distance);
		expect(decisionThreshold('face-api/fp32/a1', 10, null).distance).toBeCloseTo(0.51, 1);
		// Of one that the store added nothing is known: it is taken for one that tells people apart less well than all that are.
		expect(decisionThreshold('other/1', 10, null).distance).toBeLessThan(decisionThreshold('mobilefacenet/fp32/a2', 10, null).distance);
	});

	it('every recogniser ships one, which says what it rests on', () => {
		const recognisers = shippedCatalogue().models.filter(({ role }) => role === 'recogniser');
		expect(recognisers.length).toBeGreaterThanOrEqual(4);
		for (const { calibration } of recognisers) expect(calibration?.basis.length).toBeGreaterThan(50);
	});
});

describe('calibration', () => {
	it('refuses too few people', () => {
		expect(() => calibrated(LEAST_PEOPLE - 1)).toThrow(/too few/);
	});

	it('survives its file, and says what a threshold misses', () => {
		const own = calibrated(12);
		expect(calibrationSchema.parse(JSON.parse(JSON.stringify(own)))).toEqual(own);
		expect(missRate(own, 0)).toBe(1);
		expect(missRate(own, 2)).toBe(0);
		expect(missRate(own, 0.4)).toBeCloseTo(0.5, 0.5);
	});

	it('tells what to expect, in a page that needs nothing else', () => {
		const compared = comparisons(12);
		const own = calibrated(12);
		const day = { known: 20, strangers: 80 };
		const plans = galleryPlans(own, shipped, 0.003, day);
		for (const { falseGreetingsADay, fnir } of plans) {
			expect(falseGreetingsADay).toBeLessThanOrEqual(80 * 0.0031);
			expect(fnir).toBeGreaterThanOrEqual(0);
		}
		const html = calibrationReport({ calibration: own, shipped, ...compared, eerInterval: [0, 0.1], fpir: 0.003, day, plans });
		expect(html.match(/<svg /g)).toHaveLength(4);
		expect(html).toContain('外推 · extrapolated');
		expect(html).not.toMatch(/<script|<img|src=|url\(http|href=|NaN|undefined|Infinity/);
	});
});
