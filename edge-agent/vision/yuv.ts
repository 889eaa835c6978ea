import type { YuvFrame } from './vision.types.js';

/**
 * How limited-range YUV becomes RGB: `R = luma (Y-16) + redV (V-128)`, `G = luma (Y-16) + greenU (U-128) + greenV (V-128)`,
 * `B = luma (Y-16) + blueU (U-128)`, all in 0..255.
 */
export interface ColourMatrix {
	readonly luma: number;
	readonly redV: number;
	readonly greenU: number;
	readonly greenV: number;
	readonly blueU: number;
}

/** From the weights of red and blue in luma (ITU-R BT.601-7 and BT.709-6, tables "signal format"; 219 and 224 are their code ranges). */
function matrix(kr: number, kb: number): ColourMatrix {
	const kg = 1 - kr - kb;
	const chroma = 255 / 224;
	return {
		luma: 255 / 219,
		redV: 2 * (1 - kr) * chroma,
		greenU: (-2 * (1 - kb) * kb * chroma) / kg,
		greenV: (-2 * (1 - kr) * kr * chroma) / kg,
		blueU: 2 * (1 - kb) * chroma,
	};
}

const bt601 = matrix(0.299, 0.114);
const bt709 = matrix(0.2126, 0.0722);

/** Cameras seldom say which matrix they used; players decide by size, and so do we: BT.709 from 1280 wide or more than 576 high. */
export function matrixFor(size: { readonly width: number; readonly height: number }): ColourMatrix {
	return size.width >= 1280 || size.height > 576 ? bt709 : bt601;
}

/** Throws where a frame's size and bytes do not agree, before some loop reads beside the picture. */
export function checkFrame(frame: YuvFrame): void {
	const { width, height, data } = frame;
	const even = Number.isInteger(width) && Number.isInteger(height) && width >= 2 && height >= 2 && width % 2 === 0 && height % 2 === 0;
	if (!even) throw new RangeError(`A frame of ${width}x${height} cannot be read: width and height must be even and at least 2`);
	const bytes = (width * height * 3) / 2;
	if (data.length < bytes) throw new RangeError(`A frame of ${width}x${height} needs ${bytes} bytes, this one has ${data.length}`);
}

/**
 * RGB picture -> planar YUV 4:2:0, limited range, each chroma sample the mean of its four pixels (what the samplers here
 * take for granted: chroma sits in the middle of its 2x2 block).
 *
 * @param rgb width * height * 3 bytes, rows unpadded; width and height even
 */
export function yuvFromRgb(rgb: Uint8Array, width: number, height: number): Uint8Array {
	const m = matrixFor({ width, height });
	const data = new Uint8Array((width * height * 3) / 2);
	const planes = new Uint8ClampedArray(data.buffer);
	const [kr, kb] = m === bt709 ? [0.2126, 0.0722] : [0.299, 0.114];
	const uPlane = width * height;
	const vPlane = uPlane + uPlane / 4;
	const luma = (at: number) => kr * byte(rgb, at) + (1 - kr - kb) * byte(rgb, at + 1) + kb * byte(rgb, at + 2);
	for (let y = 0; y < height; y += 2) {
		for (let x = 0; x < width; x += 2) {
			let red = 0;
			let blue = 0;
			let grey = 0;
			for (let k = 0; k < 4; k++) {
				const pixel = (y + (k >> 1)) * width + x + (k & 1);
				const value = luma(pixel * 3);
				planes[pixel] = 16 + value / m.luma;
				grey += value / 4;
				red += byte(rgb, pixel * 3) / 4;
				blue += byte(rgb, pixel * 3 + 2) / 4;
			}
			const c = (y / 2) * (width / 2) + x / 2;
			planes[uPlane + c] = 128 + (blue - grey) / m.blueU;
			planes[vPlane + c] = 128 + (red - grey) / m.redV;
		}
	}
	return data;
}

function byte(data: Uint8Array, at: number): number {
	return data[at] ?? 0;
}
