import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Letterbox } from '../../../../edge-agent/vision/resize.js';
import { even, frameOf, noiseFrame, sample } from './pictures.js';

describe('Letterbox', () => {
	it('samples every pixel as the plain reference does, for any sizes', () => {
		fc.assert(
			fc.property(even(80), even(60), fc.integer({ min: 4, max: 40 }), fc.integer({ min: 4, max: 40 }), fc.nat(), (w, h, ow, oh, seed) => {
				const frame = noiseFrame(w, h, seed);
				const box = new Letterbox(ow, oh);
				const scale = box.draw(frame);
				expect(scale).toBeCloseTo(Math.max(w / ow, h / oh), 10);
				const columns = Math.max(1, Math.min(ow, Math.round(w / scale)));
				const rows = Math.max(1, Math.min(oh, Math.round(h / scale)));
				for (let y = 0; y < oh; y++) {
					for (let x = 0; x < ow; x++) {
						const got = [...box.pixels.subarray((y * ow + x) * 3, (y * ow + x) * 3 + 3)];
						if (x >= columns || y >= rows) {
							expect(got).toEqual([0, 0, 0]);
							continue;
						}
						const whole = { x: 0, y: 0, width: w, height: h };
						const want = sample(frame, Math.min(w - 1, x * scale), Math.min(h - 1, y * scale), whole, 'nearest');
						// Weights are rounded to 256ths: noise of full contrast may shift by a step or two.
						for (let c = 0; c < 3; c++) expect(Math.abs((got[c] ?? 0) - (want[c] ?? 0))).toBeLessThanOrEqual(2.5);
					}
				}
			}),
			{ numRuns: 60 },
		);
	});

	it('leaves nothing of a wider picture beside a narrower one', () => {
		const box = new Letterbox(40, 40);
		box.draw(noiseFrame(80, 40, 1));
		box.draw(noiseFrame(40, 80, 2));
		for (let y = 0; y < 40; y++) expect([...box.pixels.subarray((y * 40 + 20) * 3, (y * 40 + 40) * 3)].every((v) => v === 0)).toBe(true);
	});

	it('keeps grey grey and white white', () => {
		const data = new Uint8Array((1280 * 720 * 3) / 2).fill(128);
		data.fill(235, 0, 1280 * 720);
		const box = new Letterbox(512, 320);
		expect(box.draw(frameOf(1280, 720, data))).toBe(2.5);
		expect([...box.pixels.subarray(0, 6)]).toEqual([255, 255, 255, 255, 255, 255]);
		expect([...box.pixels.subarray(512 * 288 * 3, 512 * 288 * 3 + 3)]).toEqual([0, 0, 0]);
	});
});
