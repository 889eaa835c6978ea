import type { Box, YuvFrame } from '../vision/vision.types.js';

/** How much of a face's box is hidden beyond it: hair, ears and neck tell who somebody is, too. */
const AROUND = 0.6;
/** Cells across what is hidden: about two and a half across the face. */
const CELLS = 5;

/** The box and as much of what is around it as could tell who it is. */
export function around({ x, y, width, height }: Box, share = AROUND): Box {
	return { x: x - width * share, y: y - height * share, width: width * (1 + 2 * share), height: height * (1 + 2 * share) };
}

/** Leaves of a part of the frame a handful of cells, each of one colour. Overwrites the frame's own bytes. */
export function pixelate(frame: YuvFrame, part: Box, cells = CELLS): void {
	const { width, height, data } = frame;
	const side = Math.max(8, Math.ceil(Math.max(part.width, part.height) / cells / 2) * 2);
	const [left, top, right, bottom] = evenInside(frame, part);
	const area = width * height;
	for (let y = top; y < bottom; y += side) {
		for (let x = left; x < right; x += side) {
			const [w, h] = [Math.min(side, right - x), Math.min(side, bottom - y)];
			flatten(data, y * width + x, width, w, h);
			for (const plane of [area, area + area / 4]) flatten(data, plane + (y / 2) * (width / 2) + x / 2, width / 2, w / 2, h / 2);
		}
	}
}

/** Puts a part of another frame of the same size into this one. */
export function restore(frame: YuvFrame, from: YuvFrame, part: Box): void {
	const { width, height, data } = frame;
	const [left, top, right, bottom] = evenInside(frame, part);
	const area = width * height;
	const copy = (at: number, length: number) => data.set(from.data.subarray(at, at + length), at);
	for (let y = top; y < bottom; y++) copy(y * width + left, Math.max(0, right - left));
	for (let y = top / 2; y < bottom / 2; y++) {
		for (const plane of [area, area + area / 4]) copy(plane + y * (width / 2) + left / 2, Math.max(0, (right - left) / 2));
	}
}

/** The pixels of the part that lie in the frame, from even to even, so that colour goes with grey. */
function evenInside({ width, height }: YuvFrame, part: Box): [left: number, top: number, right: number, bottom: number] {
	const even = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value / 2) * 2));
	const [right, bottom] = [part.x + part.width, part.y + part.height];
	return [even(part.x - 1, width), even(part.y - 1, height), even(right + 1, width), even(bottom + 1, height)];
}

function flatten(data: Uint8Array, from: number, stride: number, width: number, height: number): void {
	let sum = 0;
	for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) sum += data[from + y * stride + x] as number;
	const mean = Math.round(sum / (width * height));
	for (let y = 0; y < height; y++) data.fill(mean, from + y * stride, from + y * stride + width);
}
