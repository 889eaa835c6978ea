import type { FaceFailure, FaceInstruction } from '../../contract/face-checkin.api.js';
import { overlap } from '../detectors/overlap.js';
import type { Box } from '../vision.types.js';
import type { Pose } from './pose.js';

/*
 * The active challenge: look straight at the camera, turn the head to one side, straight again, to the other or the same side, straight
 * again. The sides are drawn by lot, so that a film of somebody turning their head fits one time in four. It needs no network: a head has
 * depth, so the nose moves against eyes and mouth; a photograph's does not, however it is turned, tilted or moved (pose.ts).
 */

/** The visitor's own side; in the mirrored picture on the screen it is the same side of the screen. */
export type Side = 'left' | 'right';

/** The face in one picture. */
export interface SeenFace {
	readonly pose: Pose;
	readonly box: Box;
	/** Whether its descriptor is near one of those of the faces before; true for the first. */
	readonly same: boolean;
}

/** What one picture shows. */
export interface Observation {
	/** Monotonic ms. */
	readonly ms: number;
	/** The one face; `nobody`; `several` about as near as one another. */
	readonly face: SeenFace | 'nobody' | 'several';
}

export interface Waiting {
	readonly state: 'waiting';
	readonly sides: readonly Side[];
	readonly beganMs: number;
	/** Steps done: straight, the first side, straight, the second, straight. */
	readonly done: number;
	readonly instruction: FaceInstruction;
	/** The face straight on, from the first step. */
	readonly zero: Pose | null;
	readonly last: { readonly ms: number; readonly face: SeenFace } | null;
	/** The head was turned too fast to follow: nothing counts before it is straight again. */
	readonly jumped: boolean;
	/** Pictures in a row that fulfil the step; that show the wrong side; somebody else; another face; a plane turning. */
	readonly rows: Readonly<Record<'held' | 'wrong' | 'several' | 'changed' | 'flat', number>>;
}

export type Challenge = Waiting | { readonly state: 'passed' } | { readonly state: 'failed'; readonly reason: FaceFailure };

/** The whole challenge, ms. */
export const CHALLENGE_MS = 25_000;
/** Pixels between the eyes: smaller faces' points are too coarse. */
export const MIN_EYES = 32;
/** |turn| that counts as straight before anything else is known of the face: noses are crooked and cameras stand beside. */
const ABOUT_STRAIGHT = 0.3;
/** From the straight face's own turn on: straight, turned. Points are off by 0.03 to 0.05. */
export const STRAIGHT = 0.2;
const TURNED = 0.33;
/** A turn farther than this from one picture to the next was not followed. */
const JUMP = 0.55;
/**
 * Turning makes a face narrower. A head's nose moves by at least so many times the share that is lost (2.8 to 4 by geometry, 3.2 to 4.8 measured);
 * a photograph's should not at all, but networks that know faces take a narrow one for a turned one and put its nose to one side (1 to 1.3).
 */
const DEPTH = 2;
/** From this loss of width on that tells a plane. */
const FLAT_LOSS = 0.18;
/** Without a face for longer, it may have been put in another's place. */
const LOST_MS = 1200;
/** From one picture to the next a face's box overlaps its own at least so much. */
const SAME_PLACE = 0.1;
const ROWS = { held: 2, wrong: 2, several: 3, changed: 2, flat: 3 } as const;
const none = { held: 0, wrong: 0, several: 0, changed: 0, flat: 0 } as const;

/** @param random two numbers 0 <= r < 1 from a source nobody can guess */
export function beginChallenge(random: readonly [number, number], ms: number): Waiting {
	const sides = random.map((r): Side => (r < 0.5 ? 'left' : 'right'));
	return { state: 'waiting', sides, beganMs: ms, done: 0, instruction: 'show-face', zero: null, last: null, jumped: false, rows: none };
}

/** How many steps the challenge has. */
export function stepsOf({ sides }: Pick<Waiting, 'sides'>): number {
	return 2 * sides.length + 1;
}

/** Time has passed without a picture. */
export function tickChallenge(challenge: Challenge, ms: number): Challenge {
	return challenge.state === 'waiting' && ms - challenge.beganMs > CHALLENGE_MS ? failed('too-slow') : challenge;
}

/** The challenge after one more picture. Pure; what has passed or failed stays so. */
export function observe(before: Challenge, { ms, face }: Observation): Challenge {
	const challenge = tickChallenge(before, ms);
	if (challenge.state !== 'waiting') return challenge;
	const begun = challenge.done > 0;
	if (face === 'nobody') {
		if (begun && (challenge.last === null || ms - challenge.last.ms > LOST_MS)) return failed('lost');
		return { ...challenge, instruction: 'show-face', rows: none };
	}
	if (face === 'several') {
		const several = challenge.rows.several + 1;
		if (begun && several >= ROWS.several) return failed('two-faces');
		return { ...challenge, instruction: 'one-person', rows: { ...none, several } };
	}
	if (begun && challenge.last !== null) {
		if (ms - challenge.last.ms > LOST_MS || overlap(challenge.last.face.box, face.box) < SAME_PLACE) return failed('lost');
	}
	const seen = { ...challenge, last: { ms, face } };
	if (begun && !face.same) {
		const changed = challenge.rows.changed + 1;
		return changed >= ROWS.changed ? failed('changed') : { ...seen, rows: { ...none, changed } };
	}
	// Once begun, a head that draws back is still followed.
	if (!begun && face.pose.eyeDistance < MIN_EYES) return { ...seen, instruction: 'come-closer', rows: none };
	return step(seen, face.pose, challenge.last?.face.pose ?? face.pose);
}

/** What the head's pose means for the step that is due. */
function step(challenge: Waiting, pose: Pose, before: Pose): Challenge {
	const { zero, sides, done } = challenge;
	const turn = pose.turn - (zero?.turn ?? 0);
	const straight = Math.abs(turn) <= (zero ? STRAIGHT : ABOUT_STRAIGHT);
	const jumped = straight ? false : challenge.jumped || Math.abs(pose.turn - before.turn) > JUMP;
	const loss = zero ? Math.max(0, 1 - pose.aspect / zero.aspect) : 0;
	const deep = Math.abs(turn) >= DEPTH * loss;
	const flat = !deep && loss >= FLAT_LOSS ? challenge.rows.flat + 1 : 0;
	if (flat >= ROWS.flat) return failed('flat');

	const asked = sides[(done - 1) / 2];
	const towards = asked === undefined ? 0 : asked === 'left' ? turn : -turn;
	const wrong = deep && towards <= -TURNED ? challenge.rows.wrong + 1 : 0;
	if (wrong >= ROWS.wrong) return failed('wrong-side');
	const fits = asked === undefined ? straight : !jumped && deep && towards >= TURNED;
	const held = fits ? challenge.rows.held + 1 : 0;
	const rows = { ...none, held, wrong, flat };
	if (held < ROWS.held) return { ...challenge, jumped, rows, instruction: jumped ? 'slower' : instructionOf(sides, done) };
	if (done + 1 === stepsOf(challenge)) return { state: 'passed' };
	return { ...challenge, done: done + 1, jumped, zero: zero ?? pose, rows: { ...none, flat }, instruction: instructionOf(sides, done + 1) };
}

function instructionOf(sides: readonly Side[], done: number): FaceInstruction {
	const side = done % 2 === 1 ? sides[(done - 1) / 2] : undefined;
	return side === undefined ? 'look-straight' : `turn-${side}`;
}

function failed(reason: FaceFailure): Challenge {
	return { state: 'failed', reason };
}
