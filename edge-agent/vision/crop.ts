import type { Similarity } from './align.js';
import { type PointSample, samplePoint } from './sample-point.js';
import type { Box, YuvFrame } from './vision.types.js';
import { fixedMatrixFor, matrixFor } from './yuv.js';

/** A square picture of one face, drawn again and again into the same memory. */
export interface Crop {
	/** Pixels a side. */
	readonly size: number;
	/**
	 * Draws what `toFrame` (crop pixel -> frame pixel) shows of the frame, bilinear, without averaging. What lies outside `clip`
	 * (whole pixels, inside the frame) is black, and pixels at its edge fade into black, as if the clip had been padded.
	 */
	draw(frame: YuvFrame, toFrame: Similarity, clip: Box): void;
	/** Writes row `y` from column `from` to `to` (exclusive), as grey from 0 to 255, to the same places of `into`. */
	greyRow(y: number, from: number, to: number, into: Float64Array): void;
}

/** In RGB. */
export class FaceCrop implements Crop {
	readonly #clamped: Uint8ClampedArray;

	/** @param pixels RGB, size * size * 3 bytes: the memory, or part of the memory, that a tensor is laid over */
	constructor(
		readonly size: number,
		readonly pixels: Uint8Array<ArrayBuffer> = new Uint8Array(size * size * 3),
	) {
		this.#clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, size * size * 3);
	}

	draw(frame: YuvFrame, toFrame: Similarity, clip: Box): void {
		const { size } = this;
		const { a, b, tx, ty } = toFrame;
		const [xs, ys] = insideRange(frame, clip);
		for (let row = 0; row < size; row++) {
			const line: Line = { x: tx - b * row, y: ty + a * row, a, b, out: this.#clamped, row: row * size * 3 };
			const [fromX, toX] = within(xs, line.x, a, size);
			const [fromY, toY] = within(ys, line.y, b, size);
			const from = Math.max(fromX, fromY);
			const to = Math.min(toX, toY);
			if (from < to) {
				drawAnywhere(frame, clip, line, 0, from);
				drawInside(frame, line, from, to);
				drawAnywhere(frame, clip, line, to, size);
			} else drawAnywhere(frame, clip, line, 0, size);
		}
	}

	greyRow(y: number, from: number, to: number, into: Float64Array): void {
		const { pixels, size } = this;
		for (let x = from, at = (y * size + from) * 3; x < to; x++, at += 3)
			into[x] = 0.299 * (pixels[at] as number) + 0.587 * (pixels[at + 1] as number) + 0.114 * (pixels[at + 2] as number);
	}
}

/** The places, along x and along y, at which all four neighbours of luma and of chroma are there to be read. */
export function insideRange(frame: YuvFrame, clip: Box): readonly [Range, Range] {
	return [
		[Math.max(clip.x, 0.5), Math.min(clip.x + clip.width - 1, frame.width - 1.5, farthest)],
		[Math.max(clip.y, 0.5), Math.min(clip.y + clip.height - 1, frame.height - 1.5, farthest)],
	];
}

/** From, and up to. */
type Range = readonly [number, number];

/** As far as places in 65536ths reach in 32 bits. */
const farthest = 32_766;

/** One row of a crop: column c shows the frame at (x + a c, y + b c) and is written from byte `row` + 3 c on. */
interface Line {
	readonly x: number;
	readonly y: number;
	readonly a: number;
	readonly b: number;
	readonly out: Uint8ClampedArray;
	readonly row: number;
}

/** The columns 0 <= from <= c < to <= size for which low <= start + step c < high, less one at each end for rounding's sake. */
export function within([low, high]: Range, start: number, step: number, size: number): [number, number] {
	if (step === 0) return start >= low && start < high ? [0, size] : [size, size];
	const [near, far] = step > 0 ? [low, high] : [high, low];
	return [Math.max(0, Math.ceil((near - start) / step) + 1), Math.min(size, Math.floor((far - start) / step) - 1)];
}

/**
 * Columns whose neighbours all lie in the clip: nearly all of most faces, so nothing is asked here. Whole numbers of 32 bits: places
 * in 65536ths, shares of neighbours in 2048ths, samples in 256ths.
 */
function drawInside(frame: YuvFrame, line: Line, from: number, to: number): void {
	const { width, height, data } = frame;
	const { imul } = Math;
	const { out, row } = line;
	const { luma, redV, greenU, greenV, blueU } = fixedMatrixFor(frame);
	const chromaWidth = width >> 1;
	const uPlane = width * height;
	const toV = uPlane >> 2;
	const stepX = Math.round(line.a * 65536);
	const stepY = Math.round(line.b * 65536);
	let x = Math.round((line.x + line.a * from) * 65536);
	let y = Math.round((line.y + line.b * from) * 65536);
	for (let column = from; column < to; column++, x += stepX, y += stepY) {
		// Every place lies in the frame, so the casts are true.
		const p = imul(y >> 16, width) + (x >> 16);
		const along = (x >> 5) & 2047;
		const down = (y >> 5) & 2047;
		const p0 = data[p] as number;
		const p2 = data[p + width] as number;
		const upper = (p0 << 11) + imul((data[p + 1] as number) - p0, along);
		const lower = (p2 << 11) + imul((data[p + width + 1] as number) - p2, along);
		const grey = imul((((upper << 11) + imul(lower - upper, down)) >> 14) - 4096, luma) + 524288;
		const cx = (x - 32768) >> 1;
		const cy = (y - 32768) >> 1;
		const c = uPlane + imul(cy >> 16, chromaWidth) + (cx >> 16);
		const cAlong = (cx >> 5) & 2047;
		const cDown = (cy >> 5) & 2047;
		const u0 = data[c] as number;
		const u2 = data[c + chromaWidth] as number;
		const uUpper = (u0 << 11) + imul((data[c + 1] as number) - u0, cAlong);
		const uLower = (u2 << 11) + imul((data[c + chromaWidth + 1] as number) - u2, cAlong);
		const u = (((uUpper << 11) + imul(uLower - uUpper, cDown)) >> 14) - 32768;
		const d = c + toV;
		const v0 = data[d] as number;
		const v2 = data[d + chromaWidth] as number;
		const vUpper = (v0 << 11) + imul((data[d + 1] as number) - v0, cAlong);
		const vLower = (v2 << 11) + imul((data[d + chromaWidth + 1] as number) - v2, cAlong);
		const v = (((vUpper << 11) + imul(vLower - vUpper, cDown)) >> 14) - 32768;
		const o = row + 3 * column;
		out[o] = (grey + imul(v, redV)) >> 20;
		out[o + 1] = (grey + imul(u, greenU) + imul(v, greenV)) >> 20;
		out[o + 2] = (grey + imul(u, blueU)) >> 20;
	}
}

/** Columns anywhere. Of luma's four neighbours those outside the clip are black and without colour. */
function drawAnywhere(frame: YuvFrame, clip: Box, { x, y, a, b, out, row }: Line, from: number, to: number): void {
	const { luma, redV, greenU, greenV, blueU } = matrixFor(frame);
	const point: PointSample = { luma: 0, u: 0, v: 0 };
	for (let column = from; column < to; column++) {
		samplePoint(frame, clip, x + a * column, y + b * column, point);
		const o = row + 3 * column;
		out[o] = luma * point.luma + redV * point.v;
		out[o + 1] = luma * point.luma + greenU * point.u + greenV * point.v;
		out[o + 2] = luma * point.luma + blueU * point.u;
	}
}

/** The frame itself as a clip. */
export function wholeFrame(frame: YuvFrame): Box {
	return { x: 0, y: 0, width: frame.width, height: frame.height };
}

/** The whole pixels of `box` that lie in the frame, cut as face-api cuts (`Box.clipAtImageBorders`); null where none do. */
export function clipTo(frame: YuvFrame, box: Box): Box | null {
	const left = Math.max(0, box.x);
	const top = Math.max(0, box.y);
	const width = Math.floor(Math.min(frame.width, box.x + box.width) - left);
	const height = Math.floor(Math.min(frame.height, box.y + box.height) - top);
	return width > 0 && height > 0 ? { x: Math.floor(left), y: Math.floor(top), width, height } : null;
}
