import type { CameraChange, CameraSettings } from '../../../edge-agent/contract/setup.api.js';

export interface Point {
	readonly x: number;
	readonly y: number;
}

export type Polygon = readonly Point[];

/** What is drawn on a camera's picture, in fractions of it: the counting line, the opt-in zone and the privacy masks. */
export interface Marks {
	/** Going from its left hand to its right hand, looking from the first end to the second, is coming in. */
	readonly line: readonly [Point, Point] | null;
	readonly zone: Polygon | null;
	readonly masks: readonly Polygon[];
}

/** One of the polygons. */
export type Shape = { readonly kind: 'zone' } | { readonly kind: 'mask'; readonly mask: number };
/** One of the points. */
export type Mark = { readonly kind: 'line'; readonly index: 0 | 1 } | (Shape & { readonly index: number });

type Marked = Pick<CameraSettings, 'line' | 'zone' | 'masks'>;

export function marksOf({ line, zone, masks }: Marked): Marks {
	return {
		line: line && [
			{ x: line.x1, y: line.y1 },
			{ x: line.x2, y: line.y2 },
		],
		...{ zone, masks },
	};
}

/** What the marks change of the camera; empty when nothing. A mask alone leaves the camera's line, and who stands in its picture, as they are. */
export function changesOf({ line, zone, masks }: Marks, camera: Marked): CameraChange {
	const drawn = { line: line && { x1: line[0].x, y1: line[0].y, x2: line[1].x, y2: line[1].y }, zone, masks };
	const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
	return {
		...(!same(drawn.line, camera.line) && { line: drawn.line }),
		...(!same(zone, camera.zone) && { zone: zone && [...zone] }),
		...(!same(masks, camera.masks) && { masks: masks.map((mask) => [...mask]) }),
	};
}

/** A line across the lower middle, and a box around where people stand: to be dragged to where they belong. */
export const firstLine: readonly [Point, Point] = [
	{ x: 0.2, y: 0.6 },
	{ x: 0.8, y: 0.6 },
];
export const firstZone: Polygon = box(0.25, 0.35, 0.75, 0.95);

function box(left: number, top: number, right: number, bottom: number): Polygon {
	return [
		{ x: left, y: top },
		{ x: right, y: top },
		{ x: right, y: bottom },
		{ x: left, y: bottom },
	];
}

export function polygonOf(marks: Marks, shape: Shape): Polygon | null {
	return shape.kind === 'zone' ? marks.zone : (marks.masks[shape.mask] ?? null);
}

/** Every polygon there is, those that lie on top last. */
export function shapesOf({ zone, masks }: Marks): Shape[] {
	return [...masks.map((_, mask) => ({ kind: 'mask' as const, mask })), ...(zone ? [{ kind: 'zone' as const }] : [])];
}

function withPolygon(marks: Marks, shape: Shape, polygon: Polygon): Marks {
	return shape.kind === 'zone' ? { ...marks, zone: polygon } : { ...marks, masks: marks.masks.with(shape.mask, polygon) };
}

/** The marks with one of their points elsewhere, kept inside the picture, rounded to a thousandth. */
export function moved(marks: Marks, mark: Mark, to: Point): Marks {
	const at = { x: inside(to.x), y: inside(to.y) };
	if (mark.kind !== 'line') {
		const polygon = polygonOf(marks, mark);
		return polygon?.[mark.index] ? withPolygon(marks, mark, polygon.with(mark.index, at)) : marks;
	}
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

/** As many as the agent takes. */
const mostCorners = 32;
export const mostMasks = 16;

/** A further corner in the middle of the side that follows `index`. */
export function withCorner(marks: Marks, shape: Shape, index: number): Marks {
	const polygon = polygonOf(marks, shape);
	const from = polygon?.[index];
	const to = polygon?.[(index + 1) % polygon.length];
	if (!polygon || !from || !to || polygon.length >= mostCorners) return marks;
	const between = { x: inside((from.x + to.x) / 2), y: inside((from.y + to.y) / 2) };
	return withPolygon(marks, shape, polygon.toSpliced(index + 1, 0, between));
}

/** Without a corner; a polygon keeps three. */
export function withoutCorner(marks: Marks, shape: Shape, index: number): Marks {
	const polygon = polygonOf(marks, shape);
	return polygon && polygon.length > 3 ? withPolygon(marks, shape, polygon.toSpliced(index, 1)) : marks;
}

/** One more mask, beside the one before where there is room, to be dragged to where it belongs. */
export function withMask(marks: Marks): Marks {
	const count = marks.masks.length;
	if (count >= mostMasks) return marks;
	const [left, top] = [0.04 + 0.24 * (count % 4), 0.05 + 0.24 * Math.floor(count / 4)];
	return { ...marks, masks: [...marks.masks, box(left, top, left + 0.2, top + 0.2).map(({ x, y }) => ({ x: inside(x), y: inside(y) }))] };
}

export function withoutMask(marks: Marks, mask: number): Marks {
	return { ...marks, masks: marks.masks.toSpliced(mask, 1) };
}

function inside(value: number): number {
	return Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;
}
