import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipTo, FaceCrop, wholeFrame } from '../../../../edge-agent/vision/crop.js';
import { noiseFrame, sample, views } from './pictures.js';

describe('FaceCrop', () => {
	it('shows what the plain reference shows: turned, scaled, half outside, cut by an odd box', () => {
		fc.assert(
			fc.property(views, ({ width: w, height: h, seed, turn, scale, tx, ty, box }) => {
				const frame = noiseFrame(w, h, seed);
				const clip = clipTo(frame, box) ?? wholeFrame(frame);
				const crop = new FaceCrop(16);
				const a = scale * Math.cos(turn);
				const b = scale * Math.sin(turn);
				crop.draw(frame, { a, b, tx, ty }, clip);
				for (let y = 0; y < 16; y++) {
					for (let x = 0; x < 16; x++) {
						const want = sample(frame, a * x - b * y + tx, b * x + a * y + ty, clip);
						const at = (y * 16 + x) * 3;
						for (let c = 0; c < 3; c++) expect(Math.abs((crop.pixels[at + c] ?? 0) - (want[c] ?? 0))).toBeLessThanOrEqual(1);
					}
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('is black where the box ends, even inside the picture', () => {
		const crop = new FaceCrop(8);
		crop.draw(noiseFrame(20, 20, 3), { a: 1, b: 0, tx: 4, ty: 4 }, { x: 6, y: 4, width: 3, height: 20 });
		const row = (y: number) => [...crop.pixels.subarray(y * 24, y * 24 + 24)];
		expect(row(2).slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
		expect(
			row(2)
				.slice(6, 15)
				.some((v) => v > 0),
		).toBe(true);
		expect(row(2).slice(15)).toEqual(new Array(9).fill(0));
	});
});

describe('FaceCrop in memory of others', () => {
	it('writes its own part only', () => {
		const memory = new Uint8Array(3 * 8 * 8 * 3).fill(77);
		const crop = new FaceCrop(8, memory.subarray(192, 384));
		const frame = noiseFrame(40, 40, 5);
		crop.draw(frame, { a: 2, b: 0.5, tx: 6, ty: 3 }, wholeFrame(frame));
		const alone = new FaceCrop(8);
		alone.draw(frame, { a: 2, b: 0.5, tx: 6, ty: 3 }, wholeFrame(frame));
		expect(memory.subarray(192, 384)).toEqual(alone.pixels);
		for (const rest of [memory.subarray(0, 192), memory.subarray(384)]) expect(rest.every((value) => value === 77)).toBe(true);
	});

	it('shows nothing of the face before where there is no place to look at', () => {
		const crop = new FaceCrop(8);
		const frame = noiseFrame(40, 40, 5);
		crop.draw(frame, { a: 2, b: 0.5, tx: 6, ty: 3 }, wholeFrame(frame));
		crop.draw(frame, { a: 2, b: 0.5, tx: Number.NaN, ty: 3 }, wholeFrame(frame));
		expect(crop.pixels.every((value) => value === 0)).toBe(true);
	});
});

describe('clipTo', () => {
	it('keeps whole pixels inside the frame, or says that there are none', () => {
		const frame = noiseFrame(20, 10, 1);
		expect(clipTo(frame, { x: -5, y: 2, width: 10, height: 100 })).toEqual({ x: 0, y: 2, width: 5, height: 8 });
		expect(clipTo(frame, { x: 10.9, y: 0, width: 5.95, height: 3.2 })).toEqual({ x: 10, y: 0, width: 5, height: 3 });
		expect(clipTo(frame, { x: 20, y: 0, width: 5, height: 5 })).toBeNull();
		expect(clipTo(frame, { x: -8, y: 0, width: 5, height: 5 })).toBeNull();
		expect(clipTo(frame, { x: Number.NaN, y: 0, width: 5, height: 5 })).toBeNull();
	});
});
