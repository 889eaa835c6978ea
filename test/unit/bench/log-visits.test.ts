import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customers, dayOfEvents, visitDays, visitEvents } from '../../../edge-agent/bench/log-visits.js';
import { seededRandom } from '../../../edge-agent/demo/random.js';
import { checkDraft } from '../../../edge-agent/log/event-check.js';

describe('the spread of visits over time', () => {
	it('makes five years of a million, 548 a day over the week, more at the weekend', () => {
		const days = visitDays(1_000_000);
		expect(days.reduce((sum, { visits }) => sum + visits, 0)).toBe(1_000_000);
		expect(days.length / 365.25).toBeCloseTo(5, 1);
		expect(days.slice(0, 7).map(({ visits }) => visits)).toEqual([457, 457, 457, 457, 457, 776, 776]);
	});

	it('gives as many visits as asked, each day beginning where the one before ended', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 20_000 }), (visits) => {
				const days = visitDays(visits);
				expect(days.reduce((sum, day) => sum + day.visits, 0)).toBe(visits);
				expect(days.slice(1).map(({ from }) => from)).toEqual(days.slice(0, -1).map(({ to }) => to));
			}),
			{ numRuns: 50 },
		);
	});

	it('lets a day’s visitors in during its opening hours, events in the order of their times', () => {
		const [day] = visitDays(400);
		if (!day) throw new Error('no day');
		const events = dayOfEvents(day, seededRandom(1));
		expect(events).toHaveLength(8 * 400);
		expect(events).toEqual(events.toSorted((a, b) => a.at.wall - b.at.wall));
		const hours = events.filter(({ type }) => type === 'visit.opened').map(({ at }) => new Date(at.wall).getHours());
		expect([Math.min(...hours), Math.max(...hours)]).toEqual([9, 19]);
		// Visits overlap: they do not lie in the log one after the other.
		expect(new Set(events.slice(0, 80).map(({ subject }) => subject)).size).toBeGreaterThan(20);
	});
});

describe('a visit', () => {
	it('is eight events that the log takes, each caused by the one before, no two ids alike', () => {
		const seen = new Set<string>();
		for (let seed = 0; seed < 200; seed++) {
			const events = visitEvents(1_700_000_000_000, seededRandom(seed));
			expect(events.map(checkDraft)).toHaveLength(8);
			expect(events.map(({ cause }) => cause)).toEqual([null, ...events.slice(0, -1).map(({ id }) => id)]);
			for (const { id } of events) seen.add(id);
		}
		expect(seen.size).toBe(8 * 200);
	});

	it('is known in two cases of five, of 14,200 customers', () => {
		const random = seededRandom(7);
		const who = Array.from({ length: 20_000 }, () => {
			const [opened] = visitEvents(1_700_000_000_000, random);
			return opened?.type === 'visit.opened' ? opened.body.customer : 'no opening';
		});
		const known = who.filter((customer) => customer !== null);
		expect(known.length / who.length).toBeCloseTo(0.4, 1);
		expect(known.every((customer) => Number(customer.replace('customer-', '')) < customers)).toBe(true);
		expect(new Set(known).size).toBeGreaterThan(3_000);
	});
});
