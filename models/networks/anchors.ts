import type { Weight } from '../face-api-weights.js';
import { at } from './layers.js';

/** The size of a feature map in cells. */
export interface Grid {
	readonly height: number;
	readonly width: number;
}

/** For each anchor, in the order of the network's outputs: x and y of its centre, width and height, all in pixels. */
export interface Anchors {
	readonly centres: Float32Array;
	readonly sizes: Float32Array;
	readonly count: number;
}

/** The square that the stored table was made for, and its grids: cells a side, anchors a cell. */
const squareSize = 512;
const squareGrids = [
	[32, 3],
	[16, 6],
	[8, 6],
	[4, 6],
	[2, 6],
	[1, 6],
] as const;

/**
 * The anchors of grids of any size. In the stored table (top, left, bottom, right in units of the square) all cells of a grid
 * hold the same anchors, one cell further; so the first cell says what any cell holds.
 */
export function anchors(table: Weight, grids: readonly Grid[]): Anchors {
	const centres: number[] = [];
	const sizes: number[] = [];
	let firstCell = 0;
	squareGrids.forEach(([cells, perCell], level) => {
		const { height, width } = grids[level] ?? { height: 0, width: 0 };
		for (let row = 0; row < height; row++) {
			for (let column = 0; column < width; column++) {
				for (let anchor = 0; anchor < perCell; anchor++) {
					const [top, left, bottom, right] = [0, 1, 2, 3].map((k) => at(table.data, (firstCell + anchor) * 4 + k) * squareSize) as [
						number,
						number,
						number,
						number,
					];
					centres.push((left + right) / 2 + (column * squareSize) / cells, (top + bottom) / 2 + (row * squareSize) / cells);
					sizes.push(right - left, bottom - top);
				}
			}
		}
		firstCell += cells * cells * perCell;
	});
	return { centres: Float32Array.from(centres), sizes: Float32Array.from(sizes), count: centres.length / 2 };
}
