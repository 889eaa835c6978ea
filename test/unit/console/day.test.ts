import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../console/src/shared/duration.js';
import { randomId } from '../../../console/src/shared/random-id.js';
import { checkedInSince, dayRange, figuresOf, matchesText, median, mergeVisits } from '../../../console/src/visits/day.js';
import type { VisitView } from '../../../edge-agent/contract/api.js';

function visit(over: Partial<VisitView> = {}): VisitView {
	return {
		...{ id: 'v', openedAt: 1000, entrance: 'main', source: 'crossing', customer: null, checkin: null, purpose: null, host: null },
		...{ steppedOutAt: null, greetedAt: null, greetedBy: null, closedAt: null, closeReason: null },
		...{ receivedBy: null, party: null, repeat: null, lastSeenAt: 1000, mergedInto: null },
		record: {
			...{ channel: null, partySize: 1, models: [], rivals: [], grade: null, result: null },
			...{ testDrive: false, quote: false, contactLeft: false, outcomeAt: null, outcomeBy: null },
		},
		...over,
	};
}
const hour = 3_600_000;
const hourOf = (at: number) => Math.floor(at / hour);

describe("a day's visits", () => {
	it('are the fetched ones, replaced and joined by what changed since, newest first, of this day only', () => {
		const changed = new Map([
			['a', visit({ id: 'a', openedAt: 10, greetedAt: 99 })],
			['b', visit({ id: 'b', openedAt: 50 })],
			['c', visit({ id: 'c', openedAt: 100 })],
		]);
		const rows = mergeVisits([visit({ id: 'a', openedAt: 10 })], changed, 0, 100);
		expect(rows.map(({ id }) => id)).toEqual(['b', 'a']);
		expect(rows[1]?.greetedAt).toBe(99);
	});

	it('keep the telephones that were fetched, and say whose are still to be asked for', () => {
		const checkin = { name: '王芳', telephone: null, model: null };
		const changed = new Map(
			['known', 'new', 'tomorrow'].map((id) => [id, visit({ id, openedAt: id === 'tomorrow' ? 100 : 10, checkin, greetedAt: 99 })]),
		);
		const fetched = [visit({ id: 'known', openedAt: 10, checkin: { ...checkin, telephone: '13800138000' } })];
		const rows = mergeVisits(fetched, changed, 0, 100);
		expect(rows.map(({ id, greetedAt, checkin }) => [id, greetedAt, checkin?.telephone])).toEqual([
			['new', 99, null],
			['known', 99, '13800138000'],
		]);
		expect(checkedInSince(fetched, changed, 0, 100)).toEqual(['new']);
	});

	it('cover each moment by one day', () => {
		expect(dayRange(2026, 2, 28).to).toBe(dayRange(2026, 3, 1).from);
		expect(dayRange(2026, 12, 31).to).toBe(dayRange(2027, 1, 1).from);
	});

	it('count visitors, not colleagues, couriers and false alerts', () => {
		const figures = figuresOf(
			[
				visit({ id: '1', openedAt: 10 * hour, greetedAt: 10 * hour + 30_000 }),
				visit({ id: '2', openedAt: 10 * hour + 1, greetedAt: 10 * hour + 90_001 }),
				visit({ id: '3', openedAt: 20 * hour }),
				visit({ id: '4', openedAt: 10 * hour, closeReason: 'courier' }),
			],
			hourOf,
		);
		expect(figures).toMatchObject({ arrivals: 3, greeted: 2, medianWaitMs: 60_000, overMinute: 1 });
		expect(figures.hours.map((one) => one.hour)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
		expect(figures.hours[1]).toEqual({ hour: 10, arrivals: 2, waitSeconds: 60 });
		expect(figures.hours.at(-1)).toEqual({ hour: 20, arrivals: 1, waitSeconds: null });
	});

	it('are all in some hour', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 24 * hour - 1 })), (times) => {
				const figures = figuresOf(
					times.map((openedAt, index) => visit({ id: `${index}`, openedAt })),
					hourOf,
				);
				expect(figures.hours.reduce((sum, one) => sum + one.arrivals, 0)).toBe(times.length);
			}),
		);
	});

	it('are found by all words of the search, wherever they stand in the row', () => {
		const row = visit({ customer: { id: 'c', name: 'Ada 刘' }, host: 'wang' });
		const staff = [{ id: 'wang', name: '王芳', role: 'consultant', onDuty: true }] as const;
		const found = (text: string) => matchesText(row, text, staff, () => ['试驾']);
		expect(found('')).toBe(true);
		expect(found('ada 王芳')).toBe(true);
		expect(found('试驾 刘')).toBe(true);
		expect(found('ada 李')).toBe(false);
	});
});

it('takes the median', () => {
	expect(median([])).toBeNull();
	expect(median([5])).toBe(5);
	expect(median([9, 1, 4])).toBe(4);
	expect(median([1, 2, 10, 3])).toBe(2.5);
});

it('writes waiting times', () => {
	expect([-5, 0, 59_999, 60_000, 3_599_999, 3_600_000].map(formatDuration)).toEqual(['0:00', '0:00', '0:59', '1:00', '59:59', '1:00:00']);
});

it('makes UUIDs of version 4 where the browser has no randomUUID', () => {
	const source = { getRandomValues: crypto.getRandomValues.bind(crypto) };
	const ids = Array.from({ length: 50 }, () => randomId(source));
	for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	expect(new Set(ids).size).toBe(50);
});
