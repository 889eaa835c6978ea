import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evolveTurns, inTurn, noTurns, turnsOf } from '../../../edge-agent/alerts/turns.js';
import type { EventDraft } from '../../../edge-agent/contract/events.js';

const crew = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

function opened(staff: string, among: string[]): EventDraft {
	const body = {
		...{ alert: 'x', visit: 'x', kind: 'arrival' as const, from: null, customer: null, purpose: null, steps: [], passed: [], quiet: false },
		...{ turn: { rota: 'sales' as const, staff, among }, redAfterMs: 1 },
	};
	const at = { wall: 0, mono: 0, boot: 'b' };
	return { id: 'x', type: 'alert.opened', at, actor: 'system', subject: 'x', cause: null, body };
}

/** Whose turn each of these is, given who could take it. */
function play(rounds: readonly (readonly string[])[]) {
	let state = noTurns;
	for (const among of rounds) {
		const [first] = inTurn(state, 'sales', among);
		if (first !== undefined) state = evolveTurns(state, opened(first, [...among]));
	}
	return crew.map((staff) => ({ staff, ...turnsOf(state, 'sales', staff) }));
}

it('with everybody always there nobody is ever a whole turn from a fair share', () => {
	fc.assert(
		fc.property(fc.nat(60), (rounds) => {
			const had = play(Array.from({ length: rounds }, () => crew));
			for (const { turns } of had) expect(Math.abs(turns - rounds / crew.length)).toBeLessThan(1);
		}),
	);
});

it('what somebody is owed is their fair share less their turns, and over all it sums to nothing', () => {
	fc.assert(
		fc.property(fc.array(fc.subarray(crew, { minLength: 1 }), { maxLength: 80 }), (rounds) => {
			const had = play(rounds);
			for (const { staff, turns, owed } of had) {
				const fair = rounds.reduce((sum, among) => sum + (among.includes(staff) ? 1 / among.length : 0), 0);
				expect(owed).toBeCloseTo(fair - turns, 9);
			}
			expect(had.reduce((sum, { owed }) => sum + owed, 0)).toBeCloseTo(0, 9);
			expect(had.reduce((sum, { turns }) => sum + turns, 0)).toBe(rounds.length);
		}),
	);
});

it('somebody who was away has nothing to catch up on, and comes first to nobody’s loss', () => {
	const others = crew.filter((staff) => staff !== 'g');
	const had = play([...Array.from({ length: 60 }, () => others), ...Array.from({ length: 14 }, () => crew)]);
	expect(had.find(({ staff }) => staff === 'g')?.turns).toBe(2);
});
