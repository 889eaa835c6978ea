import type { Box, YuvFrame } from './vision.types.js';

/** What a frame shows at one point, of which only what lies in a clip of whole pixels counts: the rest is black and without colour. */
export interface PointSample {
	/** Above black (16), bilinear. */
	luma: number;
	/** Away from grey (128), bilinear. */
	u: number;
	v: number;
}

/** The slow way, for the few points that lie near an edge. Writes into `into`, so that nothing is allocated. */
export function samplePoint({ width, height, data }: YuvFrame, clip: Box, x: number, y: number, into: PointSample): void {
	const left = clip.x;
	const top = clip.y;
	const right = clip.x + clip.width - 1;
	const bottom = clip.y + clip.height - 1;
	const x0 = Math.floor(x);
	const y0 = Math.floor(y);
	if (!(x0 >= left - 1 && y0 >= top - 1 && x0 <= right && y0 <= bottom)) {
		into.luma = 0;
		into.u = 0;
		into.v = 0;
		return;
	}
	const wLeft = x0 >= left ? 1 - x + x0 : 0;
	const wRight = x0 < right ? x - x0 : 0;
	const wTop = y0 >= top ? 1 - y + y0 : 0;
	const wBottom = y0 < bottom ? y - y0 : 0;
	const xa = clamp(x0, left, right);
	const xb = clamp(x0 + 1, left, right);
	const upper = clamp(y0, top, bottom) * width;
	const lower = clamp(y0 + 1, top, bottom) * width;
	/** How much of the point's four neighbours lies in the clip. */
	const inside = (wLeft + wRight) * (wTop + wBottom);
	into.luma =
		wTop * (wLeft * at(data, upper + xa) + wRight * at(data, upper + xb)) +
		wBottom * (wLeft * at(data, lower + xa) + wRight * at(data, lower + xb)) -
		16 * inside;
	const chromaWidth = width / 2;
	const cx = clamp((x - 0.5) / 2, 0, chromaWidth - 1);
	const cy = clamp((y - 0.5) / 2, 0, height / 2 - 1);
	const cx0 = Math.floor(cx);
	const cy0 = Math.floor(cy);
	const toRight = cx0 < chromaWidth - 1 ? 1 : 0;
	const c = width * height + cy0 * chromaWidth + cx0;
	const below = cy0 < height / 2 - 1 ? c + chromaWidth : c;
	const toV = (width * height) / 4;
	into.u = inside * (mix(data, c, below, toRight, cx - cx0, cy - cy0) - 128);
	into.v = inside * (mix(data, c + toV, below + toV, toRight, cx - cx0, cy - cy0) - 128);
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
