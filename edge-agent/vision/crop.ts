import type { Similarity } from './align.js';
import type { Box, YuvFrame } from './vision.types.js';
import { matrixFor } from './yuv.js';

/** A square RGB picture of one face, drawn again and again into the same memory. */
export class FaceCrop {
	/** Interleaved RGB, size * size * 3 bytes: the memory a tensor can be laid over. */
	readonly pixels: Uint8Array<ArrayBuffer>;
	readonly #clamped: Uint8ClampedArray;

	constructor(readonly size: number) {
		this.pixels = new Uint8Array(size * size * 3);
		this.#clamped = new Uint8ClampedArray(this.pixels.buffer);
	}

	/**
	 * Draws what `toFrame` (crop pixel -> frame pixel) shows of the frame, bilinear, without averaging. What lies outside `clip`
	 * (whole pixels, inside the frame) is black, and pixels at its edge fade into black, as if the clip had been padded.
	 */
	draw(frame: YuvFrame, toFrame: Similarity, clip: Box): void {
		const { width, height, data } = frame;
		const { a, b, tx, ty } = toFrame;
		const m = matrixFor(frame);
		const size = this.size;
		const out = this.#clamped;
		const left = clip.x;
		const top = clip.y;
		const right = clip.x + clip.width - 1;
		const bottom = clip.y + clip.height - 1;
		const chromaWidth = width / 2;
		const chromaRight = chromaWidth - 1;
		const chromaBottom = height / 2 - 1;
		const uPlane = width * height;
		const vPlane = uPlane + uPlane / 4;
		let o = 0;
		for (let row = 0; row < size; row++) {
			for (let column = 0; column < size; column++, o += 3) {
				const x = a * column - b * row + tx;
				const y = b * column + a * row + ty;
				const x0 = Math.floor(x);
				const y0 = Math.floor(y);
				const fx = x - x0;
				const fy = y - y0;
				let luma: number;
				let inside = 1;
				if (x0 >= left && y0 >= top && x0 < right && y0 < bottom) {
					const p = y0 * width + x0;
					luma = mix(data, p, p + width, 1, fx, fy) - 16;
				} else if (x0 >= left - 1 && y0 >= top - 1 && x0 <= right && y0 <= bottom) {
					// At the clip's edge: of the four neighbours, those outside are black and without colour.
					const wLeft = x0 >= left ? 1 - fx : 0;
					const wRight = x0 < right ? fx : 0;
					const wTop = y0 >= top ? 1 - fy : 0;
					const wBottom = y0 < bottom ? fy : 0;
					const x1 = x0 < right ? x0 + 1 : x0;
					const xa = x0 >= left ? x0 : x1;
					const upper = (y0 >= top ? y0 : y0 + 1) * width;
					const lower = (y0 < bottom ? y0 + 1 : y0) * width;
					inside = (wLeft + wRight) * (wTop + wBottom);
					luma =
						wTop * (wLeft * at(data, upper + xa) + wRight * at(data, upper + x1)) +
						wBottom * (wLeft * at(data, lower + xa) + wRight * at(data, lower + x1)) -
						16 * inside;
				} else {
					out[o] = 0;
					out[o + 1] = 0;
					out[o + 2] = 0;
					continue;
				}

				const cx = within((x - 0.5) / 2, chromaRight);
				const cy = within((y - 0.5) / 2, chromaBottom);
				const cx0 = Math.floor(cx);
				const cy0 = Math.floor(cy);
				const gx = cx - cx0;
				const gy = cy - cy0;
				const toRight = cx0 < chromaRight ? 1 : 0;
				const p = cy0 * chromaWidth + cx0;
				const q = cy0 < chromaBottom ? p + chromaWidth : p;
				const u = inside * (mix(data, uPlane + p, uPlane + q, toRight, gx, gy) - 128);
				const v = inside * (mix(data, vPlane + p, vPlane + q, toRight, gx, gy) - 128);
				const grey = m.luma * luma;
				out[o] = grey + m.redV * v;
				out[o + 1] = grey + m.greenU * u + m.greenV * v;
				out[o + 2] = grey + m.blueU * u;
			}
		}
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

function within(value: number, last: number): number {
	return Math.max(0, Math.min(value, last));
}

function mix(data: Uint8Array, upper: number, lower: number, toRight: number, along: number, down: number): number {
	const top = at(data, upper) * (1 - along) + at(data, upper + toRight) * along;
	const bottom = at(data, lower) * (1 - along) + at(data, lower + toRight) * along;
	return top * (1 - down) + bottom * down;
}

/** Indexes here are made inside the frame; the cast is for the type checker. */
function at(data: Uint8Array, index: number): number {
	return data[index] as number;
}
