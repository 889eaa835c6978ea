import type { Point } from './vision.types.js';

/** Turning, scaling and moving: (x, y) -> (a x - b y + tx, b x + a y + ty). */
export interface Similarity {
	readonly a: number;
	readonly b: number;
	readonly tx: number;
	readonly ty: number;
}

export function apply(s: Similarity, p: Point): Point {
	return { x: s.a * p.x - s.b * p.y + s.tx, y: s.b * p.x + s.a * p.y + s.ty };
}

/** The way back; null where everything falls on one point. */
export function invert(s: Similarity): Similarity | null {
	const size = s.a * s.a + s.b * s.b;
	if (!(size > 0)) return null;
	const a = s.a / size;
	const b = -s.b / size;
	return { a, b, tx: -(a * s.tx - b * s.ty), ty: -(b * s.tx + a * s.ty) };
}

/**
 * The similarity that takes `from` nearest to `to` (least squares; Umeyama 1991 without reflection, which in the plane is
 * one complex division). Null where the points coincide or are not numbers.
 */
export function similarity(from: readonly Point[], to: readonly Point[]): Similarity | null {
	if (from.length !== to.length) throw new RangeError(`${from.length} points cannot be laid over ${to.length}`);
	const f = middle(from);
	const t = middle(to);
	let a = 0;
	let b = 0;
	let spread = 0;
	from.forEach((p, i) => {
		const q = to[i] ?? p;
		const x = p.x - f.x;
		const y = p.y - f.y;
		a += x * (q.x - t.x) + y * (q.y - t.y);
		b += x * (q.y - t.y) - y * (q.x - t.x);
		spread += x * x + y * y;
	});
	a /= spread;
	b /= spread;
	if (!(spread > 0) || !(a * a + b * b > 0)) return null;
	return { a, b, tx: t.x - (a * f.x - b * f.y), ty: t.y - (b * f.x + a * f.y) };
}

export function middle(points: readonly Point[]): Point {
	let x = 0;
	let y = 0;
	for (const p of points) {
		x += p.x;
		y += p.y;
	}
	return { x: x / points.length, y: y / points.length };
}

/** Radians by which the line from `right` to `left` (the person's eyes) falls to the right in the picture. */
export function tilt(right: Point, left: Point): number {
	return Math.atan2(left.y - right.y, left.x - right.x);
}

/**
 * From a square of `size` pixels to the picture: the square is turned by `roll` about `centre` and covers `side` picture
 * pixels; `anchor` says where in the square the centre lies (0..1 of its side).
 */
export function turnedSquare(centre: Point, side: number, roll: number, anchor: Point, size: number): Similarity {
	const scale = side / size;
	const a = scale * Math.cos(roll);
	const b = scale * Math.sin(roll);
	const x = anchor.x * size;
	const y = anchor.y * size;
	return { a, b, tx: centre.x - (a * x - b * y), ty: centre.y - (b * x + a * y) };
}
