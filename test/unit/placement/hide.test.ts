import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { around, pixelate, restore } from '../../../edge-agent/placement/hide.js';
import type { Box, YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import { noiseFrame } from '../vision/engine/pictures.js';

const [width, height] = [96, 64];
const picture = (): YuvFrame => noiseFrame(width, height, 7);
const side = fc.double({ min: 0.5, max: 120, noNaN: true });
const place = fc.double({ min: -60, max: 120, noNaN: true });
const anyBox: fc.Arbitrary<Box> = fc.record({ x: place, y: place, width: side, height: side });

/** A plane of the frame, and by how much it is smaller than the picture. */
const planesOf = ({ data }: YuvFrame) => {
	const area = width * height;
	return [
		{ at: (x: number, y: number) => data[y * width + x], scale: 1 },
		{ at: (x: number, y: number) => data[area + (y * width) / 2 + x], scale: 2 },
		{ at: (x: number, y: number) => data[area + area / 4 + (y * width) / 2 + x], scale: 2 },
	];
};

describe('hiding a part of a frame', () => {
	it('leaves everything as it was farther than two pixels from the part', () => {
		fc.assert(
			fc.property(anyBox, (part) => {
				const [before, frame] = [picture(), picture()];
				pixelate(frame, part);
				for (const [i, { at, scale }] of planesOf(frame).entries()) {
					for (let y = 0; y < height / scale; y++) {
						for (let x = 0; x < width / scale; x++) {
							const far =
								(x + 1) * scale < part.x - 2 ||
								x * scale > part.x + part.width + 2 ||
								(y + 1) * scale < part.y - 2 ||
								y * scale > part.y + part.height + 2;
							if (far && at(x, y) !== planesOf(before)[i]?.at(x, y)) throw new Error(`plane ${i} has changed at ${x}, ${y}`);
						}
					}
				}
			}),
			{ numRuns: 50 },
		);
	});

	it('leaves no more than a handful of greys and colours of the part', () => {
		fc.assert(
			fc.property(anyBox, (part) => {
				const frame = picture();
				pixelate(frame, part);
				for (const { at, scale } of planesOf(frame)) {
					const seen = new Set<number | undefined>();
					for (let y = Math.ceil(Math.max(0, part.y) / scale); y < Math.min(height, part.y + part.height) / scale; y++)
						for (let x = Math.ceil(Math.max(0, part.x) / scale); x < Math.min(width, part.x + part.width) / scale; x++) seen.add(at(x, y));
					expect(seen.size).toBeLessThanOrEqual(36);
				}
			}),
			{ numRuns: 50 },
		);
	});

	it('makes one colour of it when asked for one cell', () => {
		const frame = picture();
		pixelate(frame, { x: 20, y: 10, width: 30, height: 40 }, 1);
		for (const { at, scale } of planesOf(frame)) expect(at(22 / scale, 12 / scale)).toBe(at(48 / scale, 48 / scale));
	});

	it('shows again what is restored, and nothing else', () => {
		const [before, frame] = [picture(), picture()];
		pixelate(frame, { x: 0, y: 0, width, height });
		restore(frame, before, { x: 31, y: 21, width: 20, height: 12 });
		for (const [i, { at, scale }] of planesOf(frame).entries()) {
			expect(at(40 / scale, 26 / scale)).toBe(planesOf(before)[i]?.at(40 / scale, 26 / scale));
			expect(at(32 / scale, 22 / scale)).toBe(planesOf(before)[i]?.at(32 / scale, 22 / scale));
			// The cell's first pixel and its last but those restored.
			expect(at(0, 0)).toBe(at(8 / scale, 8 / scale));
		}
		restore(frame, before, { x: -50, y: -50, width: 500, height: 500 });
		expect(frame.data).toEqual(before.data);
	});

	it('takes hair, ears and neck with a face', () => {
		expect(around({ x: 100, y: 100, width: 50, height: 60 })).toEqual({
			x: 70,
			y: 64,
			width: expect.closeTo(110),
			height: expect.closeTo(132),
		});
	});
});
