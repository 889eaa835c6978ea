import type { Look } from './drawing/look.js';
import type { Film } from './film.js';
import { frameMs } from './film.js';
import { type Walk, walkMs } from './walk.js';

/** Frames that each person is shown for, and those of them that are looked at; the encoder needs the first few to settle. */
const shownFrames = 18;
const readFrames = [5, 9, 13, 17] as const;

/** A short film of persons one after another at the sizes at which visitors are recognised. */
export function calibrationFilm(looks: readonly Look[]): Film {
	return {
		durationMs: frameMs(looks.length * shownFrames),
		actors: looks.map((look, i) => ({ look, walks: [nearWalk(i)] })),
	};
}

function nearWalk(i: number): Walk {
	const walk: Walk = {
		path: 'near',
		view: 'front',
		startMs: frameMs(i * shownFrames),
		pace: 1,
		lane: 0,
		sway: 0.12,
		phase: (i * 0.37) % 1,
	};
	// One frame short of its time, so that two persons are never in one picture.
	return { ...walk, pace: walkMs(walk) / frameMs(shownFrames - 1) };
}

/** Whose picture a frame of the calibration film is, or null where it is not to be looked at. */
export function calibrationPerson(frame: number): number | null {
	return readFrames.some((read) => read === frame % shownFrames) ? Math.floor(frame / shownFrames) : null;
}

/** What was seen of one person: descriptors from their photographs, and from walking past. */
export interface CalibrationFaces {
	readonly templates: readonly Float32Array[];
	readonly probes: readonly Float32Array[];
}

export interface DemoThreshold {
	/** A face at most this far from a template is that person. */
	readonly threshold: number;
	/** The furthest that a walking face was from the nearest photograph of its own person. */
	readonly genuineMax: number;
	/** The nearest that a walking face was to any photograph of another person. */
	readonly impostorMin: number;
}

/**
 * The demo's threshold from persons who are not shown: the middle between the largest distance of a face to its own
 * person's nearest template and the smallest to anybody else's. Drawn faces are less alike than people are and vary less, so
 * it says nothing about real faces.
 *
 * @throws Error where the two overlap: with this recogniser the drawn persons cannot be told apart
 */
export function demoThreshold(people: readonly CalibrationFaces[], distance: (a: Float32Array, b: Float32Array) => number): DemoThreshold {
	let genuineMax = 0;
	let impostorMin = Number.POSITIVE_INFINITY;
	for (const [i, { probes }] of people.entries()) {
		for (const probe of probes) {
			for (const [j, { templates }] of people.entries()) {
				const nearest = Math.min(...templates.map((template) => distance(template, probe)));
				if (i === j) genuineMax = Math.max(genuineMax, nearest);
				else impostorMin = Math.min(impostorMin, nearest);
			}
		}
	}
	if (genuineMax >= impostorMin || !Number.isFinite(impostorMin)) {
		throw new Error(
			`This recogniser cannot tell the demo's drawn persons apart: faces are up to ${genuineMax.toFixed(3)} from their own photographs and as near as ${impostorMin.toFixed(3)} to others'. Run the demo with another recogniser.`,
		);
	}
	return { threshold: (genuineMax + impostorMin) / 2, genuineMax, impostorMin };
}
