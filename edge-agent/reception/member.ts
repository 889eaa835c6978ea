import { Refused } from '../alerts/refused.js';
import type { Floor } from '../visits/floor.js';

/** @throws Refused `no-such-staff` when one of these does not work here */
export async function member(floor: Floor, ...staff: readonly string[]): Promise<void> {
	const there = await floor.options.queries.staff();
	for (const id of staff) if (!there.some((person) => person.id === id)) throw new Refused('no-such-staff', id);
}
