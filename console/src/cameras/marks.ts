import type { CameraChange, CameraSettings } from '../../../edge-agent/contract/setup.api.js';

export interface Point {
	readonly x: number;
	readonly y: number;
}

/** What is drawn on a camera's picture, in fractions of it: the counting line and the opt-in zone. */
export interface Marks {
	/** Going from its left hand to its right hand, looking from the first end to the second, is coming in. */
	readonly line: readonly [Point, Point] | null;
	readonly zone: readonly Point[] | null;
}

export type Mark = { readonly kind: 'line'; readonly index: 0 | 1 } | { readonly kind: 'zone'; readonly index: number };

export function marksOf({ line, zone }: Pick<CameraSettings, 'line' | 'zone'>): Marks {
	return {
		line: line && [
			{ x: line.x1, y: line.y1 },
			{ x: line.x2, y: line.y2 },
		],
		zone,
	};
}

export function changeOf({ line, zone }: Marks): Required<Pick<CameraChange, 'line' | 'zone'>> {
	return { line: line && { x1: line[0].x, y1: line[0].y, x2: line[1].x, y2: line[1].y }, zone: zone && [...zone] };
}

/** A line across the lower middle, and a box around where people stand: to be dragged to where they belong. */
export const firstLine: readonly [Point, Point] = [
	{ x: 0.2, y: 0.6 },
	{ x: 0.8, y: 0.6 },
];
export const firstZone: readonly Point[] = [
	{ x: 0.25, y: 0.35 },
	{ x: 0.75, y: 0.35 },
	{ x: 0.75, y: 0.95 },
	{ x: 0.25, y: 0.95 },
];

/** The marks with one of their points elsewhere, kept inside the picture, rounded to a thousandth. */
export function moved(marks: Marks, mark: Mark, to: Point): Marks {
	const at = { x: inside(to.x), y: inside(to.y) };
	if (mark.kind === 'zone') return { ...marks, zone: marks.zone?.map((corner, index) => (index === mark.index ? at : corner)) ?? null };
	if (!marks.line) return marks;
	const [first, second] = marks.line;
	const other = mark.index === 0 ? second : first;
	// Both ends on one spot would be no line.
	if (Math.hypot(at.x - other.x, at.y - other.y) < 0.02) return marks;
	return { ...marks, line: mark.index === 0 ? [at, second] : [first, at] };
}

/** The other way round is in. */
export function turned(marks: Marks): Marks {
	return marks.line ? { ...marks, line: [marks.line[1], marks.line[0]] } : marks;
}

const mostCorners = 32;

/** A further corner in the middle of the side that follows `index`. */
export function withCorner(marks: Marks, index: number): Marks {
	const { zone } = marks;
	const from = zone?.[index];
	const to = zone?.[(index + 1) % zone.length];
	if (!zone || !from || !to || zone.length >= mostCorners) return marks;
	return { ...marks, zone: zone.toSpliced(index + 1, 0, { x: inside((from.x + to.x) / 2), y: inside((from.y + to.y) / 2) }) };
}

/** Without a corner; a zone keeps three. */
export function withoutCorner(marks: Marks, index: number): Marks {
	return marks.zone && marks.zone.length > 3 ? { ...marks, zone: marks.zone.toSpliced(index, 1) } : marks;
}

function inside(value: number): number {
	return Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
}
