import fc from 'fast-check';
import { expect, it } from 'vitest';
import { figuresOf } from '../../../edge-agent/log/figures.js';
import { type FiguresRow, partiesOf } from '../../../edge-agent/log/parties.js';

const OPENED = Date.parse('2026-11-23T02:00:00Z');
const plain: FiguresRow = {
	...{ id: 'v', party: null, partySize: 1, openedAt: OPENED, customer: null, repeat: 0, purpose: null, channel: null, models: '[]' },
	...{ greetedAt: null, greetedBy: null, receivedBy: null, steppedOutAt: null, lastSeenAt: OPENED, closedAt: null, closeReason: null },
	...{ contactLeft: 0, testDrive: 0, quote: 0, result: null, outcomeAt: null, quiet: 0, escalated: 0 },
};
const row = (id: string, more: Partial<FiguresRow> = {}): FiguresRow => ({ ...plain, id, ...more });
const figures = (rows: readonly FiguresRow[]) =>
	figuresOf({ from: OPENED, to: OPENED + 1, targetMs: 60_000, rows, guests: { expected: 0, arrived: 0 } });

const flag = fc.constantFrom(0, 1);
const someRow = fc.record({
	party: fc.option(fc.integer({ min: 0, max: 4 })),
	wait: fc.option(fc.integer({ min: -1000, max: 400_000 })),
	stay: fc.option(fc.integer({ min: 0, max: 20_000_000 })),
	more: fc.record({
		partySize: fc.integer({ min: 1, max: 9 }),
		customer: fc.option(fc.constantFrom('li', 'wang')),
		purpose: fc.option(fc.constantFrom('look-around', 'test-drive', 'service', 'complaint')),
		channel: fc.option(fc.constantFrom('walk-in', 'online')),
		models: fc.constantFrom('[]', '["y7"]', '["y7","y9"]'),
		contactLeft: flag,
		testDrive: flag,
		quote: flag,
		result: fc.option(fc.constantFrom('ordered', 'follow-up')),
		outcomeAt: fc.option(fc.constant(OPENED)),
		quiet: flag,
		escalated: flag,
		repeat: flag,
	}),
});
const someRows = fc.array(someRow, { maxLength: 25 }).map((all) =>
	all.map(({ party, wait, stay, more }, index): FiguresRow => {
		const openedAt = OPENED + index * 60_000;
		const staff = wait === null ? null : `s${index % 3}`;
		return row(`v${index}`, {
			...{
				...more,
				openedAt,
				party: party === null || party >= index ? null : `v${party}`,
				repeat: more.customer === null ? 0 : more.repeat,
			},
			...{ greetedAt: wait === null ? null : openedAt + wait, greetedBy: staff, receivedBy: staff },
			...{ closedAt: stay === null ? null : openedAt + stay, closeReason: stay === null ? null : 'left' },
		} as Partial<FiguresRow>);
	}),
);

it('every visit is received, left or waiting; parts are parts of a whole', () => {
	fc.assert(
		fc.property(someRows, (rows) => {
			const all = figures(rows);
			expect(all.received + all.leftUnreceived + all.leftAsWished + all.waiting).toBe(all.visits);
			expect(all.first + all.repeat).toBe(all.known);
			expect(all.persons).toBeGreaterThanOrEqual(all.visits);
			expect(all.persons).toBe(rows.reduce((sum, { partySize }) => sum + partySize, 0));
			for (const part of [all.contacts, all.testDrives, all.quotes, all.orders]) expect(part).toBeLessThanOrEqual(all.sales);
			for (const rate of Object.values(all.rates)) expect(rate === null || (rate >= 0 && rate <= 1)).toBe(true);
			for (const parts of [all.byPurpose, all.byChannel]) expect(parts.reduce((sum, { visits }) => sum + visits, 0)).toBe(all.visits);
			for (const columns of [all.byHour, all.byWeekday]) expect(columns.reduce((sum, visits) => sum + visits, 0)).toBe(all.visits);
			expect(all.byConsultant.reduce((sum, { openOutcomes }) => sum + openOutcomes, 0)).toBe(all.openOutcomes);
			const { greetMs } = all;
			if (greetMs) {
				const waits = partiesOf(rows).flatMap(({ greetMs: ms }) => (ms === null ? [] : [ms]));
				expect(greetMs.histogram.reduce((sum, { visits }) => sum + visits, 0)).toBe(waits.length);
				expect(waits.filter((ms) => ms <= greetMs.p50).length).toBeGreaterThanOrEqual(waits.length / 2);
				expect(waits.filter((ms) => ms < greetMs.p95).length).toBeLessThan(waits.length * 0.95);
				expect(greetMs.p50).toBeLessThanOrEqual(greetMs.p95);
			}
		}),
	);
});

it('how many visits there are depends on who came together, and on nothing else', () => {
	fc.assert(
		fc.property(someRows, (rows) => {
			const parties = new Set(rows.map(({ id, party }) => party ?? id));
			expect(figures(rows).visits).toBe(parties.size);
		}),
	);
});

it('of nothing there are no rates', () => {
	const { rates, greetMs, dwellMs, visits } = figures([]);
	expect([visits, greetMs, dwellMs]).toEqual([0, null, null]);
	expect(Object.values(rates)).toEqual([null, null, null, null, null]);
	// Known customers, and nobody of them for a sale.
	expect(figures([row('v', { customer: 'li', purpose: 'service' })]).rates).toEqual({
		...{ withinTarget: 0, repeat: 0, contacts: null, testDrives: null, orders: null },
	});
});

it('a party is received when one of them is, and has left when the last has', () => {
	const [first, second] = [
		row('a', { closedAt: OPENED + 600_000, closeReason: 'left' }),
		row('b', { party: 'a', openedAt: OPENED + 2000, partySize: 2, greetedAt: OPENED + 42_000, greetedBy: 'bo', receivedBy: 'bo' }),
	];
	expect(figures([first, second])).toMatchObject({ visits: 1, persons: 3, received: 1, leftUnreceived: 0, dwellMs: null });
	expect(figures([first, second]).greetMs?.p50).toBe(42_000);
	const gone = { ...second, closedAt: OPENED + 900_000, steppedOutAt: OPENED + 800_000, closeReason: 'left' } as const;
	expect(figures([first, gone]).dwellMs?.p50).toBe(800_000);
	expect(figures([first])).toMatchObject({ received: 0, leftUnreceived: 1 });
	expect(figures([{ ...first, quiet: 1 }])).toMatchObject({ leftUnreceived: 0, leftAsWished: 1 });
});

it('whoever was not seen for long left when they were last seen', () => {
	const absent = row('a', { closedAt: OPENED + 15_000_000, closeReason: 'absent', lastSeenAt: OPENED + 1_200_000 });
	expect(figures([absent]).dwellMs?.p50).toBe(1_200_000);
});

it('a service visit that led to an order is about buying after all', () => {
	expect(figures([row('a', { purpose: 'service' }), row('b', { purpose: 'service', result: 'ordered' })])).toMatchObject({
		...{ visits: 2, sales: 1, orders: 1, rates: { orders: 1 } },
	});
});
