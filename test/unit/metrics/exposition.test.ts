import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exposition } from '../../../edge-agent/metrics/exposition.js';
import { Histogram } from '../../../edge-agent/metrics/histogram.js';
import { samplesOf } from './prometheus.js';

it('can be read back, whatever a camera is called', () => {
	fc.assert(
		fc.property(fc.uniqueArray(fc.string(), { maxLength: 5 }), fc.double({ noNaN: true }), (cameras, value) => {
			const samples = cameras.map((camera) => ({ labels: { camera }, value }));
			const read = samplesOf(exposition([{ name: 'fps', help: 'a \\ and\na line', type: 'gauge', samples }]));
			expect([...read.values()]).toEqual(cameras.map(() => (Object.is(value, -0) ? 0 : value)));
		}),
	);
});

it('counts each time under every bound that it does not pass', () => {
	fc.assert(
		fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true })), (times) => {
			const histogram = new Histogram([1, 10, 50]);
			for (const time of times) histogram.add(time);
			const read = samplesOf(exposition([{ name: 'wait', help: '', type: 'histogram', samples: histogram.samples({ until: 'greeted' }) }]));
			for (const bound of [1, 10, 50])
				expect(read.get(`wait_bucket{until="greeted",le="${bound}"}`)).toBe(times.filter((time) => time <= bound).length);
			expect(read.get('wait_bucket{until="greeted",le="+Inf"}')).toBe(times.length);
			expect(read.get('wait_count{until="greeted"}')).toBe(times.length);
			expect(read.get('wait_sum{until="greeted"}')).toBeCloseTo(times.reduce((sum, time) => sum + time, 0));
		}),
	);
});
