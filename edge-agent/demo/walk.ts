import { doorway, horizonY, picture } from './drawing/background.js';
import type { Stride } from './drawing/body.js';
import type { Look } from './drawing/look.js';
import { earToEar, type View } from './drawing/person.js';
import type { Placement } from './sprite.js';

/** One walk through the picture. Times are ms of the film. */
export interface Walk {
	readonly path: 'in' | 'out' | 'near';
	readonly view: View;
	readonly startMs: number;
	/** Seconds of the path that pass in a second: 1 is the usual step. */
	readonly pace: number;
	/** Pixels to the right of the usual path, in the middle of the room. */
	readonly lane: number;
	/** The head's swaying: how far to each side (radians), and where in its period it begins (0..1). */
	readonly sway: number;
	readonly phase: number;
}

/** A point of a path: seconds since its start, the head's x in pixels, pixels from ear to ear. */
type Mark = readonly [seconds: number, x: number, ear: number];

/** From behind the left door post, through the door, towards the camera, then past it to the right. */
const pathIn: readonly Mark[] = [
	[0, 200, 32.5],
	[1.1, 340, 34.2],
	[1.6, 365, 36],
	[3.5, 415, 56],
	[5.3, 485, 95],
	[6.8, 590, 130],
	[8.4, 745, 152],
	[9.6, 893, 165],
	[12.4, 1580, 182],
];

/** From the right edge, away from the camera, out of the door and behind its right post. */
const pathOut: readonly Mark[] = [
	[0, 1570, 178],
	[2.7, 888, 150],
	[4.1, 790, 108],
	[5.5, 690, 74],
	[7, 560, 49],
	[8.1, 455, 38],
	[8.6, 420, 35.2],
	[9.8, 525, 32.5],
];

/** Only the last metre before the counting line, where faces are large enough to read: for setting thresholds. */
const pathNear: readonly Mark[] = [
	[0, 560, 112],
	[2.4, 893, 167],
];

const paths = { in: pathIn, out: pathOut, near: pathNear } as const;

/** How long the walk is in the picture, ms. */
export function walkMs(walk: Walk): number {
	return ((paths[walk.path].at(-1)?.[0] ?? 0) * 1000) / walk.pace;
}

/** A person in one frame: which drawing of them, and where. */
export interface Pose {
	readonly look: Look;
	readonly view: View;
	readonly stride: Stride;
	readonly place: Placement;
	/** Pixels between the drawn eyes' centres, whether or not they are seen. */
	readonly eyeDistance: number;
}

const everywhere = { x: 0, y: 0, ...picture } as const;

/** Ear to ear of somebody who stands in the doorway: feet where wall and floor meet. */
const earAtDoor = 35;

/** Where the walker is at `ms` of the film; null before and after. */
export function poseAt(look: Look, walk: Walk, ms: number): Pose | null {
	if (ms < walk.startMs || ms > walk.startMs + walkMs(walk)) return null;
	const seconds = ((ms - walk.startMs) / 1000) * walk.pace;
	const { x, ear } = along(paths[walk.path], seconds);
	const scale = ear / earToEar;
	// A lane leaves the door and the line as they are and is widest between them.
	const aside = walk.lane * Math.max(0, 1 - Math.abs(ear - 90) / 55);
	const bob = Math.abs(Math.sin(seconds * Math.PI * stepsASecond)) * 9;
	const turn = 2 * Math.PI * (seconds / 2.6 + walk.phase);
	return {
		look,
		view: walk.view,
		stride: strideAt(seconds),
		eyeDistance: 2 * look.eyes.apart * scale,
		place: {
			x: x + aside,
			y: horizonY + (45 - bob) * scale,
			scale,
			roll: walk.sway * Math.sin(turn),
			light: lightAt(x, turn),
			clip: ear < earAtDoor ? doorway : everywhere,
		},
	};
}

const stepsASecond = 1.7;

function strideAt(seconds: number): Stride {
	const strides = [1, 0, -1, 0] as const;
	return strides[Math.floor(seconds * stepsASecond * 2) % 4] ?? 0;
}

/** Daylight near the door, lamps further in, and a slow change. Between about 0.84 and 1.14. */
function lightAt(x: number, turn: number): number {
	return 1 + 0.06 * Math.cos(x / 140) + 0.07 * Math.sin(turn / 3.3) - 0.015;
}

/** x and size at a time on a path: monotone between its marks, without corners (Fritsch and Butland 1984), size on a log scale. */
function along(path: readonly Mark[], seconds: number): { x: number; ear: number } {
	const times = path.map((mark) => mark[0]);
	return {
		x: monotone(
			times,
			path.map((mark) => mark[1]),
			seconds,
		),
		ear: Math.exp(
			monotone(
				times,
				path.map((mark) => Math.log(mark[2])),
				seconds,
			),
		),
	};
}

/** Cubic Hermite interpolation with the harmonic mean of neighbouring slopes as tangent: it never overshoots its marks. */
function monotone(ts: readonly number[], vs: readonly number[], t: number): number {
	const v = (i: number): number => vs[i] ?? 0;
	const time = (i: number): number => ts[i] ?? 0;
	const slope = (i: number): number => (i < 0 || i >= ts.length - 1 ? Number.NaN : (v(i + 1) - v(i)) / (time(i + 1) - time(i)));
	const tangent = (i: number): number => {
		const [before, after] = [slope(i - 1), slope(i)];
		if (Number.isNaN(before)) return after;
		if (Number.isNaN(after)) return before;
		return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
	};
	const i = Math.min(
		ts.length - 2,
		Math.max(
			0,
			ts.findLastIndex((mark) => mark <= t),
		),
	);
	const span = time(i + 1) - time(i);
	const s = Math.min(1, Math.max(0, (t - time(i)) / span));
	const s2 = s * s;
	const s3 = s2 * s;
	return (
		(2 * s3 - 3 * s2 + 1) * v(i) + (s3 - 2 * s2 + s) * span * tangent(i) + (3 * s2 - 2 * s3) * v(i + 1) + (s3 - s2) * span * tangent(i + 1)
	);
}
