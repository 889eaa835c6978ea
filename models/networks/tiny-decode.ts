import { type Candidate, sigmoid } from './candidate.js';
import { at } from './layers.js';

/** Of two of the tiny detector's boxes that overlap more than this (intersection over union), face-api keeps the better. */
export const tinyMaxOverlap = 0.4;

/** Pixels of the input for one cell. */
const cell = 32;

/** Widths and heights in cells (face-api, `tinyFaceDetector/const.ts`). */
const anchors = [
	[1.603231, 2.094468],
	[6.041143, 7.080126],
	[2.882459, 3.518061],
	[4.266906, 5.178857],
	[9.041765, 10.66308],
] as const;

/**
 * The faces in the tiny detector's grid, in pixels of its input (https://arxiv.org/abs/1612.08242, section 2); boxes may reach over
 * the edge, and faces may be there several times (see `tinyMaxOverlap`).
 *
 * @param grid the output `grid` of one picture: for each cell five anchors of (x, y, log width, log height, score)
 * @param columns cells in a row: the output's third dimension
 * @param minScore 0..1, exclusive
 */
export function decodeTiny(grid: Float32Array, columns: number, minScore: number): Candidate[] {
	const minLogit = Math.log(minScore / (1 - minScore));
	const found: Candidate[] = [];
	for (let place = 0; place * 25 < grid.length; place++) {
		anchors.forEach(([anchorWidth, anchorHeight], k) => {
			const o = place * 25 + k * 5;
			const logit = at(grid, o + 4);
			if (logit <= minLogit) return;
			const width = Math.exp(at(grid, o + 2)) * anchorWidth * cell;
			const height = Math.exp(at(grid, o + 3)) * anchorHeight * cell;
			const x = ((place % columns) + sigmoid(at(grid, o))) * cell - width / 2;
			const y = (Math.floor(place / columns) + sigmoid(at(grid, o + 1))) * cell - height / 2;
			found.push({ box: { x, y, width, height }, score: sigmoid(logit) });
		});
	}
	return found;
}
