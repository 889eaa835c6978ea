import type { Similarity } from './align.js';
import { FaceCrop } from './crop.js';
import type { Box, YuvFrame } from './vision.types.js';

/** Finer than this no crop is drawn: faces of 1,000 pixels and more. */
const FINEST = 8;

/**
 * A face crop whose pixels are the mean of what they cover. Where the face is much larger than the crop, looking at single points
 * of it would make noise of hair and skin, and a photograph's descriptor other than a camera's.
 */
export class SmoothCrop extends FaceCrop {
	/** By how many times finer they are; made when the first such face comes. */
	readonly #finer = new Map<number, FaceCrop>();

	override draw(frame: YuvFrame, toFrame: Similarity, clip: Box): void {
		const times = Math.min(FINEST, Math.round(Math.hypot(toFrame.a, toFrame.b)));
		if (times <= 1) {
			super.draw(frame, toFrame, clip);
			return;
		}
		const finer = this.#finer.get(times) ?? new FaceCrop(this.size * times);
		this.#finer.set(times, finer);
		finer.draw(frame, finerBy(times, toFrame), clip);
		average(finer, times, this);
	}
}

/** The same view with `times` as many pixels a side; those that make one coarse pixel lie evenly around its middle. */
function finerBy(times: number, { a, b, tx, ty }: Similarity): Similarity {
	const first = (1 - times) / (2 * times);
	return { a: a / times, b: b / times, tx: tx + first * (a - b), ty: ty + first * (a + b) };
}

function average(finer: FaceCrop, times: number, { size, pixels }: FaceCrop): void {
	const stride = finer.size * 3;
	const area = times * times;
	for (let y = 0; y < size; y++) {
		for (let x = 0; x < size; x++) {
			for (let channel = 0; channel < 3; channel++) {
				let sum = 0;
				for (let row = 0; row < times; row++) {
					let at = (y * times + row) * stride + x * times * 3 + channel;
					for (let column = 0; column < times; column++, at += 3) sum += finer.pixels[at] as number;
				}
				pixels[(y * size + x) * 3 + channel] = Math.round(sum / area);
			}
		}
	}
}
