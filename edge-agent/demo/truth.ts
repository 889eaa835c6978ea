import { z } from 'zod';
import { customers } from './cast.js';
import { picture } from './drawing/background.js';
import { frameCount, frameMs, frameRate } from './film.js';
import { beyondLine, countingLine, type DemoPerson, type DemoScript } from './script.js';
import { poseAt, type Walk } from './walk.js';

const ms = z.number().nonnegative();
const fraction = z.number().min(0).max(1);

/**
 * What really happens in a clip, written before anything looks at it. Times are ms of the film: of the first frame in which
 * it is so.
 */
export const truthSchema = z.object({
	seed: z.number().int(),
	clip: z.object({ width: z.number(), height: z.number(), frameRate: z.number(), durationMs: ms }),
	line: z.object({ x1: fraction, y1: fraction, x2: fraction, y2: fraction }),
	people: z.array(
		z.object({
			id: z.string(),
			role: z.enum(['customer', 'stranger', 'unseen', 'staff']),
			/** The drawing, as named in the pool. */
			look: z.string(),
			/** The customer's or the member of staff's id; null for people nobody knows. */
			known: z.string().nullable(),
			consultant: z.string().nullable(),
			entersMs: ms,
			/** The eyes, seen from the front, are drawn 40 pixels or more apart; null for a face that is never seen. */
			recognisableMs: ms.nullable(),
			/** The head's centre is beyond the counting line. */
			crossingMs: ms,
			stepOut: z.object({ outMs: ms, returnMs: ms }).nullable(),
		}),
	),
});
export type Truth = z.infer<typeof truthSchema>;
export type TruePerson = Truth['people'][number];

/** Pixels between the eyes' centres from which a face counts as recognisable. */
export const recognisableEyeDistance = 40;

/** What happens in the script's film, frame by frame. */
export function truthOf(script: DemoScript): Truth {
	return {
		seed: script.seed,
		clip: { ...picture, frameRate, durationMs: script.durationMs },
		line: countingLine,
		people: script.actors.map((person) => trueStory(person, script)),
	};
}

function trueStory(person: DemoPerson, script: DemoScript): TruePerson {
	const times = Array.from({ length: frameCount(script) }, (_, frame) => frameMs(frame));
	const first = (walk: Walk | undefined, what: string, is: (pose: NonNullable<ReturnType<typeof poseAt>>) => boolean): number => {
		const found = walk && times.find((time) => isAt(person, walk, time, is));
		if (found === undefined) throw new Error(`${person.id} never ${what} in the film of seed ${script.seed}`);
		return found;
	};
	const [arrival, out, back] = person.walks;
	const beyond = (pose: { place: { x: number; y: number } }): number => beyondLine(pose.place.x, pose.place.y);
	const crossesIn = (walk: Walk | undefined): number => first(walk, 'crosses the line inwards', (pose) => beyond(pose) > 0);
	return {
		id: person.id,
		role: person.role,
		look: person.look.id,
		known: person.known,
		consultant: customers.find((customer) => customer.id === person.known)?.consultant ?? null,
		entersMs: first(arrival, 'comes in', () => true),
		recognisableMs:
			person.role === 'unseen' ? null : first(arrival, 'is large enough', (pose) => pose.eyeDistance >= recognisableEyeDistance),
		crossingMs: crossesIn(arrival),
		stepOut: out ? { outMs: first(out, 'crosses the line outwards', (pose) => beyond(pose) < 0), returnMs: crossesIn(back) } : null,
	};
}

function isAt(person: DemoPerson, walk: Walk, time: number, is: (pose: NonNullable<ReturnType<typeof poseAt>>) => boolean): boolean {
	const pose = poseAt(person.look, walk, time);
	return pose !== null && is(pose);
}
