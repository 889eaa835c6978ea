import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	changesOf,
	firstLine,
	firstZone,
	type Marks,
	marksOf,
	mostMasks,
	moved,
	shapesOf,
	turned,
	withCorner,
	withMask,
	withoutCorner,
	withoutMask,
} from '../../../console/src/cameras/marks.js';

const marks: Marks = withMask({ line: firstLine, zone: firstZone, masks: [] });
const zone = { kind: 'zone' } as const;
const mask = { kind: 'mask', mask: 0 } as const;
const anywhere = fc.record({ x: fc.double({ min: -3, max: 3, noNaN: true }), y: fc.double({ min: -3, max: 3, noNaN: true }) });

describe('marks on a picture', () => {
	it('stay inside the picture wherever they are dragged', () => {
		fc.assert(
			fc.property(anywhere, fc.nat({ max: 3 }), (to, index) => {
				const drawn = [{ ...zone, index }, { ...mask, index }, { kind: 'line', index: 0 } as const].reduce<Marks>(
					(all, mark) => moved(all, mark, to),
					marks,
				);
				for (const { x, y } of [...(drawn.zone ?? []), ...(drawn.line ?? []), ...drawn.masks.flat()]) {
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
		expect(turned(marks).line).toEqual([firstLine[1], firstLine[0]]);
		expect(turned(turned(marks))).toEqual(marks);
	});

	it('get a corner in the middle of a side, also of the last one, and lose it again', () => {
		const more = withCorner(marks, zone, 3);
		expect(more.zone?.[4]).toEqual({ x: 0.25, y: 0.65 });
		expect(withoutCorner(more, zone, 4)).toEqual(marks);
		expect(withCorner(marks, mask, 0).masks[0]?.[1]).toEqual({ x: 0.14, y: 0.05 });
		expect(withoutCorner(withCorner(marks, mask, 0), mask, 1)).toEqual(marks);
	});

	it.each([zone, mask])('keep three corners at least and 32 at most: %o', (shape) => {
		const cornersOf = (of: Marks) => (shape.kind === 'zone' ? of.zone : of.masks[0]);
		let few = marks;
		for (let i = 0; i < 5; i++) few = withoutCorner(few, shape, 0);
		expect(cornersOf(few)).toHaveLength(3);
		let many = marks;
		for (let i = 0; i < 60; i++) many = withCorner(many, shape, 0);
		expect(cornersOf(many)).toHaveLength(32);
	});

	it('have as many masks as the agent takes, no two at one place, and lose the one that is meant', () => {
		let many = marks;
		for (let i = 0; i < 40; i++) many = withMask(many);
		expect(many.masks).toHaveLength(mostMasks);
		expect(new Set(many.masks.map((polygon) => JSON.stringify(polygon))).size).toBe(mostMasks);
		for (const { x, y } of many.masks.flat()) expect(Math.max(x, y)).toBeLessThanOrEqual(1);
		expect(withoutMask(withMask(marks), 0).masks).toEqual([withMask(marks).masks[1]]);
		expect(shapesOf(withMask(marks))).toEqual([mask, { kind: 'mask', mask: 1 }, zone]);
	});

	it('change of a camera what they draw otherwise, and nothing else', () => {
		const camera = { line: { x1: 0, y1: 0.5, x2: 1, y2: 0.25 }, zone: [...firstZone], masks: [] };
		expect(changesOf(marksOf(camera), camera)).toEqual({});
		expect(Object.keys(changesOf(withMask(marksOf(camera)), camera))).toEqual(['masks']);
		expect(changesOf({ ...marksOf(camera), line: null, zone: null }, camera)).toEqual({ line: null, zone: null });
		expect(changesOf(turned(marksOf(camera)), camera)).toEqual({ line: { x1: 1, y1: 0.25, x2: 0, y2: 0.5 } });
	});
});
