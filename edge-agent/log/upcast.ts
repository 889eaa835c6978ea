import type { EventType } from '../contract/events.js';

/** Turns the body of one version into the next one's. */
export type Upcaster = (body: unknown) => unknown;

/**
 * By event type, the steps from version 1 to the current one: the first makes version 2 of version 1. Events are stored as
 * they happened and lifted when read, so history is never rewritten.
 */
export type Upcasters = { readonly [T in EventType]?: readonly Upcaster[] };

/** Every event type is at version 1 so far. */
export const upcasters: Upcasters = {};

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
