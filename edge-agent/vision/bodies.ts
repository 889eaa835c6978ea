import type { Foreground } from './motion.js';
import type { Box, Point } from './vision.types.js';

/** Something as large as a person that is not part of the scene. */
export interface Body {
	readonly box: Box;
	/** Top of the silhouette: the middle of its uppermost part. */
	readonly head: Point;
}

/** Smaller than this is a speck: cells, and rows of cells. */
const MIN_CELLS = 8;
const MIN_ROWS = 3;
/** Parts smaller than this are noise and join nothing. */
const MIN_PART = 2;

/** Neighbours (column, row) that belong together: touching ones, and in the same column up to two rows apart. */
const NEIGHBOURS = [-1, 0, 1]
	.flatMap((dx) => [-3, -2, -1, 0, 1, 2, 3].map((dy) => ({ dx, dy })))
	.filter(({ dx, dy }) => (dx !== 0 || dy !== 0) && (dx === 0 || Math.abs(dy) <= 1));

/** A connected part of the foreground, in cells; bounds inclusive. */
interface Part {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
	readonly cells: readonly number[];
}

/** The bodies in one frame's foreground, largest first. */
export function findBodies(foreground: Foreground): Body[] {
	const parts = joinUpright(connectedParts(foreground));
	return parts
		.filter((part) => part.cells.length >= MIN_CELLS && part.bottom - part.top + 1 >= MIN_ROWS)
		.sort((a, b) => b.cells.length - a.cells.length)
		.map((part) => bodyOf(part, foreground));
}

function connectedParts({ columns, rows, cells }: Foreground): Part[] {
	const seen = new Uint8Array(cells.length);
	const parts: Part[] = [];
	for (let start = 0; start < cells.length; start++) {
		if (cells[start] === 0 || seen[start] === 1) continue;
		const found = [start];
		seen[start] = 1;
		let [left, top, right, bottom] = [columns, rows, 0, 0];
		// `found` grows while it is walked.
		for (const cell of found) {
			const row = Math.floor(cell / columns);
			const column = cell - row * columns;
			left = Math.min(left, column);
			right = Math.max(right, column);
			top = Math.min(top, row);
			bottom = Math.max(bottom, row);
			for (const { dx, dy } of NEIGHBOURS) {
				const x = column + dx;
				const y = row + dy;
				if (x < 0 || y < 0 || x >= columns || y >= rows) continue;
				const next = y * columns + x;
				if (cells[next] === 0 || seen[next] === 1) continue;
				seen[next] = 1;
				found.push(next);
			}
		}
		if (found.length >= MIN_PART) parts.push({ left, top, right, bottom, cells: found });
	}
	return parts;
}

/** Clothes of the wall's grey cut a person in two: parts that stand above each other, near enough, are one. */
function joinUpright(parts: readonly Part[]): Part[] {
	const joined: Part[] = [];
	for (const part of [...parts].sort((a, b) => a.top - b.top)) {
		const above = joined.findIndex((other) => standsOn(other, part));
		const other = joined[above];
		if (other === undefined) joined.push(part);
		else joined[above] = union(other, part);
	}
	return joined;
}

function standsOn(upper: Part, lower: Part): boolean {
	const shared = Math.min(upper.right, lower.right) - Math.max(upper.left, lower.left) + 1;
	const narrower = Math.min(upper.right - upper.left, lower.right - lower.left) + 1;
	const height = Math.max(upper.bottom, lower.bottom) - upper.top + 1;
	return shared * 2 >= narrower && lower.top - upper.bottom - 1 <= height / 4;
}

function union(a: Part, b: Part): Part {
	return {
		left: Math.min(a.left, b.left),
		top: Math.min(a.top, b.top),
		right: Math.max(a.right, b.right),
		bottom: Math.max(a.bottom, b.bottom),
		cells: [...a.cells, ...b.cells],
	};
}

/** Samples that differ weigh the cells, which makes the outline finer than the cells are. */
function bodyOf(part: Part, { columns, cellPx, cells }: Foreground): Body {
	const headRows = Math.max(2, Math.round((part.bottom - part.top + 1) * 0.15));
	let weight = 0;
	let sum = 0;
	let topFill = 0;
	for (const cell of part.cells) {
		const row = Math.floor(cell / columns);
		if (row >= part.top + headRows) continue;
		const differing = cells[cell] as number;
		weight += differing;
		sum += differing * (cell - row * columns + 0.5);
		if (row === part.top) topFill = Math.max(topFill, differing);
	}
	const top = (part.top + 1 - topFill / 16) * cellPx;
	const left = part.left * cellPx;
	return {
		box: { x: left, y: top, width: (part.right + 1) * cellPx - left, height: (part.bottom + 1) * cellPx - top },
		head: { x: (sum / weight) * cellPx, y: top },
	};
}
