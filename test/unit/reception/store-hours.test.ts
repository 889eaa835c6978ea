import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { HoursConfig } from '../../../edge-agent/config/config.schema.js';
import { changesAt, closingOf, dayBounds, dayOf, daysAfter, isOpen, weekdayOf } from '../../../edge-agent/reception/store-hours.js';

const before = process.env.TZ;
afterEach(() => {
	if (before === undefined) delete process.env.TZ;
	else process.env.TZ = before;
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const someHours: fc.Arbitrary<HoursConfig> = fc
	.record({
		days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
		from: fc.integer({ min: 0, max: 1439 }),
		length: fc.integer({ min: 1, max: 1440 }),
	})
	.map(({ days, from, length }) => ({ days, from: clock(from), to: clock(Math.min(from + length, 1440)) }));
const week = fc.array(someHours, { maxLength: 5 });
const workdays: HoursConfig[] = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }];

/** Around each zone's changes of clocks, and far from them. Santiago and Beirut set theirs at midnight, Havana repeats the hour after it. */
const zones = {
	'Asia/Shanghai': ['2026-11-23'],
	'Europe/Berlin': ['2026-03-29', '2026-10-25', '2026-07-01'],
	'America/Santiago': ['2026-04-05', '2026-09-06'],
	'Asia/Beirut': ['2026-03-29', '2026-10-25'],
	'America/Havana': ['2026-03-08', '2026-11-01'],
	'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'],
} as const;

describe.each(Object.entries(zones))('in %s', (zone, days) => {
	const moments = fc
		.record({ day: fc.constantFrom(...days), minutes: fc.integer({ min: -9 * 24 * 60, max: 3 * 24 * 60 }) })
		.map(({ day, minutes }) => Date.parse(day) + minutes * MINUTE);

	it('every moment is within its own day, and days follow each other without a gap', () => {
		process.env.TZ = zone;
		fc.assert(
			fc.property(moments, (at) => {
				const day = dayOf(at);
				const { from, to } = dayBounds(day);
				expect(from <= at && at < to).toBe(true);
				expect(dayBounds(daysAfter(day, 1)).from).toBe(to);
				expect(dayOf(to - 1)).toBe(day);
				expect(weekdayOf(day)).toBe(new Date(at).getDay() || 7);
			}),
		);
	});

	it('nothing changes before the next change, and something does then', () => {
		process.env.TZ = zone;
		fc.assert(
			fc.property(week, moments, (hours, at) => {
				const open = isOpen(hours, at);
				const next = changesAt(hours, at);
				const until = next ?? at + 9 * 24 * HOUR;
				expect(until).toBeGreaterThan(at);
				for (let step = at; step < until; step += 5 * MINUTE) expect(isOpen(hours, step)).toBe(open);
				expect(isOpen(hours, until - 1)).toBe(open);
				if (next !== null) expect(isOpen(hours, next)).toBe(!open);
			}),
			{ numRuns: 60 },
		);
	});

	it('after closing nothing opens that day', () => {
		process.env.TZ = zone;
		fc.assert(
			fc.property(week, moments, (hours, at) => {
				const day = dayOf(at);
				const { from, to } = dayBounds(day);
				const closing = closingOf(hours, day);
				expect(closing === null || (from < closing && closing <= to && isOpen(hours, closing - 1))).toBe(true);
				for (let step = closing ?? from; step < to; step += 5 * MINUTE) expect(isOpen(hours, step)).toBe(false);
			}),
			{ numRuns: 60 },
		);
	});
});

it('reads the clock of the wall', () => {
	process.env.TZ = 'Asia/Shanghai';
	const at = (time: string) => Date.parse(`2026-11-27T${time}:00+08:00`); // a Friday
	expect(isOpen(workdays, at('08:59'))).toBe(false);
	expect(isOpen(workdays, at('09:00'))).toBe(true);
	expect(isOpen(workdays, at('18:00'))).toBe(false);
	expect(changesAt(workdays, at('09:00'))).toBe(at('18:00'));
	// The next Monday.
	expect(changesAt(workdays, at('18:00'))).toBe(Date.parse('2026-11-30T09:00:00+08:00'));
	expect(closingOf(workdays, '2026-11-27')).toBe(at('18:00'));
	expect(closingOf(workdays, '2026-11-28')).toBeNull();
	expect(dayOf(at('00:00'))).toBe('2026-11-27');
});

it('a day on which clocks are set back has 25 hours, and opens by the clock', () => {
	process.env.TZ = 'Europe/Berlin';
	const { from, to } = dayBounds('2026-10-25');
	expect(to - from).toBe(25 * HOUR);
	expect(changesAt([{ days: [7], from: '09:00', to: '18:00' }], from)).toBe(Date.parse('2026-10-25T09:00:00+01:00'));
});

it('hours that adjoin are one, also over midnight', () => {
	process.env.TZ = 'Asia/Shanghai';
	const all = [1, 2, 3, 4, 5, 6, 7];
	const always: HoursConfig[] = [
		{ days: all, from: '00:00', to: '12:00' },
		{ days: all, from: '12:00', to: '24:00' },
	];
	expect(changesAt(always, Date.parse('2026-11-27T11:00:00+08:00'))).toBeNull();
	const night: HoursConfig[] = [
		{ days: [5], from: '20:00', to: '24:00' },
		{ days: [6], from: '00:00', to: '02:00' },
	];
	expect(changesAt(night, Date.parse('2026-11-27T21:00:00+08:00'))).toBe(Date.parse('2026-11-28T02:00:00+08:00'));
	expect(changesAt([], Date.parse('2026-11-27T21:00:00+08:00'))).toBeNull();
});
