import type { Box } from '../vision.types.js';

/** Intersection over union of two boxes, 0..1. */
export function overlap(a: Box, b: Box): number {
	const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
	const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	if (width <= 0 || height <= 0) return 0;
	const both = width * height;
	return both / (a.width * a.height + b.width * b.height - both);
}

/** Greedy non-maximum suppression: best score first, without those that overlap a better one by more than `limit`. */
export function bestOf<T extends { readonly box: Box; readonly score: number }>(found: readonly T[], limit: number): T[] {
	const kept: T[] = [];
	for (const candidate of [...found].sort((a, b) => b.score - a.score)) {
		if (kept.every((better) => overlap(better.box, candidate.box) <= limit)) kept.push(candidate);
	}
	return kept;
}
