import type { Point } from './vision.types.js';

/**
 * A counting line in fractions of the picture's width and height (0..1, origin top left), directed from (x1, y1) to (x2, y2).
 *
 * Stand on the picture at (x1, y1) and look towards (x2, y2): crossing from the left hand to the right hand counts as `in`. So a
 * line drawn from left to right across the picture counts who moves down, towards the camera, as coming in; swap its ends to
 * turn the direction round.
 */
export interface CountingLine {
	readonly x1: number;
	readonly y1: number;
	readonly x2: number;
	readonly y2: number;
}

/** The line in pixels of one picture size. */
export interface PixelLine {
	readonly from: Point;
	readonly to: Point;
	/** How far beyond the line somebody has to be before they have changed sides: jitter makes no crossings. */
	readonly marginPx: number;
}

/** Share of the picture's diagonal: 29 px in 1280x720, nearly two of the motion gate's blocks. */
const MARGIN = 0.02;

/** @throws RangeError where the line has no length or an end outside the picture */
export function lineInPixels(line: CountingLine, width: number, height: number): PixelLine {
	const ends = [line.x1, line.y1, line.x2, line.y2];
	if (!ends.every((value) => value >= 0 && value <= 1))
		throw new RangeError(`A counting line lies in 0..1, this one is ${ends.join(', ')}`);
	const from = { x: line.x1 * width, y: line.y1 * height };
	const to = { x: line.x2 * width, y: line.y2 * height };
	if (Math.hypot(to.x - from.x, to.y - from.y) < 1) throw new RangeError('A counting line needs two different ends');
	return { from, to, marginPx: MARGIN * Math.hypot(width, height) };
}

/** Where one person stands with the line. */
export interface LinePosition {
	/** The side they are on for good: 1 is the right hand (in), -1 the left, 0 not known yet (exactly on the line so far). */
	readonly side: -1 | 0 | 1;
	readonly at: Point;
	/** Where they last went over the (endless) line, 0 at its first end, 1 at its second; null where they have not. */
	readonly passedAt: number | null;
}

/**
 * One person's next position. They cross when they are farther than the margin beyond the line and went over it between its ends; whoever
 * walks around an end changes sides without a crossing, and so does nobody by appearing.
 *
 * @param before null for somebody new
 */
export function stepOverLine(
	line: PixelLine,
	before: LinePosition | null,
	at: Point,
): { readonly position: LinePosition; readonly crossing: 'in' | 'out' | null } {
	const distance = beside(line, at);
	if (before === null || before.side === 0) return { position: { side: sign(distance), at, passedAt: null }, crossing: null };
	const earlier = beside(line, before.at);
	const passed = (earlier < 0 && distance >= 0) || (earlier >= 0 && distance < 0);
	const passedAt = passed ? along(line, before.at, at, earlier / (earlier - distance)) : before.passedAt;
	const side = sign(distance);
	if (side === before.side || Math.abs(distance) < line.marginPx) return { position: { side: before.side, at, passedAt }, crossing: null };
	const between = passedAt !== null && passedAt >= 0 && passedAt <= 1;
	return { position: { side, at, passedAt: null }, crossing: between && side !== 0 ? (side === 1 ? 'in' : 'out') : null };
}

/** Signed distance in px: positive on the right hand. (The picture's y axis points down, which turns the usual cross product round.) */
function beside(line: PixelLine, at: Point): number {
	const dx = line.to.x - line.from.x;
	const dy = line.to.y - line.from.y;
	return (dx * (at.y - line.from.y) - dy * (at.x - line.from.x)) / Math.hypot(dx, dy);
}

/** Where the way from `a` to `b`, at its share `t`, lies along the line. */
function along(line: PixelLine, a: Point, b: Point, t: number): number {
	const dx = line.to.x - line.from.x;
	const dy = line.to.y - line.from.y;
	const x = a.x + (b.x - a.x) * t - line.from.x;
	const y = a.y + (b.y - a.y) * t - line.from.y;
	return (x * dx + y * dy) / (dx * dx + dy * dy);
}

function sign(value: number): -1 | 0 | 1 {
	return value > 0 ? 1 : value < 0 ? -1 : 0;
}
