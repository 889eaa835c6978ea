import type { EventType } from '../contract/events.js';

/** Turns the body of one version into the next one's. */
export type Upcaster = (body: unknown) => unknown;

/**
 * By event type, the steps from version 1 to the current one: the first makes version 2 of version 1. Events are stored as
 * they happened and lifted when read, so history is never rewritten.
 */
export type Upcasters = { readonly [T in EventType]?: readonly Upcaster[] };

/** Since version 2 an arrival says what the decision about the face rests on. */
const withFace: Upcaster = (body) => ({ ...(body as object), face: null });
/** Since version 2 an enrolment says what somebody waved through. */
const withDoubt: Upcaster = (body) => ({ ...(body as object), despite: null, other: null });

/** Since version 3 an arrival says whose party it is of. */
const withParty: Upcaster = (body) => ({ ...(body as object), party: null });
/** Since version 2 an alert says of what kind it is, whose turn it was and who was passed over. */
const withTurn: Upcaster = (body) => ({ ...(body as object), turn: null, passed: [], quiet: false });
const arrivalAlert: Upcaster = (body) => ({ ...(withTurn(body) as object), kind: 'arrival', from: null });

export const upcasters: Upcasters = {
	'visit.opened': [withFace, withParty],
	'alert.opened': [arrivalAlert],
	'alert.rerouted': [(body) => ({ ...(withTurn(body) as object), base: 0 })],
	'visit.identified': [withFace],
	'customer.enrolled': [withDoubt],
	'staff.enrolled': [withDoubt],
};

/** The version in which new events of this type are stored. */
export function currentVersion(type: EventType, table: Upcasters = upcasters): number {
	return 1 + (table[type]?.length ?? 0);
}

/**
 * A stored body of `version` as the current version has it.
 *
 * @throws Error for a version that this program does not know yet.
 */
export function upcast(type: EventType, version: number, body: unknown, table: Upcasters = upcasters): unknown {
	const current = currentVersion(type, table);
	if (version > current)
		throw new Error(`a ${type} event of version ${version} was written by a newer program (this one knows ${current})`);
	const steps = table[type]?.slice(version - 1) ?? [];
	return steps.reduce((lifted, step) => step(lifted), body);
}
