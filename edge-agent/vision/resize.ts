import type { YuvFrame } from './vision.types.js';
import { fixedMatrixFor } from './yuv.js';

/**
 * A detector's input: a whole frame, scaled with its shape kept, in the top left corner; black to the right and below.
 * Conversion and resampling are one pass; after the first frame of a size nothing is allocated.
 *
 * Resampling is what face-api's networks were built around (TensorFlow's `resizeBilinear` with `alignCorners` and
 * `halfPixelCenters` off): output pixel i looks at source position i * scale, between its two neighbours, without
 * averaging what lies between. Of the chroma planes it takes the nearest sample: they are as coarse as most inputs anyway.
 */
export class Letterbox {
	/** RGB, width * height * 3 bytes: the memory a tensor can be laid over. */
	readonly pixels: Uint8Array<ArrayBuffer>;
	/** The same memory, whose stores clamp to 0..255. */
	readonly #clamped: Uint8ClampedArray;
	#plan: Plan | null = null;

	constructor(
		readonly width: number,
		readonly height: number,
	) {
		this.pixels = new Uint8Array(width * height * 3);
		this.#clamped = new Uint8ClampedArray(this.pixels.buffer);
	}

	/** Draws the frame; answers how many source pixels one input pixel is. */
	draw(frame: YuvFrame): number {
		let plan = this.#plan;
		if (plan === null || plan.sourceWidth !== frame.width || plan.sourceHeight !== frame.height) {
			plan = planFor(frame.width, frame.height, this.width, this.height);
			this.#plan = plan;
			this.pixels.fill(0);
		}
		drawFrame(frame, plan, this.#clamped, this.width);
		return plan.scale;
	}
}

/** What each output position of a letterbox shows of a frame of one size. */
export interface Plan {
	readonly sourceWidth: number;
	readonly sourceHeight: number;
	readonly scale: number;
	readonly columns: Axis;
	readonly rows: Axis;
}

/** For every output position: the first of the two source positions it lies between, how far along in 256ths, and the nearest chroma sample. */
interface Axis {
	readonly length: number;
	readonly first: Int32Array;
	readonly weight: Int32Array;
	readonly chroma: Int32Array;
}

export function planFor(sourceWidth: number, sourceHeight: number, width: number, height: number): Plan {
	const scale = Math.max(sourceWidth / width, sourceHeight / height);
	const columns = Math.max(1, Math.min(width, Math.round(sourceWidth / scale)));
	const rows = Math.max(1, Math.min(height, Math.round(sourceHeight / scale)));
	return {
		sourceWidth,
		sourceHeight,
		scale,
		columns: axis(columns, sourceWidth, scale),
		rows: axis(rows, sourceHeight, scale),
	};
}

function axis(length: number, sourceLength: number, scale: number): Axis {
	const first = new Int32Array(length);
	const weight = new Int32Array(length);
	const chroma = new Int32Array(length);
	for (let i = 0; i < length; i++) {
		const at = Math.min(sourceLength - 1, i * scale);
		// The last position is all of the way from the one before it, so that there always is a next one to read.
		const before = Math.min(sourceLength - 2, Math.floor(at));
		first[i] = before;
		weight[i] = Math.round((at - before) * 256);
		// A chroma sample lies in the middle of its 2 x 2 pixels.
		chroma[i] = Math.min(sourceLength / 2 - 1, Math.max(0, Math.round((at - 0.5) / 2)));
	}
	return { length, first, weight, chroma };
}

/**
 * Samples are in 256ths, coefficients in 4096ths: a pixel is a sum of both, shifted right by 20. `Math.imul` says that products
 * are whole numbers of 32 bits, which halves the time.
 */
function drawFrame(frame: YuvFrame, plan: Plan, out: Uint8ClampedArray, outWidth: number): void {
	const { width, height, data } = frame;
	const { imul } = Math;
	const { luma, redV, greenU, greenV, blueU } = fixedMatrixFor(frame);
	const uPlane = width * height;
	const toV = uPlane / 4;
	const { columns, rows } = plan;
	const { length, first: lefts, weight: alongs, chroma: chromaColumns } = columns;
	for (let row = 0; row < rows.length; row++) {
		const upperRow = (rows.first[row] as number) * width;
		const down = rows.weight[row] as number;
		const chromaRow = uPlane + ((rows.chroma[row] as number) * width) / 2;
		let o = row * outWidth * 3;
		for (let column = 0; column < length; column++, o += 3) {
			// Every place lies in the frame, so the casts are true.
			const p = upperRow + (lefts[column] as number);
			const q = p + width;
			const along = alongs[column] as number;
			const topLeft = data[p] as number;
			const bottomLeft = data[q] as number;
			const upper = (topLeft << 8) + imul((data[p + 1] as number) - topLeft, along);
			const lower = (bottomLeft << 8) + imul((data[q + 1] as number) - bottomLeft, along);
			const y = (((upper << 8) + imul(lower - upper, down)) >> 8) - 4096;
			const c = chromaRow + (chromaColumns[column] as number);
			const u = ((data[c] as number) - 128) << 8;
			const v = ((data[c + toV] as number) - 128) << 8;
			const grey = imul(y, luma) + 524288;
			out[o] = (grey + imul(v, redV)) >> 20;
			out[o + 1] = (grey + imul(u, greenU) + imul(v, greenV)) >> 20;
			out[o + 2] = (grey + imul(u, blueU)) >> 20;
		}
	}
}
