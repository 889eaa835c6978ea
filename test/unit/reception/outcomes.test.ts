import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { CloseReason, Instant } from '../../../edge-agent/contract/vocabulary.js';
import { askForOutcomes, type DueOutcome, evolveOutcomes, followUpAt, nextAskAt } from '../../../edge-agent/reception/outcomes.js';
import type { Visit } from '../../../edge-agent/visits/visits.types.js';
import { noVisits } from '../../../edge-agent/visits/visits-state.js';

const MINUTE = 60_000;
const rules = { everyMs: 30 * MINUTE };
const at = (wall: number): Instant => ({ wall, mono: wall, boot: 'b' });
const visit: Visit = {
	...{ id: 'v', openedAt: at(0), entrance: null, customer: null, steppedOutAt: null, lastSeenAt: at(0), greetedAt: at(0) },
	...{ receivedBy: 'anna', checkin: null, party: null, outcome: false },
};
const here = (what: Partial<Visit> = {}) => ({ ...noVisits, open: new Map([['v', { ...visit, ...what }]]) });
const closed = (reason: CloseReason): EventDraft => ({
	...{ id: 'e', type: 'visit.closed', at: at(0), actor: 'system', subject: 'v', cause: null, body: { visit: 'v', reason } },
});
const none: ReadonlyMap<string, DueOutcome> = new Map();

describe('the form about a visit', () => {
	it('is due when the visit is over, from whoever received the visitor', () => {
		expect([...evolveOutcomes(none, closed('left'), here()).values()]).toEqual([
			{ visit: 'v', staff: 'anna', closedAt: 0, asked: 0, askedAt: null },
		]);
	});

	it('is not, of couriers and colleagues, of whom nobody received, or when it is there already', () => {
		for (const reason of ['staff', 'courier', 'not-a-visitor', 'merged'] as const)
			expect(evolveOutcomes(none, closed(reason), here()).size).toBe(0);
		expect(evolveOutcomes(none, closed('left'), here({ receivedBy: null })).size).toBe(0);
		expect(evolveOutcomes(none, closed('left'), here({ outcome: true })).size).toBe(0);
	});
});

it('is asked for at once, then every half hour while the store is open, six times in all, however the time passes', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(40), fc.boolean()), { maxLength: 60 }), (steps) => {
			let due = evolveOutcomes(none, closed('left'), here());
			let minute = 0;
			const asked: number[] = [];
			for (const [gap, open] of steps) {
				minute += gap;
				const events = askForOutcomes(due, open, at(minute * MINUTE), () => 'id', rules);
				asked.push(...events.map(() => minute));
				due = events.reduce((state, event) => evolveOutcomes(state, event, noVisits), due);
				// Nothing is left undone that is due now.
				const next = nextAskAt(due, minute * MINUTE, (time) => (open ? time : null), rules);
				expect(next === null || next > minute * MINUTE).toBe(true);
			}
			expect(asked.length).toBeLessThanOrEqual(6);
			for (const [index, time] of asked.entries()) if (index > 0) expect(time - (asked[index - 1] ?? 0)).toBeGreaterThanOrEqual(30);
		}),
	);
});

it('is not asked for any more of a visit a week ago', () => {
	const due = evolveOutcomes(none, closed('left'), here());
	const week = 7 * 24 * 60 * MINUTE;
	expect(askForOutcomes(due, true, at(week), () => 'id', rules)).toHaveLength(1);
	expect(askForOutcomes(due, true, at(week + 1), () => 'id', rules)).toEqual([]);
	expect(nextAskAt(due, week + 1, (time) => time, rules)).toBeNull();
});

it('whoever means to buy is called within the days of their grade', () => {
	const days = (grade: Parameters<typeof followUpAt>[0]) => (followUpAt(grade, 0) ?? Number.NaN) / 86_400_000;
	expect((['H', 'A', 'B', 'C'] as const).map(days)).toEqual([7, 15, 30, 90]);
	expect([followUpAt('D', 0), followUpAt(null, 0)]).toEqual([null, null]);
});
