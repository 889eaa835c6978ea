import type { EventDraft } from '../contract/events.js';
import type { Rota } from '../contract/vocabulary.js';

/** What somebody has had of a rota's turns. */
export interface Turns {
	readonly turns: number;
	/** Turns behind a fair share; negative: ahead of it. */
	readonly owed: number;
}

/** By rota and member of staff. */
export type TurnsState = ReadonlyMap<Rota, ReadonlyMap<string, Turns>>;

export const noTurns: TurnsState = new Map();
const none: Turns = { turns: 0, owed: 0 };

export function turnsOf(state: TurnsState, rota: Rota, staff: string): Turns {
	return state.get(rota)?.get(staff) ?? none;
}

/**
 * Whose turn it is among those who could take it now: whoever is furthest behind a fair share, then whoever has had fewer turns. A turn's
 * fair share is 1/n for each of the n people who could have taken it: nobody falls behind while they are off, on a break or busy.
 */
export function inTurn(state: TurnsState, rota: Rota, among: readonly string[]): string[] {
	return among.toSorted((a, b) => {
		const [left, right] = [turnsOf(state, rota, a), turnsOf(state, rota, b)];
		const behind = right.owed - left.owed;
		// Sums of 1/3 and 1/7 that mean the same differ in their last digits.
		if (Math.abs(behind) > 1e-9) return behind;
		return left.turns - right.turns || (a < b ? -1 : 1);
	});
}

/** The turns after one more event. */
export function evolveTurns(state: TurnsState, event: EventDraft): TurnsState {
	if (event.type !== 'alert.opened' && event.type !== 'alert.rerouted') return state;
	const { turn } = event.body;
	if (!turn) return state;
	const rota = new Map(state.get(turn.rota));
	const { turns, owed } = rota.get(turn.staff) ?? none;
	rota.set(turn.staff, { turns: turns + 1, owed: owed - 1 });
	for (const staff of turn.among) {
		const had = rota.get(staff) ?? none;
		rota.set(staff, { ...had, owed: had.owed + 1 / turn.among.length });
	}
	return new Map(state).set(turn.rota, rota);
}
