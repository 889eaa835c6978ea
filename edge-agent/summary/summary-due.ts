import type { HoursConfig } from '../config/config.schema.js';
import { closingOf, dayOf, daysAfter } from '../reception/store-hours.js';

/** After a longer silence nobody wants the old days' messages. */
const MOST_DAYS = 7;
const MINUTE_MS = 60_000;

/**
 * The days whose summary is to be made now, oldest first: those over for `afterMinutes` since `lastMade` (`2026-11-23`; the last that needs none),
 * of the last seven. A day on which the store does not open has none. A `lastMade` that is still to come (the clock was wrong) means nothing.
 *
 * @param now Unix ms
 */
export function summaryDue(hours: readonly HoursConfig[], afterMinutes: number, lastMade: string, now: number): string[] {
	const today = dayOf(now);
	return Array.from({ length: MOST_DAYS + 1 }, (_, ago) => daysAfter(today, ago - MOST_DAYS))
		.filter((day) => day > lastMade)
		.filter((day) => {
			const closing = closingOf(hours, day);
			return closing !== null && closing + afterMinutes * MINUTE_MS <= now;
		})
		.slice(-MOST_DAYS);
}
