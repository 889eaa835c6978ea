import { blockChannels } from '../../models/networks/layers.js';
import { bytesOfPicture, fillBlack } from './pixel-layout.js';
import { type Plan, planFor } from './resize.js';
import type { YuvFrame } from './vision.types.js';
import { hasOlderColours, toBt709 } from './yuv.js';

/**
 * As `Letterbox`, in blocks: a third of its time, since the frame's colours stay what they are. The picture's last row or column,
 * where it makes half a block, is left out.
 */
export class BlockLetterbox {
	/** The memory a tensor can be laid over. */
	readonly pixels: Uint8Array<ArrayBuffer>;
	#plan: Plan | null = null;

	/** @param width even, as is `height` */
	constructor(
		readonly width: number,
		readonly height: number,
	) {
		this.pixels = new Uint8Array(bytesOfPicture('blocks', width, height));
	}

	/** Draws the frame; answers how many source pixels one input pixel is. */
	draw(frame: YuvFrame): number {
		let plan = this.#plan;
		if (plan === null || plan.sourceWidth !== frame.width || plan.sourceHeight !== frame.height) {
			plan = planFor(frame.width, frame.height, this.width, this.height);
			this.#plan = plan;
			fillBlack(this.pixels);
		}
		const olderColours = hasOlderColours(frame);
		for (let row = 0; row + 1 < plan.rows.length; row += 2) {
			const from = (row / 2) * (this.width / 2) * blockChannels;
			drawBlockRow(frame, plan, row, this.pixels, from);
			if (olderColours) toBt709(this.pixels, from, from + (plan.columns.length >> 1) * blockChannels);
		}
		return plan.scale;
	}
}

/** Lumas are mixed in 65536ths, as `Math.imul` multiplies whole numbers of 32 bits; of the chroma planes the nearest sample is taken. */
function drawBlockRow({ width, height, data }: YuvFrame, { columns, rows }: Plan, row: number, out: Uint8Array, from: number): void {
	const { imul } = Math;
	const { length, first: lefts, weight: alongs, chroma } = columns;
	// Every place lies in the frame, so the casts are true.
	const upperRow = imul(rows.first[row] as number, width);
	const lowerRow = imul(rows.first[row + 1] as number, width);
	const upperDown = rows.weight[row] as number;
	const lowerDown = rows.weight[row + 1] as number;
	const chromaRow = width * height + imul(rows.chroma[row] as number, width >> 1);
	const toV = (width * height) >> 2;
	for (let column = 0, o = from; column + 1 < length; column += 2, o += blockChannels) {
		const left = lefts[column] as number;
		const right = lefts[column + 1] as number;
		const leftAlong = alongs[column] as number;
		const rightAlong = alongs[column + 1] as number;
		out[o] = lumaAt(data, width, upperRow + left, leftAlong, upperDown);
		out[o + 1] = lumaAt(data, width, upperRow + right, rightAlong, upperDown);
		out[o + 2] = lumaAt(data, width, lowerRow + left, leftAlong, lowerDown);
		out[o + 3] = lumaAt(data, width, lowerRow + right, rightAlong, lowerDown);
		const c = chromaRow + (chroma[column] as number);
		out[o + 4] = data[c] as number;
		out[o + 5] = data[c + toV] as number;
	}
}

/** Between four neighbours; shares in 256ths. */
function lumaAt(data: Uint8Array, width: number, p: number, along: number, down: number): number {
	const { imul } = Math;
	const topLeft = data[p] as number;
	const bottomLeft = data[p + width] as number;
	const upper = (topLeft << 8) + imul((data[p + 1] as number) - topLeft, along);
	const lower = (bottomLeft << 8) + imul((data[p + width + 1] as number) - bottomLeft, along);
	return ((upper << 8) + imul(lower - upper, down) + 32768) >> 16;
}
