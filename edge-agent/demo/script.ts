import { customers, type DemoCustomer, walkingStaff } from './cast.js';
import { picture } from './drawing/background.js';
import type { Look } from './drawing/look.js';
import type { View } from './drawing/person.js';
import type { Film } from './film.js';
import { persons } from './persons.js';
import { seededRandom, shuffled } from './random.js';
import { type Walk, walkMs } from './walk.js';

/** Changes whenever the same seed would give another picture: part of the names under which films are kept. */
export const scriptVersion = 1;

/** The counting line, in fractions of the picture, drawn upwards: crossed from left to right on the way in. */
export const countingLine = { x1: 0.69, y1: 0.97, x2: 0.705, y2: 0.03 } as const;

/** On which side of the counting line a head is: negative left of it (outside), positive right of it (inside). Pixels. */
export function beyondLine(x: number, y: number): number {
	const { x1, y1, x2, y2 } = countingLine;
	const along = (y / picture.height - y1) / (y2 - y1);
	return x - (x1 + (x2 - x1) * along) * picture.width;
}

export type DemoRole = 'customer' | 'stranger' | 'unseen' | 'staff';

/** Somebody who walks in. */
export interface DemoPerson {
	readonly id: string;
	readonly role: DemoRole;
	readonly look: Look;
	/** The customer's or the member of staff's id; null for people nobody knows. */
	readonly known: string | null;
	/** In; or in, out again and back. */
	readonly walks: readonly Walk[];
}

export interface DemoScript extends Film {
	readonly seed: number;
	readonly actors: readonly DemoPerson[];
	readonly customers: readonly DemoCustomer[];
	readonly staff: { readonly id: string; readonly look: Look };
	/** Persons of the pool who are not in the film: for setting the threshold. */
	readonly calibration: readonly Look[];
}

/** Seconds of film between crossings, and around the stepping out. Measured from crossing to crossing. */
const firstCrossingS = 10.6;
const gapS = [5.4, 6.4] as const;
/** From the last arrival before to the stepping out: the next one leaves the picture before the other enters it. */
const beforeOutS = 6.2;
/** From the stepping out to the next arrival: they pass each other in the door, side by side. */
const afterOutS = 14.6;
const awayS = 20;

/** Who walks in when, all of it following from the seed. */
export function writeScript(seed: number): DemoScript {
	const random = seededRandom(seed);
	const between = (low: number, high: number): number => low + (high - low) * random();
	const looks = shuffled(persons, random);
	const faces = looks.slice(0, roles.length);
	const people = roles.map((role, i) => ({ id: `person-${i + 1}`, ...role, look: faces[i] ?? missingLook() }));

	const stepper = Math.floor(random() * customers.length);
	const order = arrivalOrder(people, customers[stepper]?.id ?? '', random);

	const walk = (path: 'in' | 'out', view: View, crossingS: number): Walk => {
		const pace = between(0.95, 1.06);
		const startMs = Math.round((crossingS - lineAtS[path] / pace) * 1000);
		return { path, view, startMs, pace, lane: between(-28, 22), sway: between(0.05, 0.14), phase: random() };
	};

	const walks = new Map<string, Walk[]>();
	let clock = firstCrossingS;
	const arrive = (person: { id: string; role: DemoRole }): void => {
		walks.set(person.id, [...(walks.get(person.id) ?? []), walk('in', person.role === 'unseen' ? 'turned' : 'front', clock)]);
		clock += between(...gapS);
	};
	for (const person of order.before) arrive(person);
	const outS = clock - gapS[0] + beforeOutS;
	walks.get(order.stepper.id)?.push(walk('out', 'back', outS));
	clock = outS + afterOutS;
	for (const person of order.meanwhile) arrive(person);
	clock = outS + awayS;
	arrive(order.stepper);
	for (const person of order.after) arrive(person);

	const actors = people.map((person) => ({ ...person, walks: walks.get(person.id) ?? [] }));
	const endMs = Math.max(...actors.flatMap((actor) => actor.walks.map((w) => w.startMs + walkMs(w))));
	const known = (id: string): Look => people.find((person) => person.known === id)?.look ?? missingLook();
	return {
		seed,
		durationMs: Math.ceil((endMs + 1000) / 1000) * 1000,
		actors,
		customers: customers.map((customer) => ({ ...customer, look: known(customer.id) })),
		staff: { id: walkingStaff, look: known(walkingStaff) },
		calibration: looks.slice(roles.length),
	};
}

const roles: readonly { readonly role: DemoRole; readonly known: string | null }[] = [
	...customers.map((customer) => ({ role: 'customer' as const, known: customer.id })),
	{ role: 'stranger', known: null },
	{ role: 'stranger', known: null },
	{ role: 'unseen', known: null },
	{ role: 'staff', known: walkingStaff },
];

/** Seconds after their start at which the paths reach the line at the usual pace. */
const lineAtS = { in: 9.6, out: 2.7 } as const;

type Arriving = { readonly id: string; readonly role: DemoRole; readonly known: string | null };

/**
 * The order of arrivals around the stepping out. While the customer is out, only people who are recognised come in: a
 * stranger coming in then could not be told from the one coming back, and would rightly be counted as that.
 */
function arrivalOrder<T extends Arriving>(people: readonly T[], stepperKnown: string, random: () => number) {
	const stepper = people.find((person) => person.known === stepperKnown);
	if (!stepper) throw new Error(`Nobody in the cast is "${stepperKnown}"`);
	const others = people.filter((person) => person !== stepper);
	const meanwhile = shuffled(
		others.filter((person) => person.known !== null),
		random,
	).slice(0, 1);
	const rest = shuffled(
		others.filter((person) => !meanwhile.includes(person)),
		random,
	);
	const earlier = 2 + Math.floor(random() * 2);
	return { stepper, before: shuffled([stepper, ...rest.slice(0, earlier)], random), meanwhile, after: rest.slice(earlier) };
}

function missingLook(): never {
	throw new Error(`The pool has too few drawn persons: ${persons.length}`);
}
