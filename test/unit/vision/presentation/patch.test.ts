import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPatch, patchBox } from '../../../../edge-agent/vision/presentation/patch.js';
import { frameOf, noiseFrame, sample } from '../engine/pictures.js';

describe('the part of the picture that MiniFASNet sees', () => {
	/** What `CropImage._get_new_box` of Silent-Face-Anti-Spoofing answers (its last pixels are included). */
	it.each([
		[[640, 480], [250, 180, 100, 130], 2.7, [165, 69, 271, 352]],
		[[640, 480], [10, 20, 100, 130], 2.7, [0, 0, 271, 352]],
		[[640, 480], [560, 400, 70, 80], 2.7, [450, 263, 190, 217]],
		[[640, 480], [200, 100, 260, 320], 2.7, [135, 0, 390, 480]],
		[[320, 240], [30, 10, 250, 225], 4, [22, 0, 266, 240]],
	] as const)('in %s of the box %s, %s times as large', ([width, height], [x, y, w, h], scale, expected) => {
		const box = patchBox({ width, height }, { x, y, width: w, height: h }, scale);
		expect([box.x, box.y, box.width, box.height]).toEqual(expected);
	});

	it('lies in the picture, wherever the box is', () => {
		const size = fc.integer({ min: 4, max: 900 });
		const part = fc.double({ min: -0.4, max: 1.2, noNaN: true });
		const share = fc.double({ min: 0.02, max: 1.5, noNaN: true });
		fc.assert(
			fc.property(size, size, part, part, share, share, fc.double({ min: 1, max: 4, noNaN: true }), (width, height, x, y, w, h, scale) => {
				const found = patchBox({ width, height }, { x: x * width, y: y * height, width: w * width, height: h * height }, scale);
				expect(found.x).toBeGreaterThanOrEqual(0);
				expect(found.y).toBeGreaterThanOrEqual(0);
				expect(found.x + found.width).toBeLessThanOrEqual(width);
				expect(found.y + found.height).toBeLessThanOrEqual(height);
			}),
		);
	});

	it('is drawn blue first, 0 to 255, squeezed, each pixel from the middle of what it covers', () => {
		const frame = noiseFrame(64, 48, 5);
		const planes = new Float32Array(3 * 16 * 16);
		const box = { x: 10, y: 4, width: 32, height: 16 };
		drawPatch(frame, box, 16, planes);
		// On luma only: chroma is read as coarse as it is.
		const grey = frameOf(64, 48, frame.data.slice().fill(128, 64 * 48));
		drawPatch(grey, box, 16, planes);
		for (const [row, column] of [
			[0, 0],
			[3, 9],
			[15, 15],
		] as const) {
			const [red = 0, green = 0, blue = 0] = sample(grey, 10 + column * 2 + 0.5, 4 + row);
			const at = row * 16 + column;
			for (const [plane, value] of [blue, green, red].entries()) {
				expect(Math.abs((planes[plane * 256 + at] ?? 0) - Math.max(0, Math.min(255, value)))).toBeLessThan(1);
			}
		}
	});

	it('tells blue from red', () => {
		const planes = new Float32Array(3 * 4 * 4);
		const data = new Uint8Array((16 * 16 * 3) / 2).fill(80, 0, 256).fill(200, 256, 320).fill(110, 320);
		drawPatch(frameOf(16, 16, data), { x: 0, y: 0, width: 16, height: 16 }, 4, planes);
		expect(planes[0]).toBeGreaterThan((planes[32] ?? 0) + 100);
	});
});
