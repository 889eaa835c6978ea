import sharp from 'sharp';
import type { Stride } from './drawing/body.js';
import type { Look } from './drawing/look.js';
import { drawPerson, sheet, type View } from './drawing/person.js';

/** One rasterisation: Y, U, V, A of each pixel, premultiplied with alpha, rows unpadded. */
interface Level {
	/** Pixels a unit of the drawing. */
	readonly scale: number;
	readonly width: number;
	readonly height: number;
	readonly pixels: Uint8Array;
	/** By row: the first and last columns that are not transparent; first > last in an empty row. */
	readonly first: Int32Array;
	readonly last: Int32Array;
}

/** A person's drawing as pixels, at falling scales, so that drawing it small neither flickers nor costs much. */
export interface Sprite {
	readonly levels: readonly Level[];
}

/** Rasterises one view of a person at each of the scales (largest first). */
export async function rasterise(look: Look, view: View, stride: Stride, scales: readonly number[]): Promise<Sprite> {
	const levels: Level[] = [];
	for (const scale of scales) {
		const drawing = Buffer.from(drawPerson(look, view, stride, scale));
		const { data, info } = await sharp(drawing).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
		toYuva(data);
		levels.push({ scale, width: info.width, height: info.height, pixels: data, ...extents(data, info.width, info.height) });
	}
	return { levels };
}

/** RGBA -> premultiplied YUVA in place, BT.709 limited range (the matrix for pictures of 1280 x 720). */
function toYuva(data: Uint8Array): void {
	for (let i = 0; i < data.length; i += 4) {
		const red = data[i] ?? 0;
		const green = data[i + 1] ?? 0;
		const blue = data[i + 2] ?? 0;
		const alpha = (data[i + 3] ?? 0) / 255;
		const grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		data[i] = Math.round((16 + (grey * 219) / 255) * alpha);
		data[i + 1] = Math.round((128 + ((blue - grey) * 224) / (255 * 1.8556)) * alpha);
		data[i + 2] = Math.round((128 + ((red - grey) * 224) / (255 * 1.5748)) * alpha);
	}
}

function extents(pixels: Uint8Array, width: number, height: number): Pick<Level, 'first' | 'last'> {
	const first = new Int32Array(height).fill(width);
	const last = new Int32Array(height).fill(-1);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			if ((pixels[(y * width + x) * 4 + 3] ?? 0) === 0) continue;
			first[y] = Math.min(first[y] ?? x, x);
			last[y] = x;
		}
	}
	return { first, last };
}

export interface Rectangle {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Where and how a sprite is drawn. */
export interface Placement {
	/** The head's centre in pixels of the picture. */
	readonly x: number;
	readonly y: number;
	/** Pixels a unit of the drawing. */
	readonly scale: number;
	/** Tilt of the head in radians, clockwise; the body below the neck stays upright. */
	readonly roll: number;
	/** Light on the person: 1 as drawn. */
	readonly light: number;
	/** Only inside this part of the picture. */
	readonly clip: Rectangle;
}

/** The neck, about which the head tilts, and how far above and below it the tilt fades, in units. */
const neckY = 200;
const fadeAbove = 40;
const fadeBelow = 60;

/** Draws the sprite over a planar 4:2:0 picture. */
export function blit(target: Uint8ClampedArray, width: number, height: number, sprite: Sprite, place: Placement): void {
	blendPlane(target.subarray(0, width * height), width, levelFor(sprite, place.scale), 0, place);
	const half = {
		...place,
		x: place.x / 2 - 0.25,
		y: place.y / 2 - 0.25,
		scale: place.scale / 2,
		clip: { x: place.clip.x / 2, y: place.clip.y / 2, width: place.clip.width / 2, height: place.clip.height / 2 },
	};
	const quarter = (width * height) / 4;
	const level = levelFor(sprite, half.scale);
	blendPlane(target.subarray(width * height, width * height + quarter), width / 2, level, 1, half);
	blendPlane(target.subarray(width * height + quarter), width / 2, level, 2, half);
}

/** The smallest rasterisation that need not be enlarged. */
function levelFor(sprite: Sprite, scale: number): Level {
	const level = sprite.levels.findLast((candidate) => candidate.scale >= scale * 0.98) ?? sprite.levels[0];
	if (!level) throw new Error('A sprite has no pixels');
	return level;
}

/** Draws one channel over one plane, bilinear, in 16.16 fixed point. */
function blendPlane(plane: Uint8ClampedArray, stride: number, level: Level, channel: 0 | 1 | 2, place: Placement): void {
	const { pixels, width } = level;
	const zero = channel === 0 ? 16 : 128;
	const gain = Math.round(place.light * 256);
	const perPixel = level.scale / place.scale;
	const neck = {
		x: place.x - Math.sin(place.roll) * neckY * place.scale,
		y: place.y + Math.cos(place.roll) * neckY * place.scale,
	};
	const origin = { x: sheet.left * level.scale, y: (sheet.top + neckY) * level.scale };
	const left = Math.ceil(place.clip.x);
	const right = Math.floor(place.clip.x + place.clip.width) - 1;
	const top = Math.max(Math.ceil(place.clip.y), Math.floor(neck.y - (sheet.top + neckY) * place.scale));
	const bottom = Math.min(Math.floor(place.clip.y + place.clip.height) - 1, Math.ceil(neck.y + (sheet.height - sheet.top) * place.scale));
	for (let y = top; y <= bottom; y++) {
		const below = (y - neck.y) / place.scale;
		const angle = place.roll * Math.max(0, Math.min(1, (fadeBelow - below) / (fadeBelow + fadeAbove)));
		const stepX = Math.cos(angle) * perPixel;
		const stepY = -Math.sin(angle) * perPixel;
		// The sprite's pixel under the picture's column 0 of this row.
		const startX = origin.x - neck.x * stepX + (y - neck.y) * -stepY;
		const startY = origin.y - neck.x * stepY + (y - neck.y) * stepX;
		const [from, to] = columns(level, left, right, startX, startY, stepX, stepY);
		let sx = Math.round((startX + from * stepX) * 65536);
		let sy = Math.round((startY + from * stepY) * 65536);
		const dx = Math.round(stepX * 65536);
		const dy = Math.round(stepY * 65536);
		for (let at = y * stride + from, end = y * stride + to; at <= end; at++, sx += dx, sy += dy) {
			const p = ((sy >> 16) * width + (sx >> 16)) * 4;
			const q = p + width * 4;
			const fx = (sx >> 8) & 255;
			const fy = (sy >> 8) & 255;
			const w11 = (fx * fy) >> 8;
			const w10 = fy - w11;
			const w01 = fx - w11;
			const w00 = 256 - fx - w10;
			const alpha =
				((pixels[p + 3] ?? 0) * w00 + (pixels[p + 7] ?? 0) * w01 + (pixels[q + 3] ?? 0) * w10 + (pixels[q + 7] ?? 0) * w11) >> 8;
			if (alpha === 0) continue;
			const c = p + channel;
			const d = q + channel;
			const colour = ((pixels[c] ?? 0) * w00 + (pixels[c + 4] ?? 0) * w01 + (pixels[d] ?? 0) * w10 + (pixels[d + 4] ?? 0) * w11) >> 8;
			const black = (zero * alpha * 257) >> 16;
			const lit = black + (((colour - black) * gain) >> 8);
			plane[at] = lit + (((plane[at] ?? 0) * (255 - alpha) * 257 + 32768) >> 16);
		}
	}
}

/** The columns of a row of the picture, from `left` to `right`, that lie over what is drawn in the sprite. */
function columns(
	level: Level,
	left: number,
	right: number,
	startX: number,
	startY: number,
	stepX: number,
	stepY: number,
): [number, number] {
	const within = (from: number, to: number, start: number, step: number, low: number, high: number): [number, number] => {
		if (step === 0) return start >= low && start <= high ? [from, to] : [1, 0];
		const ends = [(low - start) / step, (high - start) / step];
		return [Math.max(from, Math.ceil(Math.min(...ends))), Math.min(to, Math.floor(Math.max(...ends)))];
	};
	const inX = within(left, right, startX, stepX, 0, level.width - 1.01);
	const [from, to] = within(...inX, startY, stepY, 0, level.height - 1.01);
	if (from > to) return [1, 0];
	// A tilted head's row crosses several of the sprite's rows.
	const rows = [Math.floor(startY + from * stepY), Math.floor(startY + to * stepY)];
	let first = level.width;
	let last = -1;
	for (let row = Math.min(...rows); row <= Math.max(...rows) + 1; row++) {
		first = Math.min(first, level.first[row] ?? first);
		last = Math.max(last, level.last[row] ?? last);
	}
	return first > last ? [1, 0] : within(from, to, startX, stepX, Math.max(0, first - 1), Math.min(last + 1, level.width - 1.01));
}
