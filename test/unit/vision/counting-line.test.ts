import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LinePosition, lineInPixels, type PixelLine, stepOverLine } from '../../../edge-agent/vision/counting-line.js';
import type { Point } from '../../../edge-agent/vision/vision.types.js';

/** Across the picture from left to right: who moves down comes in. The margin is 29 px. */
const across = lineInPixels({ x1: 0, y1: 0.5, x2: 1, y2: 0.5 }, 1280, 720);

function walk(line: PixelLine, path: readonly Point[]) {
	let position: LinePosition | null = null;
	const crossings: ('in' | 'out')[] = [];
	for (const at of path) {
		const step = stepOverLine(line, position, at);
		position = step.position;
		if (step.crossing) crossings.push(step.crossing);
	}
	return crossings;
}

describe('counting line', () => {
	it('counts from the left hand to the right hand as in', () => {
		const down = [
			{ x: 600, y: 100 },
			{ x: 600, y: 600 },
		];
		expect(walk(across, down)).toEqual(['in']);
		expect(walk(across, [...down].reverse())).toEqual(['out']);
		const turned = lineInPixels({ x1: 1, y1: 0.5, x2: 0, y2: 0.5 }, 1280, 720);
		expect(walk(turned, down)).toEqual(['out']);
		// Drawn from top to bottom: looking down the picture, the left hand is at the picture's right.
		const upright = lineInPixels({ x1: 0.5, y1: 0, x2: 0.5, y2: 1 }, 1280, 720);
		expect(
			walk(upright, [
				{ x: 900, y: 300 },
				{ x: 200, y: 300 },
			]),
		).toEqual(['in']);
	});

	it('counts nobody who walks around an end of the line', () => {
		const short = lineInPixels({ x1: 0.4, y1: 0.5, x2: 0.6, y2: 0.5 }, 1280, 720);
		const around = [
			{ x: 640, y: 100 },
			{ x: 100, y: 300 },
			{ x: 100, y: 420 },
			{ x: 640, y: 600 },
		];
		expect(walk(short, around)).toEqual([]);
		expect(walk(short, [...around, { x: 640, y: 100 }])).toEqual(['out']);
	});

	it('counts any way with k passes k times, in and out by turns, whatever the jitter on the way', () => {
		const passes = fc.record({
			first: fc.constantFrom(-1, 1),
			turns: fc.array(fc.record({ depth: fc.integer({ min: 45, max: 300 }), x: fc.integer({ min: 50, max: 1230 }) }), {
				minLength: 1,
				maxLength: 8,
			}),
			steps: fc.integer({ min: 2, max: 40 }),
			jitter: fc.array(fc.record({ x: fc.integer({ min: -8, max: 8 }), y: fc.integer({ min: -8, max: 8 }) }), {
				minLength: 7,
				maxLength: 60,
			}),
		});
		fc.assert(
			fc.property(passes, ({ first, turns, steps, jitter }) => {
				// Every turning point lies on the other side of the line than the one before.
				const corners = turns.map(({ depth, x }, i) => ({ x, y: 360 + first * (i % 2 === 0 ? depth : -depth) }));
				const path: Point[] = [];
				for (const [i, to] of corners.entries()) {
					const from = corners[i - 1] ?? to;
					for (let s = 1; s <= steps; s++) {
						const noise = jitter[path.length % jitter.length] ?? { x: 0, y: 0 };
						path.push({ x: from.x + ((to.x - from.x) * s) / steps + noise.x, y: from.y + ((to.y - from.y) * s) / steps + noise.y });
					}
				}
				const expected = turns.slice(1).map((_, i) => ((first === 1) === (i % 2 === 0) ? 'out' : 'in'));
				expect(walk(across, path)).toEqual(expected);
			}),
			{ numRuns: 500 },
		);
	});

	it('counts nobody who stands on the line, or appears and leaves on one side of it', () => {
		const around = (y: number) =>
			fc.array(fc.record({ x: fc.integer({ min: 600, max: 660 }), y: fc.integer({ min: y - 13, max: y + 13 }) }), { maxLength: 80 });
		const places = fc.constantFrom(360, 360 + 14, 300, 420).chain(around);
		fc.assert(
			fc.property(places, (path) => {
				expect(walk(across, path)).toEqual([]);
			}),
		);
	});

	it('refuses a line without length, or outside the picture', () => {
		expect(() => lineInPixels({ x1: 0.5, y1: 0.5, x2: 0.5, y2: 0.5 }, 1280, 720)).toThrow(/two different ends/);
		expect(() => lineInPixels({ x1: 0, y1: 0.5, x2: 1.5, y2: 0.5 }, 1280, 720)).toThrow(/0\.\.1/);
	});
});
