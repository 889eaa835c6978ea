import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { HoursConfig } from '../../../edge-agent/config/config.schema.js';
import { closingOf, dayOf, daysAfter } from '../../../edge-agent/reception/store-hours.js';
import { spanBefore } from '../../../edge-agent/summary/span-before.js';
import { summaryDue } from '../../../edge-agent/summary/summary-due.js';

const before = process.env.TZ;
afterEach(() => {
	if (before === undefined) delete process.env.TZ;
	else process.env.TZ = before;
});

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const weekdays: HoursConfig[] = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }];
const at = (time: string) => Date.parse(`${time}+08:00`);

it('makes a day once it has been over for so long, and not before', () => {
	process.env.TZ = 'Asia/Shanghai';
	// 2026-11-23 is a Monday.
	expect(summaryDue(weekdays, 15, '2026-11-20', at('2026-11-23T18:14:59'))).toEqual([]);
	expect(summaryDue(weekdays, 15, '2026-11-20', at('2026-11-23T18:15:00'))).toEqual(['2026-11-23']);
	expect(summaryDue(weekdays, 15, '2026-11-23', at('2026-11-23T23:00:00'))).toEqual([]);
});

it('makes up for days that were missed, but not for those on which the store does not open, nor for old ones', () => {
	process.env.TZ = 'Asia/Shanghai';
	expect(summaryDue(weekdays, 15, '2026-11-19', at('2026-11-24T12:00:00'))).toEqual(['2026-11-20', '2026-11-23']);
	const daily: HoursConfig[] = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '18:00' }];
	expect(summaryDue(daily, 15, '2026-01-01', at('2026-11-24T12:00:00'))).toEqual(
		[17, 18, 19, 20, 21, 22, 23].map((day) => `2026-11-${day}`),
	);
	expect(summaryDue(daily, 15, '2026-01-01', at('2026-11-24T19:00:00'))).toHaveLength(7);
	expect(summaryDue([], 15, '2026-01-01', at('2026-11-24T12:00:00'))).toEqual([]);
});

it('a day that ends at midnight is summed up on the next', () => {
	process.env.TZ = 'Asia/Shanghai';
	const late: HoursConfig[] = [{ days: [1], from: '18:00', to: '24:00' }];
	expect(summaryDue(late, 30, '2026-11-20', at('2026-11-24T00:29:00'))).toEqual([]);
	expect(summaryDue(late, 30, '2026-11-20', at('2026-11-24T00:30:00'))).toEqual(['2026-11-23']);
});

it('whenever the clock is looked at, and however it jumps, no day is made twice or too early, and none of an unbroken week is left out', () => {
	process.env.TZ = 'Europe/Berlin';
	// Clocks are set back on 25 October.
	const start = Date.parse('2026-10-19T12:00:00+02:00');
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
			fc.integer({ min: 0, max: 360 }),
			fc.array(fc.integer({ min: -300, max: 2 * 24 * 60 }), { minLength: 1, maxLength: 30 }),
			(days, after, steps) => {
				const hours: HoursConfig[] = [{ days, from: '10:00', to: '20:00' }];
				let [now, lastMade] = [start, '2026-10-18'];
				let latest = start;
				const made: string[] = [];
				for (const step of steps) {
					now += step * MINUTE;
					latest = Math.max(latest, now);
					for (const day of summaryDue(hours, after, lastMade, now)) {
						expect((closingOf(hours, day) ?? Number.POSITIVE_INFINITY) + after * MINUTE).toBeLessThanOrEqual(now);
						made.push(day);
						lastMade = day;
					}
				}
				expect(made).toEqual([...new Set(made)].toSorted());
				const over = Array.from({ length: 100 }, (_, n) => daysAfter('2026-10-19', n)).filter((day) => {
					const closing = closingOf(hours, day);
					return closing !== null && closing + after * MINUTE <= latest;
				});
				expect(made).toEqual(over);
			},
		),
	);
});

it('the span before is as many days, by the calendar', () => {
	process.env.TZ = 'Europe/Berlin';
	const week = { from: Date.parse('2026-10-19T00:00:00+02:00'), to: Date.parse('2026-10-26T00:00:00+01:00') };
	expect(spanBefore(week)).toEqual({ from: Date.parse('2026-10-12T00:00:00+02:00'), to: week.from });
	const after = { from: week.to, to: week.to + 7 * DAY };
	expect(spanBefore(after)).toEqual(week);
	expect(spanBefore({ from: 1000, to: 4000 })).toEqual({ from: -2000, to: 1000 });
	expect(dayOf(spanBefore(after).from)).toBe('2026-10-19');
});
