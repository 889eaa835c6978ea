import { bt601, bt709, type ColourMatrix, greyOf } from '../../models/networks/colour.js';
import { blockChannels } from '../../models/networks/layers.js';
import type { YuvFrame } from './vision.types.js';

/** Factors in 4096ths. */
type FixedMatrix = Omit<ColourMatrix, 'kr' | 'kb'>;

const fixed601 = inFixed(bt601);
const fixed709 = inFixed(bt709);

function inFixed({ luma, redV, greenU, greenV, blueU }: ColourMatrix): FixedMatrix {
	const fixed = (factor: number): number => Math.round(factor * 4096);
	return { luma: fixed(luma), redV: fixed(redV), greenU: fixed(greenU), greenV: fixed(greenV), blueU: fixed(blueU) };
}

/** Cameras seldom say which matrix they used; players decide by size, and so do we: BT.709 from 1280 wide or more than 576 high. */
export function matrixFor(size: { readonly width: number; readonly height: number }): ColourMatrix {
	return size.width >= 1280 || size.height > 576 ? bt709 : bt601;
}

/** Whether the frame's colours are BT.601's. */
export function hasOlderColours(size: { readonly width: number; readonly height: number }): boolean {
	return matrixFor(size) === bt601;
}

/** What of BT.601's U and V becomes BT.709's luma, U and V: the way over RGB, in one step. */
const changed = (() => {
	const of = (u: number, v: number) => {
		const [red, green, blue] = [bt601.redV * v, bt601.greenU * u + bt601.greenV * v, bt601.blueU * u];
		const grey = greyOf(bt709, red, green, blue);
		return { luma: grey / bt709.luma, u: (blue - grey) / bt709.blueU, v: (red - grey) / bt709.redV };
	};
	return { u: of(1, 0), v: of(0, 1) };
})();

/** Blocks of BT.601 -> BT.709, in place. @param blocks from byte `from` to `to`, whole blocks */
export function toBt709(blocks: Uint8Array | Uint8ClampedArray, from: number, to: number): void {
	const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
	for (let o = from; o < to; o += blockChannels) {
		const u = (blocks[o + 4] as number) - 128;
		const v = (blocks[o + 5] as number) - 128;
		const luma = changed.u.luma * u + changed.v.luma * v;
		for (let k = o; k < o + 4; k++) blocks[k] = byte((blocks[k] as number) + luma);
		blocks[o + 4] = byte(128 + changed.u.u * u + changed.v.u * v);
		blocks[o + 5] = byte(128 + changed.u.v * u + changed.v.v * v);
	}
}

/** `matrixFor` in 4096ths, for arithmetic in whole numbers. */
export function fixedMatrixFor(size: { readonly width: number; readonly height: number }): FixedMatrix {
	return matrixFor(size) === bt709 ? fixed709 : fixed601;
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
	const uPlane = width * height;
	const vPlane = uPlane + uPlane / 4;
	const luma = (at: number) => greyOf(m, byte(rgb, at), byte(rgb, at + 1), byte(rgb, at + 2));
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
