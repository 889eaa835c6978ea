import { defaultRules, isFit } from '../../edge-agent/vision/decision-rules.js';
import { type CriterionName, criterionNames, degreesFromAbove, needs, type Range, within } from './needs.js';
import type { Look, ObservedFace } from './observed.js';

export type State = 'ok' | 'weak' | 'bad';

/** One thing that recognition needs of the camera, beside what it got. */
export interface Criterion {
	readonly name: CriterionName;
	/** Over the best faces of every pass. */
	readonly measured: { readonly median: number; readonly p10: number; readonly p90: number };
	readonly needed: Range;
	readonly good: Range;
	readonly state: State;
}

/** How a camera hangs. */
export interface Placement {
	readonly picture: { readonly width: number; readonly height: number } | null;
	/** Faces seen, people's walks past the camera, and those of them with a face that recognition can use. */
	readonly faces: number;
	readonly passes: number;
	readonly readable: number;
	/** Those that could be measured. */
	readonly criteria: readonly Criterion[];
	/** `unknown`: too few people have walked past. */
	readonly verdict: State | 'unknown';
}

/** Frames a second that came, and that the camera was asked for. */
export interface FrameRate {
	readonly got: number;
	readonly wanted: number;
}

/** Fewer passes say nothing: somebody may have looked away. */
export const PASSES_NEEDED = 3;
const FACES_A_PASS = 3;
/** Whoever has not been seen for so long has gone past, ms. */
const GONE_MS = 1000;
/** Share of the eye distance needed below which somebody is far off. */
const FAR = 2 / 3;
/** Recognition describes three faces of a pass; a few more, so that one blurred face does not decide. */
const BEST = 5;
/** Shares of the passes that give a usable face: below the first the camera is bad, from the second on good. */
const READABLE = { bad: 0.5, good: 0.8 };

/**
 * Judges how a camera hangs by what its detector saw.
 * @param rate null where nothing was asked for: a picture
 * @param over nobody is still on their way: a pass that has shown no usable face so far will show none
 */
export function judgePlacement(looks: readonly Look[], rate: FrameRate | null, over = true): Placement {
	const last = looks.at(-1);
	const begun = passesOf(looks);
	const isOver = (faces: readonly Seen[]) => over || (last?.ms ?? 0) - (faces.at(-1)?.ms ?? 0) > GONE_MS;
	const passes = begun.filter((faces) => isReadable(faces) || isOver(faces));
	const best = (passes.length > 0 ? passes : begun).flatMap((faces) => faces.toSorted(byWorth).slice(0, BEST));
	const criteria = criterionNames.flatMap((name) => {
		const values = name === 'rate' ? (rate ? [rate.got / rate.wanted] : []) : best.map(measures[name]);
		return values.length > 0 ? [criterionOf(name, values)] : [];
	});
	const readable = passes.filter(isReadable).length;
	return {
		picture: last ? { width: last.width, height: last.height } : null,
		...{ faces: looks.reduce((sum, { faces }) => sum + faces.length, 0), passes: passes.length, readable, criteria },
		verdict: passes.length < PASSES_NEEDED ? 'unknown' : verdictOf(criteria, readable / passes.length),
	};
}

export function stateOf({ median, p10, p90 }: Criterion['measured'], needed: Range, good: Range): State {
	if (!within(median, needed)) return 'bad';
	return within(median, good) && within(p10, needed) && within(p90, needed) ? 'ok' : 'weak';
}

/** A face, when it was seen, and how bright the picture around it was. */
interface Seen {
	readonly face: ObservedFace;
	readonly ms: number;
	readonly around: number;
}

/** What a single face measures for each criterion; the rate is no face's. */
export const measures: Readonly<Record<Exclude<CriterionName, 'rate'>, (seen: Omit<Seen, 'ms'>) => number>> = {
	eyes: ({ face }) => face.eyeDistance,
	sharpness: ({ face }) => face.sharpness,
	brightness: ({ face }) => face.brightness,
	backlight: ({ face, around }) => face.brightness / Math.max(1, around),
	contrast: ({ face }) => face.contrast,
	turn: ({ face }) => face.turn,
	down: ({ face }) => degreesFromAbove(face.noseHeight),
	tilt: ({ face }) => (face.roll * 180) / Math.PI,
};

/**
 * The faces of each walk past the camera. One or two faces the detector also finds in a coat: they are no walk. Nor is somebody who stays far
 * off, or whom the tracker lost before they came near, where others come near.
 */
function passesOf(looks: readonly Look[]): Seen[][] {
	const byTrack = new Map<number, Seen[]>();
	for (const { ms, faces, brightness } of looks) {
		for (const face of faces) {
			const pass = byTrack.get(face.pass) ?? [];
			pass.push({ face, ms, around: brightness });
			byTrack.set(face.pass, pass);
		}
	}
	const passes = [...byTrack.values()].filter((faces) => faces.length >= FACES_A_PASS);
	const near = passes.filter((faces) => faces.some(({ face }) => face.eyeDistance >= FAR * defaultRules.minEyeDistance));
	return near.length > 0 ? near : passes;
}

/** Whether recognition can use one of a pass's faces. */
function isReadable(faces: readonly Seen[]): boolean {
	return faces.some(({ face }) => isFit(face, defaultRules));
}

/** Those that recognition can use first, then the larger: what it will get to see of the person. */
function byWorth(a: Seen, b: Seen): number {
	return Number(isFit(b.face, defaultRules)) - Number(isFit(a.face, defaultRules)) || b.face.eyeDistance - a.face.eyeDistance;
}

function criterionOf(name: CriterionName, values: readonly number[]): Criterion {
	const sorted = values.toSorted((a, b) => a - b);
	// Nearest rank.
	const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
	const measured = { median: at(0.5), p10: at(0.1), p90: at(0.9) };
	const { needed, good } = needs[name];
	// Some people lean their heads: only where most do, the camera leans.
	const judged = name === 'tilt' ? { median: measured.median, p10: measured.median, p90: measured.median } : measured;
	return { name, measured, needed, good, state: stateOf(judged, needed, good) };
}

function verdictOf(criteria: readonly Criterion[], readable: number): State {
	if (readable < READABLE.bad || criteria.some(({ state }) => state === 'bad')) return 'bad';
	return readable < READABLE.good || criteria.some(({ state }) => state === 'weak') ? 'weak' : 'ok';
}
