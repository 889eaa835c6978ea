import { bt709, greyOf } from './colour.js';
import { at, blockChannels, blockZero, type Filters } from './layers.js';

/**
 * A convolution by steps of 2 on RGB bytes, rewritten to go by steps of 1 over blocks of YUV (ITU-R BT.709, limited range), less
 * `blockZero`. Making RGB of YUV is a sum of products, so it goes into the filters; colours that no RGB byte can hold are not cut.
 */
export function inBlocks({ dims: [channels, , height, width], data }: Filters, bias: Float32Array): [Filters, Float32Array] {
	const { luma, redV, greenU, greenV, blueU } = bt709;
	const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
	const blocks = new Float32Array(channels * blockChannels * rows * columns);
	const shifted = Float32Array.from(bias);
	const plane = height * width;
	for (let channel = 0; channel < channels; channel++) {
		const put = (within: number, x: number, y: number, value: number): void => {
			const to = ((channel * blockChannels + within) * rows + (y >> 1)) * columns + (x >> 1);
			blocks[to] = at(blocks, to) + value;
		};
		for (let y = 0; y < height; y++) {
			for (let x = 0; x < width; x++) {
				const from = channel * 3 * plane + y * width + x;
				const [red, green, blue] = [at(data, from), at(data, from + plane), at(data, from + 2 * plane)];
				const grey = luma * (red + green + blue);
				put((y % 2) * 2 + (x % 2), x, y, grey);
				put(4, x, y, greenU * green + blueU * blue);
				put(5, x, y, redV * red + greenV * green);
				shifted[channel] = at(shifted, channel) + (blockZero - 16) * grey;
			}
		}
	}
	return [{ dims: [channels, blockChannels, rows, columns], data: blocks }, shifted];
}

/**
 * A picture of RGB bytes, row by row, in blocks. Crops and detectors' inputs are drawn that way from the start; this is for pictures
 * that come from elsewhere.
 */
export function pixelsInBlocks(pixels: Uint8Array, width: number): Uint8Array {
	const { luma, redV, blueU } = bt709;
	const blocks = new Uint8ClampedArray((pixels.length / 12) * blockChannels);
	const height = pixels.length / 3 / width;
	for (let y = 0; y < height; y += 2) {
		for (let x = 0; x < width; x += 2) {
			const to = ((y / 2) * (width / 2) + x / 2) * blockChannels;
			let u = 0;
			let v = 0;
			for (let k = 0; k < 4; k++) {
				const from = ((y + (k >> 1)) * width + x + (k & 1)) * 3;
				const [red, green, blue] = [at(pixels, from), at(pixels, from + 1), at(pixels, from + 2)];
				const grey = greyOf(bt709, red, green, blue);
				blocks[to + k] = 16 + grey / luma;
				u += (blue - grey) / blueU / 4;
				v += (red - grey) / redV / 4;
			}
			blocks[to + 4] = 128 + u;
			blocks[to + 5] = 128 + v;
		}
	}
	return new Uint8Array(blocks.buffer);
}
