import type { Body } from './bodies.js';
import { overlap } from './detectors/overlap.js';
import type { Track } from './tracks.types.js';
import type { Box, DetectedFace, Point } from './vision.types.js';

/** A track and where it should be now. */
export interface Expected {
	readonly track: Track;
	readonly head: Point;
	readonly body: Box | null;
}

/** Where a track should be after its last frame, walking on as it did; slower and slower while nobody sees it. */
export function expectedAt(track: Track, lastMs: number, nowMs: number): Expected {
	const unseen = lastMs - track.seenMs;
	const ms = (nowMs - lastMs) * Math.exp(-unseen / 400);
	const dx = track.velocity.x * ms;
	const dy = track.velocity.y * ms;
	return { track, head: { x: track.head.x + dx, y: track.head.y + dy }, body: track.body && moved(track.body, dx, dy) };
}

export function moved(box: Box, dx: number, dy: number): Box {
	return { ...box, x: box.x + dx, y: box.y + dy };
}

export function middle(box: Box): Point {
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Whether the box, made larger on every side by a share of its own size, holds the point. */
export function holds(box: Box, point: Point, share = 0): boolean {
	const dx = box.width * share;
	const dy = box.height * share;
	return point.x >= box.x - dx && point.x <= box.x + box.width + dx && point.y >= box.y - dy && point.y <= box.y + box.height + dy;
}

/** Pairs with the lowest cost first, each item once. Costs of Infinity never pair. */
export function pair<A, B>(as: readonly A[], bs: readonly B[], cost: (a: A, b: B) => number): Map<A, B> {
	const candidates = as
		.flatMap((a) => bs.map((b) => ({ a, b, cost: cost(a, b) })))
		.filter((candidate) => candidate.cost < Number.POSITIVE_INFINITY)
		.sort((x, y) => x.cost - y.cost);
	const pairs = new Map<A, B>();
	const taken = new Set<B>();
	for (const { a, b } of candidates) {
		if (pairs.has(a) || taken.has(b)) continue;
		pairs.set(a, b);
		taken.add(b);
	}
	return pairs;
}

/**
 * How badly a body fits a track. Overlap with where the body should be comes first; a body around the head of a track without one
 * next; last a body that has jumped (a gap in the frames) to within its own width.
 */
export function bodyCost({ head, body: expected }: Expected, { box, head: top }: Body): number {
	const shared = expected ? overlap(expected, box) : 0;
	if (shared > 0.1) return 1 - shared;
	if (holds(box, head)) return 1;
	if (expected && Math.hypot(top.x - head.x, top.y - head.y) < 0.7 * box.width && alike(expected.height, box.height, 1.6)) return 2;
	return Number.POSITIVE_INFINITY;
}

/** A face is expected where it was, for this long. */
const FACE_FRESH_MS = 700;
/** In face widths (16 cm): nobody is farther from where they should be than a walk of 2.5 m/s takes them, within these bounds. */
const WIDTHS_A_MS = 0.0155;
const REACH = [1, 2.5] as const;

/**
 * How badly a face fits a track, in face widths. A track whose face was seen lately takes one near where it should be now; any other
 * takes a face inside the body that is its own, or at least near its head.
 */
export function faceCost({ track, head, body }: Expected, ownBody: Body | null, face: DetectedFace, nowMs: number): number {
	const at = middle(face.box);
	const distance = Math.hypot(at.x - head.x, at.y - head.y) / face.box.width;
	const fresh = track.lastFace !== null && nowMs - track.lastFace.ms <= FACE_FRESH_MS;
	const reach = Math.min(REACH[1], Math.max(REACH[0], (nowMs - track.seenMs) * WIDTHS_A_MS));
	if (fresh && track.lastFace && distance < reach && alike(track.lastFace.box.width, face.box.width, 2)) return distance;
	if (ownBody && holds(ownBody.box, at, 0.05)) {
		const ownHead = Math.hypot(at.x - ownBody.head.x, at.y - ownBody.head.y) / face.box.width;
		return 2 + ownHead;
	}
	const near = track.lastFace ? distance < 1.5 : body !== null && holds(body, at) && distance < 2.5;
	return near ? 3 + distance : Number.POSITIVE_INFINITY;
}

function alike(a: number, b: number, factor: number): boolean {
	return a < b * factor && b < a * factor;
}

/** Whether a body that nobody claims is only a piece (a shadow, a bag, a foot) of one that somebody does. */
export function pieceOf(piece: Box, whole: Box): boolean {
	const shared = Math.min(piece.x + piece.width, whole.x + whole.width) - Math.max(piece.x, whole.x);
	return shared >= 0.6 * piece.width && piece.width * piece.height < 0.5 * whole.width * whole.height;
}
