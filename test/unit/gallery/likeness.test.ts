import { describe, expect, it } from 'vitest';
import type { EnrolmentError } from '../../../edge-agent/gallery/enrolment.js';
import type { Nearest } from '../../../edge-agent/gallery/gallery.js';
import { type Compared, compare } from '../../../edge-agent/gallery/likeness.js';

/** Descriptors on a line: face-api's different people are 0.85 apart. */
const at = (place: number) => new Float32Array([place, 1]);
const near = (person: string, distance: number, second: [string, number] | null = null): Nearest => ({
	best: { person, kind: 'customer', distance },
	second: second && { person: second[0], kind: 'customer', distance: second[1] },
});
const li: Compared = {
	...{ modelId: 'face-api/fp32/a1', metric: 'euclidean', descriptor: at(0), person: 'li', own: [], nearest: null, threshold: 0.45 },
};
const doubt = (what: Partial<Compared>): EnrolmentError | null => compare({ ...li, ...what }).doubt;

describe('a new photograph', () => {
	it('of somebody who has none, and is like nobody, is fine', () => {
		expect(compare(li)).toEqual({ mostAlike: -1, doubt: null });
		expect(doubt({ nearest: near('wu', 0.6) })).toBeNull();
	});

	it('that is as alike to somebody else as recognition asks for is already enrolled', () => {
		expect(doubt({ nearest: near('wu', 0.4) })).toMatchObject({ reason: 'already-enrolled', other: 'wu' });
		expect(doubt({ nearest: near('li', 0.6, ['wu', 0.44]), own: [at(0.6)] })).toMatchObject({ reason: 'already-enrolled', other: 'wu' });
	});

	it('that is more like their own than like their twin is fine', () => {
		expect(doubt({ nearest: near('li', 0.3, ['wu', 0.4]), own: [at(0.3)] })).toBeNull();
	});

	it('that shows the same as another one of theirs gains nothing', () => {
		expect(() => compare({ ...li, own: [at(0.9), at(0.05)] })).toThrowError(expect.objectContaining({ reason: 'duplicate' }));
	});

	it('unlike all their others asks to make sure', () => {
		expect(doubt({ own: [at(0.9), at(1.2)] })).toMatchObject({ reason: 'unlike', other: null });
		expect(doubt({ own: [at(0.9), at(0.6)] })).toBeNull();
	});

	it('is most like the nearest of theirs', () => {
		expect(compare({ ...li, own: [at(0.9), at(0.3), at(0.5)] }).mostAlike).toBe(1);
	});
});
