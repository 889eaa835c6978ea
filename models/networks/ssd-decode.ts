import { type Candidate, sigmoid } from './candidate.js';
import { at } from './layers.js';

/** Of two SSD boxes that overlap more than this (intersection over union), face-api keeps the better. */
export const ssdMaxOverlap = 0.5;

/**
 * The faces among the SSD's anchors, in pixels of its input, in the anchors' order; boxes may reach over the edge, and most
 * faces are there several times (see `ssdMaxOverlap`).
 *
 * @param boxes the output `boxes` of one picture: left, top, right, bottom
 * @param logits the output `logits` of the same picture
 * @param minScore 0..1, exclusive
 */
export function decodeSsd(boxes: Float32Array, logits: Float32Array, minScore: number): Candidate[] {
	const minLogit = Math.log(minScore / (1 - minScore));
	const found: Candidate[] = [];
	for (let i = 0; i < logits.length; i++) {
		const logit = at(logits, i);
		if (logit <= minLogit) continue;
		const x = at(boxes, 4 * i);
		const y = at(boxes, 4 * i + 1);
		found.push({ box: { x, y, width: at(boxes, 4 * i + 2) - x, height: at(boxes, 4 * i + 3) - y }, score: sigmoid(logit) });
	}
	return found;
}
