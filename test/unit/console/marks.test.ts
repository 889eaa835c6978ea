import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	changeOf,
	firstLine,
	firstZone,
	type Marks,
	marksOf,
	moved,
	turned,
	withCorner,
	withoutCorner,
} from '../../../console/src/cameras/marks.js';

const marks: Marks = { line: firstLine, zone: firstZone };
const anywhere = fc.record({ x: fc.double({ min: -3, max: 3, noNaN: true }), y: fc.double({ min: -3, max: 3, noNaN: true }) });

describe('marks on a picture', () => {
	it('stay inside the picture wherever they are dragged', () => {
		fc.assert(
			fc.property(anywhere, fc.nat({ max: 3 }), (to, index) => {
				const { zone, line } = moved(moved(marks, { kind: 'zone', index }, to), { kind: 'line', index: 0 }, to);
				for (const { x, y } of [...(zone ?? []), ...(line ?? [])]) {
					expect(x).toBeGreaterThanOrEqual(0);
					expect(x).toBeLessThanOrEqual(1);
					expect(y).toBeGreaterThanOrEqual(0);
					expect(y).toBeLessThanOrEqual(1);
				}
			}),
		);
	});

	it('keep a line two points: an end dropped on the other one stays where it was', () => {
		expect(moved(marks, { kind: 'line', index: 1 }, { x: firstLine[0].x + 0.005, y: firstLine[0].y })).toEqual(marks);
	});

	it('turn the way in round, and back', () => {
		expect(changeOf(turned(marks)).line).toEqual({ x1: 0.8, y1: 0.6, x2: 0.2, y2: 0.6 });
		expect(turned(turned(marks))).toEqual(marks);
	});

	it('get a corner in the middle of a side, also of the last one, and lose it again', () => {
		const more = withCorner(marks, 3);
		expect(more.zone?.[4]).toEqual({ x: 0.25, y: 0.65 });
		expect(withoutCorner(more, 4)).toEqual(marks);
	});

	it('keep a zone three corners at least and 32 at most', () => {
		let few = marks;
		for (let i = 0; i < 5; i++) few = withoutCorner(few, 0);
		expect(few.zone).toHaveLength(3);
		let many = marks;
		for (let i = 0; i < 60; i++) many = withCorner(many, 0);
		expect(many.zone).toHaveLength(32);
	});

	it('are what the agent keeps, there and back', () => {
		const camera = { line: { x1: 0, y1: 0.5, x2: 1, y2: 0.25 }, zone: [...firstZone] };
		expect(changeOf(marksOf(camera))).toEqual(camera);
		expect(changeOf(marksOf({ line: null, zone: null }))).toEqual({ line: null, zone: null });
	});
});
