import type { Box, DetectedFace, Point, YuvFrame } from './vision.types.js';

/** Part of a frame as a frame of its own: pixel (x, y) of it shows the source at (left + x * scale, top + y * scale). */
export interface Region {
	readonly frame: YuvFrame;
	readonly left: number;
	readonly top: number;
	readonly scale: number;
}

/**
 * Cuts a part out of a frame, which may reach beyond its edges: what lies there is black. Where it is larger than twice
 * `side`, it is scaled down by a whole number, each pixel the mean of what it covers.
 */
export function regionOf(frame: YuvFrame, box: Box, side: number): Region {
	const scale = Math.max(1, Math.floor(Math.max(box.width, box.height) / side));
	// On even source pixels, so that chroma falls in with luma.
	const left = 2 * Math.round(box.x / 2);
	const top = 2 * Math.round(box.y / 2);
	const width = Math.max(2, 2 * Math.round(box.width / scale / 2));
	const height = Math.max(2, 2 * Math.round(box.height / scale / 2));
	const area = width * height;
	const data = new Uint8Array((area * 3) / 2);
	const sourceArea = frame.width * frame.height;
	const view = { left, top, scale };
	const luma = { width: frame.width, height: frame.height, pixels: frame.data.subarray(0, sourceArea) };
	shrink(luma, { width, height, pixels: data.subarray(0, area) }, view, 16);
	const half = { left: left / 2, top: top / 2, scale };
	for (const plane of [0, 1]) {
		const pixels = frame.data.subarray(sourceArea * (1 + plane / 4), sourceArea * (1 + (plane + 1) / 4));
		const chroma = { width: frame.width / 2, height: frame.height / 2, pixels };
		const target = { width: width / 2, height: height / 2, pixels: data.subarray(area * (1 + plane / 4), area * (1 + (plane + 1) / 4)) };
		shrink(chroma, target, half, 128);
	}
	return { frame: { width, height, data, mediaMs: frame.mediaMs, receivedMs: frame.receivedMs }, ...view };
}

/** A face found in a region, in pixels of the source. */
export function fromRegion({ left, top, scale }: Region, { box, score, points }: DetectedFace): DetectedFace {
	// The middle of a pixel that is the mean of several is the middle of those.
	const back = ({ x, y }: Point): Point => ({ x: left + (x + 0.5) * scale - 0.5, y: top + (y + 0.5) * scale - 0.5 });
	const corner = back(box);
	return {
		box: { ...corner, width: box.width * scale, height: box.height * scale },
		score,
		points: points && [back(points[0]), back(points[1]), back(points[2]), back(points[3]), back(points[4])],
	};
}

interface Plane {
	readonly width: number;
	readonly height: number;
	readonly pixels: Uint8Array;
}

/** One plane: each pixel the mean of scale x scale source pixels, `black` where there are none. */
function shrink(source: Plane, target: Plane, { left, top, scale }: Pick<Region, 'left' | 'top' | 'scale'>, black: number): void {
	if (scale === 1) {
		cut(source, target, left, top, black);
		return;
	}
	const area = scale * scale;
	for (let y = 0; y < target.height; y++) {
		for (let x = 0; x < target.width; x++) {
			let sum = 0;
			for (let row = top + y * scale; row < top + (y + 1) * scale; row++) {
				const inside = row >= 0 && row < source.height;
				for (let column = left + x * scale; column < left + (x + 1) * scale; column++) {
					sum += inside && column >= 0 && column < source.width ? (source.pixels[row * source.width + column] as number) : black;
				}
			}
			target.pixels[y * target.width + x] = Math.round(sum / area);
		}
	}
}

/** One plane as it is, row by row. */
function cut(source: Plane, target: Plane, left: number, top: number, black: number): void {
	target.pixels.fill(black);
	const from = Math.max(0, left);
	const to = Math.min(source.width, left + target.width);
	if (from >= to) return;
	for (let y = Math.max(0, -top); y < Math.min(target.height, source.height - top); y++) {
		const row = (top + y) * source.width;
		target.pixels.set(source.pixels.subarray(row + from, row + to), y * target.width + from - left);
	}
}
