import type { YuvFrame } from './vision.types.js';
import type { Zone } from './zone.js';

/** What lies under a mask, as a grey of 0..255: unlike black, it shows that somebody has covered the place. */
export const maskGrey = 64;
/** The same in limited range. */
const luma = 16 + Math.round((maskGrey * 219) / 255);
const chroma = 128;
/** Lines of a row of 2x2 pixels that are looked at for where the polygon lies: its edges, its middle, between. */
const linesARow = [0, 0.5, 1, 1.5, 2] as const;

/** Paints polygons over a camera's frames: nothing under them is analysed or shown. */
export class Masks {
	readonly #polygons: readonly Zone[];
	#width = 0;
	#height = 0;
	/** Runs of 2x2 pixels to paint: row, first column, column after the last. */
	#runs = new Int32Array(0);

	/** @param polygons in fractions of the picture; where one crosses itself, what it goes round lies under it too */
	constructor(polygons: readonly Zone[]) {
		this.#polygons = polygons;
	}

	/** Paints over the frame's own bytes. A pixel that a polygon touches is covered, with those that share its colour. */
	paint({ width, height, data }: YuvFrame): void {
		if (this.#polygons.length === 0) return;
		if (width !== this.#width || height !== this.#height) {
			this.#width = width;
			this.#height = height;
			this.#runs = Int32Array.from(this.#polygons.flatMap((polygon) => runsOf(polygon, width, height)));
		}
		const uPlane = width * height;
		const vPlane = uPlane + uPlane / 4;
		for (let i = 0; i < this.#runs.length; i += 3) {
			const [row = 0, from = 0, to = 0] = this.#runs.subarray(i, i + 3);
			for (const y of [2 * row, 2 * row + 1]) data.fill(luma, y * width + 2 * from, y * width + 2 * to);
			const c = (row * width) / 2;
			data.fill(chroma, uPlane + c + from, uPlane + c + to);
			data.fill(chroma, vPlane + c + from, vPlane + c + to);
		}
	}
}

function runsOf(polygon: Zone, width: number, height: number): number[] {
	const corners = polygon.map(({ x, y }) => ({ x: x * width, y: y * height }));
	const runs: number[] = [];
	for (let row = 0; row < height / 2; row++) {
		for (const line of linesARow) {
			for (const [left, right] of insideAt(corners, 2 * row + line)) {
				const from = Math.max(0, Math.floor(left / 2));
				const to = Math.min(width / 2, Math.ceil(right / 2));
				if (from < to) runs.push(row, from, to);
			}
		}
	}
	return runs;
}

/** Where a level line runs inside the polygon, from left to right: between the first edge that goes round a place and the one that undoes it. */
function insideAt(corners: readonly { readonly x: number; readonly y: number }[], y: number): [number, number][] {
	const crossings: { readonly x: number; readonly turn: 1 | -1 }[] = [];
	let previous = corners.at(-1);
	for (const corner of corners) {
		if (previous && corner.y > y !== previous.y > y) {
			const x = corner.x + ((y - corner.y) / (previous.y - corner.y)) * (previous.x - corner.x);
			crossings.push({ x, turn: corner.y > y ? 1 : -1 });
		}
		previous = corner;
	}
	crossings.sort((a, b) => a.x - b.x);
	const spans: [number, number][] = [];
	let turns = 0;
	let from = 0;
	for (const { x, turn } of crossings) {
		if (turns === 0) from = x;
		turns += turn;
		if (turns === 0) spans.push([from, x]);
	}
	return spans;
}
