import { bodyCost, type Expected, expectedAt, faceCost, holds, middle, moved, pair, pieceOf } from './association.js';
import type { Body } from './bodies.js';
import type { Observation, Track, TrackerEvent, TrackerState } from './tracks.types.js';
import type { Box, DetectedFace, Point } from './vision.types.js';

/** Unseen for this long, a person is lost; at once, nearly, where they should have left the picture. */
const LOST_MS = 1200;
const LOST_OUTSIDE_MS = 200;
/** Somebody without a face, in one blob with others: how long they are still taken to be there. */
const HIDDEN_MS = 3000;
/** A person is at most this many faces wide; two side by side are wider. Without a face for this long, a track may be somebody else's body. */
const PERSON_WIDTH = 4;
const FACELESS_MS = 1000;
/** A body without a face counts as a person after this many frames and ms. A face counts at once. */
const BODY_HITS = 3;
const BODY_MS = 200;
/** How fast the velocity follows, ms. */
const VELOCITY_MS = 200;

export const noTracks: TrackerState = { nextId: 1, ms: 0, tracks: [] };

/**
 * Follows persons from frame to frame.
 *
 * A person is a body, a face or both. A face belongs to the body around it; a second face in the same body is a second person in one
 * blob. Bodies pair by overlap with where they should be, faces by their distance from there, best pairs first. Brief
 * misses are bridged by walking on.
 */
export function track(
	state: TrackerState,
	seen: Observation,
	nowMs: number,
): { readonly state: TrackerState; readonly events: readonly TrackerEvent[] } {
	const expected = state.tracks.map((known) => expectedAt(known, state.ms, nowMs));
	const blobs = pair(expected, seen.bodies, bodyCost);
	const claims = claim(expected, blobs, (one) => one.head);
	const faces = pair(expected, seen.faces ?? [], (one, face) => faceCost(one, claims.own.get(one) ?? null, face, nowMs));
	// A face tells better than an expectation which body is whose.
	for (const [one, face] of faces) {
		const taken = [...blobs.values()];
		const body = seen.bodies.find((candidate) => !taken.includes(candidate) && holds(candidate.box, middle(face.box)));
		if (body && !blobs.has(one)) blobs.set(one, body);
	}
	const headNow = (one: Expected) => middle(faces.get(one)?.box ?? { ...one.head, width: 0, height: 0 });
	const before = claim(expected, blobs, headNow);
	const twice = new Set([...before.shared.keys()].filter((one) => isShownTwice(one, before.shared, faces, nowMs)));
	const persons = expected.filter((one) => !twice.has(one));
	for (const one of twice) passOn(one, before.shared, blobs, faces);
	const { own, shared } = claim(persons, blobs, headNow);

	const followed = persons.map((one) => follow(one, own.get(one) ?? null, shared.get(one) ?? null, faces.get(one) ?? null, nowMs));
	const strangers = newcomers(blobs, faces, seen, state.nextId, nowMs);

	const events: TrackerEvent[] = [];
	const tracks: Track[] = [];
	for (const one of twice) if (one.track.appeared) events.push({ kind: 'lost', track: one.track });
	for (const one of [...followed, ...strangers]) {
		if (isLost(one, seen, nowMs)) {
			if (one.appeared) events.push({ kind: 'lost', track: one });
			continue;
		}
		const appears = !one.appeared && (one.faces > 0 || (one.hits >= BODY_HITS && nowMs - one.firstMs >= BODY_MS));
		const next = appears ? { ...one, appeared: true } : one;
		if (appears) events.push({ kind: 'appeared', track: next });
		tracks.push(next);
	}
	return { state: { nextId: state.nextId + strangers.length, ms: nowMs, tracks }, events };
}

/** The source has ended: everybody is lost. */
export function loseAll(state: TrackerState): { readonly state: TrackerState; readonly events: readonly TrackerEvent[] } {
	return {
		state: { ...state, tracks: [] },
		events: state.tracks.filter((one) => one.appeared).map((one) => ({ kind: 'lost', track: one })),
	};
}

/**
 * Which bodies are one person's own, and which are a blob of several who stand or walk so close that nothing parts them.
 *
 * @param blobs bodies and the tracks that fit them best; further tracks are in a blob when their head is
 */
function claim(expected: readonly Expected[], blobs: ReadonlyMap<Expected, Body>, headOf: (one: Expected) => Point) {
	const shared = new Map<Expected, Body>();
	for (const one of expected) {
		const body = blobs.has(one) ? undefined : [...blobs.values()].find(({ box }) => holds(box, headOf(one), 0.1));
		if (body) shared.set(one, body);
	}
	const crowded = new Set(shared.values());
	const own = new Map<Expected, Body>();
	for (const [one, body] of blobs) (crowded.has(body) ? shared : own).set(one, body);
	return { own, shared };
}

/**
 * Whether a track without a face stands for somebody whom another track in the same blob shows by their face: the blob is too narrow
 * for two, and this one has shown no face lately, or only where the other's is.
 */
function isShownTwice(
	one: Expected,
	shared: ReadonlyMap<Expected, Body>,
	faces: ReadonlyMap<Expected, DetectedFace>,
	nowMs: number,
): boolean {
	const blob = shared.get(one);
	if (!blob || faces.has(one)) return false;
	const faceless = one.track.lastFace === null || nowMs - one.track.lastFace.ms > FACELESS_MS;
	return [...shared].some(([other, body]) => {
		const face = faces.get(other);
		if (!face || other === one || body !== blob || blob.box.width > PERSON_WIDTH * face.box.width) return false;
		const at = middle(face.box);
		return faceless || Math.hypot(at.x - one.head.x, at.y - one.head.y) < 1.2 * face.box.width;
	});
}

/** Gives the body of a track that goes to one that stays, the one with a face first. */
function passOn(
	one: Expected,
	shared: ReadonlyMap<Expected, Body>,
	blobs: Map<Expected, Body>,
	faces: ReadonlyMap<Expected, DetectedFace>,
): void {
	const body = blobs.get(one);
	if (!body || !blobs.delete(one)) return;
	const heir = [...shared].find(([other, blob]) => blob === body && faces.has(other));
	if (heir) blobs.set(heir[0], body);
}

/** One person's next position, from the body that is theirs, the blob they share, and their face. */
function follow(one: Expected, own: Body | null, blob: Body | null, face: DetectedFace | null, nowMs: number): Track {
	const { track: before } = one;
	const hidden = blob !== null && nowMs - Math.max(before.bodyMs, before.lastFace?.ms ?? before.firstMs) <= HIDDEN_MS;
	const isSeen = own !== null || face !== null || hidden;
	const faceBelowTop = own && face ? blend(before.faceBelowTop, below(own.head, middle(face.box)), 0.3) : before.faceBelowTop;
	const head = face ? middle(face.box) : own ? headOf(own, faceBelowTop) : within(one.head, blob?.box ?? null);
	// What the expectation missed by corrects the velocity (an alpha-beta filter), spread over the time since it was last right.
	const unseenMs = Math.max(1, nowMs - before.seenMs);
	const gain = face || own ? (1 - Math.exp(-unseenMs / VELOCITY_MS)) / unseenMs : 0;
	return {
		...before,
		seenMs: isSeen ? nowMs : before.seenMs,
		hits: before.hits + (isSeen ? 1 : 0),
		body: own ? own.box : one.body && moved(one.body, head.x - one.head.x, head.y - one.head.y),
		bodyMs: own ? nowMs : before.bodyMs,
		face,
		lastFace: face ? { box: face.box, ms: nowMs } : before.lastFace,
		faces: before.faces + (face ? 1 : 0),
		head,
		velocity: { x: before.velocity.x + gain * (head.x - one.head.x), y: before.velocity.y + gain * (head.y - one.head.y) },
		faceBelowTop,
	};
}

/** Faces and bodies that nobody known explains. */
function newcomers(
	blobs: ReadonlyMap<Expected, Body>,
	pairedFaces: ReadonlyMap<Expected, DetectedFace>,
	seen: Observation,
	nextId: number,
	nowMs: number,
): Track[] {
	const explained = new Set(pairedFaces.values());
	const free = seen.bodies.filter((body) => ![...blobs.values()].includes(body));
	const strangers: Track[] = [];
	const add = (body: Body | null, face: DetectedFace | null, outline: Box | null) => {
		const head = face ? middle(face.box) : body ? headOf(body, null) : null;
		if (!head) return;
		strangers.push({
			id: nextId + strangers.length,
			firstMs: nowMs,
			seenMs: nowMs,
			hits: 1,
			appeared: false,
			body: outline,
			bodyMs: body ? nowMs : Number.NEGATIVE_INFINITY,
			face,
			lastFace: face && { box: face.box, ms: nowMs },
			faces: face ? 1 : 0,
			head,
			velocity: { x: 0, y: 0 },
			faceBelowTop: body && face ? below(body.head, middle(face.box)) : null,
		});
	};
	const used = new Set<Body>();
	for (const face of seen.faces ?? []) {
		if (explained.has(face)) continue;
		const at = middle(face.box);
		const body = free.find((candidate) => !used.has(candidate) && holds(candidate.box, at, 0.05)) ?? null;
		if (body) used.add(body);
		const blob = body ?? seen.bodies.find((candidate) => holds(candidate.box, at)) ?? null;
		add(body, face, body ? body.box : blob && under(face.box, blob.box));
	}
	const claimed = [...blobs.values(), ...used];
	// The largest come first, so that a piece finds what it is a piece of.
	for (const body of free) {
		if (used.has(body) || claimed.some((other) => pieceOf(body.box, other.box))) continue;
		claimed.push(body);
		add(body, null, body.box);
	}
	return strangers;
}

function isLost(one: Track, seen: Observation, nowMs: number): boolean {
	const unseen = nowMs - one.seenMs;
	const { x, y } = one.head;
	const outside = x < 0 || y < 0 || x > seen.width || y > seen.height;
	return unseen > (outside ? LOST_OUTSIDE_MS : LOST_MS);
}

/** The head in a body without a face: as far below its top as the face was when it was seen, else half a usual head. */
function headOf({ box, head }: Body, faceBelowTop: Point | null): Point {
	const by = faceBelowTop ?? { x: 0, y: Math.min(box.width / 4, box.height / 10) };
	return { x: head.x + by.x, y: head.y + by.y };
}

/** The part of a blob that is under this face: three faces wide. */
function under(face: Box, blob: Box): Box {
	const left = Math.max(blob.x, face.x - face.width);
	const right = Math.min(blob.x + blob.width, face.x + 2 * face.width);
	const top = Math.max(blob.y, face.y - face.height / 4);
	return { x: left, y: top, width: right - left, height: blob.y + blob.height - top };
}

function below(top: Point, point: Point): Point {
	return { x: point.x - top.x, y: point.y - top.y };
}

function blend(before: Point | null, now: Point, share: number): Point {
	if (!before) return now;
	return { x: before.x + (now.x - before.x) * share, y: before.y + (now.y - before.y) * share };
}

function within(point: Point, box: Box | null): Point {
	if (!box) return point;
	return { x: Math.min(box.x + box.width, Math.max(box.x, point.x)), y: Math.min(box.y + box.height, Math.max(box.y, point.y)) };
}
