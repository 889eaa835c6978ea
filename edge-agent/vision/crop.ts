import type { Similarity } from './align.js';
import type { Box, YuvFrame } from './vision.types.js';
import { matrixFor } from './yuv.js';

/** A square RGB picture of one face, drawn again and again into the same memory. */
export class FaceCrop {
	readonly #clamped: Uint8ClampedArray;

	/** @param pixels interleaved RGB, size * size * 3 bytes: the memory, or part of the memory, that a tensor is laid over */
	constructor(
		readonly size: number,
		readonly pixels: Uint8Array<ArrayBuffer> = new Uint8Array(size * size * 3),
	) {
		this.#clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, size * size * 3);
	}

	/**
	 * Draws what `toFrame` (crop pixel -> frame pixel) shows of the frame, bilinear, without averaging. What lies outside `clip`
	 * (whole pixels, inside the frame) is black, and pixels at its edge fade into black, as if the clip had been padded.
	 */
	draw(frame: YuvFrame, toFrame: Similarity, clip: Box): void {
		const { size } = this;
		const { a, b, tx, ty } = toFrame;
		// Where all four neighbours of luma and of chroma are there to be read.
		const xs = [Math.max(clip.x, 0.5), Math.min(clip.x + clip.width - 1, frame.width - 1.5)] as const;
		const ys = [Math.max(clip.y, 0.5), Math.min(clip.y + clip.height - 1, frame.height - 1.5)] as const;
		for (let row = 0; row < size; row++) {
			const line: Line = { x: tx - b * row, y: ty + a * row, a, b, out: this.#clamped, row: row * size };
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
}

/** One row of a crop: column c shows the frame at (x + a c, y + b c) and is written to pixel `row` + c. */
interface Line {
	readonly x: number;
	readonly y: number;
	readonly a: number;
	readonly b: number;
	readonly out: Uint8ClampedArray;
	readonly row: number;
}

/** The columns 0 <= from <= c < to <= size for which low <= start + step c < high, less one at each end for rounding's sake. */
function within([low, high]: readonly [number, number], start: number, step: number, size: number): [number, number] {
	if (step === 0) return start >= low && start < high ? [0, size] : [size, size];
	const [near, far] = step > 0 ? [low, high] : [high, low];
	return [Math.max(0, Math.ceil((near - start) / step) + 1), Math.min(size, Math.floor((far - start) / step) - 1)];
}

/** Columns whose neighbours all lie in the clip: nearly all of most faces, so nothing is asked here. */
function drawInside(frame: YuvFrame, line: Line, from: number, to: number): void {
	const { width, height, data } = frame;
	const { a, b, out } = line;
	const m = matrixFor(frame);
	const chromaWidth = width / 2;
	const uPlane = width * height;
	const toV = uPlane / 4;
	for (let column = from, o = (line.row + from) * 3; column < to; column++, o += 3) {
		const x = line.x + a * column;
		const y = line.y + b * column;
		const x0 = x | 0;
		const y0 = y | 0;
		const p = y0 * width + x0;
		const grey = m.luma * (mix(data, p, p + width, 1, x - x0, y - y0) - 16);
		const cx = (x - 0.5) / 2;
		const cy = (y - 0.5) / 2;
		const cx0 = cx | 0;
		const cy0 = cy | 0;
		const c = uPlane + cy0 * chromaWidth + cx0;
		const u = mix(data, c, c + chromaWidth, 1, cx - cx0, cy - cy0) - 128;
		const v = mix(data, c + toV, c + toV + chromaWidth, 1, cx - cx0, cy - cy0) - 128;
		out[o] = grey + m.redV * v;
		out[o + 1] = grey + m.greenU * u + m.greenV * v;
		out[o + 2] = grey + m.blueU * u;
	}
}

/** Columns anywhere. Of luma's four neighbours those outside the clip are black and without colour. */
function drawAnywhere(frame: YuvFrame, clip: Box, line: Line, from: number, to: number): void {
	const { width, height, data } = frame;
	const { out } = line;
	const m = matrixFor(frame);
	const left = clip.x;
	const top = clip.y;
	const right = clip.x + clip.width - 1;
	const bottom = clip.y + clip.height - 1;
	const chromaWidth = width / 2;
	const chromaRight = chromaWidth - 1;
	const chromaBottom = height / 2 - 1;
	const uPlane = width * height;
	const toV = uPlane / 4;
	for (let column = from, o = (line.row + from) * 3; column < to; column++, o += 3) {
		const x = line.x + line.a * column;
		const y = line.y + line.b * column;
		const x0 = Math.floor(x);
		const y0 = Math.floor(y);
		if (!(x0 >= left - 1 && y0 >= top - 1 && x0 <= right && y0 <= bottom)) {
			out.fill(0, o, o + 3);
			continue;
		}
		const wLeft = x0 >= left ? 1 - x + x0 : 0;
		const wRight = x0 < right ? x - x0 : 0;
		const wTop = y0 >= top ? 1 - y + y0 : 0;
		const wBottom = y0 < bottom ? y - y0 : 0;
		const xa = clamp(x0, left, right);
		const xb = clamp(x0 + 1, left, right);
		const upper = clamp(y0, top, bottom) * width;
		const lower = clamp(y0 + 1, top, bottom) * width;
		const inside = (wLeft + wRight) * (wTop + wBottom);
		const luma =
			wTop * (wLeft * at(data, upper + xa) + wRight * at(data, upper + xb)) +
			wBottom * (wLeft * at(data, lower + xa) + wRight * at(data, lower + xb));
		const cx = clamp((x - 0.5) / 2, 0, chromaRight);
		const cy = clamp((y - 0.5) / 2, 0, chromaBottom);
		const cx0 = Math.floor(cx);
		const cy0 = Math.floor(cy);
		const toRight = cx0 < chromaRight ? 1 : 0;
		const c = uPlane + cy0 * chromaWidth + cx0;
		const below = cy0 < chromaBottom ? c + chromaWidth : c;
		const u = inside * (mix(data, c, below, toRight, cx - cx0, cy - cy0) - 128);
		const v = inside * (mix(data, c + toV, below + toV, toRight, cx - cx0, cy - cy0) - 128);
		const grey = m.luma * (luma - 16 * inside);
		out[o] = grey + m.redV * v;
		out[o + 1] = grey + m.greenU * u + m.greenV * v;
		out[o + 2] = grey + m.blueU * u;
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

function clamp(value: number, least: number, greatest: number): number {
	return Math.max(least, Math.min(value, greatest));
}

function mix(data: Uint8Array, upper: number, lower: number, toRight: number, along: number, down: number): number {
	const topLeft = at(data, upper);
	const bottomLeft = at(data, lower);
	const top = topLeft + (at(data, upper + toRight) - topLeft) * along;
	const bottom = bottomLeft + (at(data, lower + toRight) - bottomLeft) * along;
	return top + (bottom - top) * down;
}

/** Indexes here are made inside the frame; the cast is for the type checker. */
function at(data: Uint8Array, index: number): number {
	return data[index] as number;
}
