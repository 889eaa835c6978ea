import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockCrop } from '../../../../edge-agent/vision/block-crop.js';
import { BlockLetterbox } from '../../../../edge-agent/vision/block-letterbox.js';
import { clipTo, FaceCrop, wholeFrame } from '../../../../edge-agent/vision/crop.js';
import { Letterbox } from '../../../../edge-agent/vision/resize.js';
import { even, frameOf, noiseFrame, views } from './pictures.js';

/** Bytes of a block. */
const block = 8;

/** RGB of the pixel (x, y) of a picture in blocks, by ITU-R BT.709. */
function pixel(blocks: Uint8Array, width: number, x: number, y: number): [number, number, number] {
	const at = ((y >> 1) * (width / 2) + (x >> 1)) * block;
	const luma = (((blocks[at + (y % 2) * 2 + (x % 2)] ?? 0) - 16) * 255) / 219;
	const [u, v] = [((blocks[at + 4] ?? 0) - 128) * (255 / 224), ((blocks[at + 5] ?? 0) - 128) * (255 / 224)];
	const red = luma + 2 * (1 - 0.2126) * v;
	const blue = luma + 2 * (1 - 0.0722) * u;
	const green = (luma - 0.2126 * red - 0.0722 * blue) / 0.7152;
	const byte = (value: number) => Math.min(255, Math.max(0, value));
	return [byte(red), byte(green), byte(blue)];
}

/** Noise in luma, one colour everywhere: colours are coarser in blocks, and compared apart. */
function tinted(width: number, height: number, seed: number, u: number, v: number) {
	const frame = noiseFrame(width, height, seed);
	const data = Uint8Array.from(frame.data, (value) => 80 + (value % 80));
	data.fill(u, width * height, (width * height * 5) / 4);
	data.fill(v, (width * height * 5) / 4);
	return frameOf(width, height, data);
}

describe('BlockCrop', () => {
	it('shows what FaceCrop shows: turned, scaled, half outside, cut by an odd box', () => {
		fc.assert(
			fc.property(views, ({ width: w, height: h, seed, turn, scale, tx, ty, box }) => {
				const frame = tinted(w, h, seed, 128, 128);
				const clip = clipTo(frame, box) ?? wholeFrame(frame);
				const [crop, rows] = [new BlockCrop(16), new FaceCrop(16)];
				const toFrame = { a: scale * Math.cos(turn), b: scale * Math.sin(turn), tx, ty };
				crop.draw(frame, toFrame, clip);
				rows.draw(frame, toFrame, clip);
				const [got, wanted] = [new Float64Array(16), new Float64Array(16)];
				for (let y = 0; y < 16; y++) {
					crop.greyRow(y, 0, 16, got);
					rows.greyRow(y, 0, 16, wanted);
					for (const [x, value] of wanted.entries()) expect(Math.abs((got[x] ?? 0) - value)).toBeLessThanOrEqual(2);
				}
			}),
			{ numRuns: 200 },
		);
	});

	it.each([
		['BT.601', 64, 48],
		['BT.709', 1280, 48],
	])('has the colours of a frame in %s', (_, width, height) => {
		const frame = tinted(width, height, 7, 110, 150);
		const [crop, rows] = [new BlockCrop(16), new FaceCrop(16)];
		for (const one of [crop, rows]) one.draw(frame, { a: 1.2, b: 0.3, tx: 12, ty: 6 }, wholeFrame(frame));
		for (let y = 0; y < 16; y++) {
			for (let x = 0; x < 16; x++) {
				const wanted = rows.pixels.subarray((y * 16 + x) * 3);
				for (const [c, value] of pixel(crop.pixels, 16, x, y).entries()) expect(Math.abs(value - (wanted[c] ?? 0))).toBeLessThan(4);
			}
		}
	});

	it('takes the colour that lies at a block', () => {
		const data = noiseFrame(1280, 64, 3).data;
		const uPlane = 1280 * 64;
		const crop = new BlockCrop(16);
		const frame = frameOf(1280, 64, data);
		crop.draw(frame, { a: 1, b: 0, tx: 20, ty: 10 }, wholeFrame(frame));
		for (let y = 0; y < 8; y++) {
			for (let x = 0; x < 8; x++) {
				const at = uPlane + (5 + y) * 640 + 10 + x;
				expect(crop.pixels[(y * 8 + x) * block + 4]).toBe(data[at]);
				expect(crop.pixels[(y * 8 + x) * block + 5]).toBe(data[at + uPlane / 4]);
			}
		}
	});

	it('is black, and nothing of the face before, where there is no place to look at', () => {
		const crop = new BlockCrop(8);
		const frame = noiseFrame(40, 40, 5);
		crop.draw(frame, { a: 2, b: 0.5, tx: 6, ty: 3 }, wholeFrame(frame));
		crop.draw(frame, { a: 2, b: 0.5, tx: Number.NaN, ty: 3 }, wholeFrame(frame));
		for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) expect(pixel(crop.pixels, 8, x, y)).toEqual([0, 0, 0]);
	});
});

describe('BlockLetterbox', () => {
	it('shows what Letterbox shows, for any sizes', () => {
		fc.assert(
			fc.property(even(80), even(60), even(40), even(40), fc.nat(), (w, h, ow, oh, seed) => {
				const frame = tinted(w, h, seed, 128, 128);
				const [blocks, rows] = [new BlockLetterbox(ow, oh), new Letterbox(ow, oh)];
				const scale = blocks.draw(frame);
				expect(scale).toBe(rows.draw(frame));
				// What makes no whole block is left out.
				const columns = 2 * Math.floor(Math.max(1, Math.min(ow, Math.round(w / scale))) / 2);
				const lines = 2 * Math.floor(Math.max(1, Math.min(oh, Math.round(h / scale))) / 2);
				for (let y = 0; y < oh; y++) {
					for (let x = 0; x < ow; x++) {
						const wanted = x < columns && y < lines ? (rows.pixels[(y * ow + x) * 3] ?? 0) : 0;
						expect(Math.abs(pixel(blocks.pixels, ow, x, y)[0] - wanted)).toBeLessThan(2);
					}
				}
			}),
			{ numRuns: 60 },
		);
	});

	it.each([
		['BT.601', 640, 480],
		['BT.709', 1280, 720],
	])('has the colours of a frame in %s', (_, width, height) => {
		const frame = tinted(width, height, 9, 150, 100);
		const [blocks, rows] = [new BlockLetterbox(64, 48), new Letterbox(64, 48)];
		for (const box of [blocks, rows]) box.draw(frame);
		for (let x = 0; x < 64; x++) {
			const wanted = rows.pixels.subarray((10 * 64 + x) * 3);
			for (const [c, value] of pixel(blocks.pixels, 64, x, 10).entries()) expect(Math.abs(value - (wanted[c] ?? 0))).toBeLessThan(4);
		}
	});

	it('leaves nothing of a wider picture beside a narrower one', () => {
		const box = new BlockLetterbox(40, 40);
		box.draw(noiseFrame(80, 40, 1));
		box.draw(noiseFrame(40, 80, 2));
		for (let y = 0; y < 40; y++) for (let x = 20; x < 40; x++) expect(pixel(box.pixels, 40, x, y)).toEqual([0, 0, 0]);
	});
});
