import type { HoursConfig } from '../config/config.schema.js';

/**
 * When the store is open, and local days. Local is the process's time zone (TZ). Days are written `2026-11-23`, moments are Unix ms. A clock time
 * that a day has twice (clocks set back) is the first of the two; one that it lacks is as much later.
 */
type Hours = readonly HoursConfig[];
interface Span {
	readonly from: number;
	readonly to: number;
}

/** Opening hours repeat every week; a second one, should a day of the first lack them for clocks set forward. */
const LOOK_AHEAD_DAYS = 15;

/** Whether `at` is within the hours. */
export function isOpen(hours: Hours, at: number): boolean {
	return spansOf(hours, dayOf(at)).some(({ from, to }) => from <= at && at < to);
}

/** When the store opens or closes next after `at`; null: never, it is always open or always closed. */
export function changesAt(hours: Hours, at: number): number | null {
	const today = dayOf(at);
	const days = Array.from({ length: LOOK_AHEAD_DAYS }, (_, ahead) => daysAfter(today, ahead));
	const end = dayBounds(daysAfter(today, LOOK_AHEAD_DAYS)).from;
	for (const { from, to } of joined(days.flatMap((day) => spansOf(hours, day)))) {
		if (at < from) return from;
		if (at < to) return to === end ? null : to;
	}
	return null;
}

/** When the store closes for the last time that day; null: it does not open. */
export function closingOf(hours: Hours, day: string): number | null {
	return joined(spansOf(hours, day)).at(-1)?.to ?? null;
}

/** The local day of a moment. */
export function dayOf(at: number): string {
	const date = new Date(at);
	return dayString(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
}

/** The moments [from, to) of a local day: 23 or 25 hours where clocks are set that day. */
export function dayBounds(day: string): { readonly from: number; readonly to: number } {
	return { from: moment(day, '00:00'), to: moment(day, '24:00') };
}

/** The day so many days after (negative: before) another, by the calendar. */
export function daysAfter(day: string, days: number): string {
	return dayString(Date.parse(day) + days * 24 * 60 * 60_000);
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(day: string): number {
	return new Date(day).getUTCDay() || 7;
}

/** Of a moment whose UTC date is meant. */
function dayString(utc: number): string {
	return new Date(utc).toISOString().slice(0, 10);
}

function moment(day: string, clock: string): number {
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	const [hour = 0, minute = 0] = clock.split(':').map(Number);
	return new Date(year, month - 1, date, hour, minute).getTime();
}

function spansOf(hours: Hours, day: string): Span[] {
	const weekday = weekdayOf(day);
	return hours
		.filter(({ days }) => days.includes(weekday))
		.map(({ from, to }) => ({ from: moment(day, from), to: moment(day, to) }))
		.filter(({ from, to }) => from < to);
}

/** In order, and as one what overlaps or adjoins. */
function joined(spans: readonly Span[]): Span[] {
	const all: Span[] = [];
	for (const span of spans.toSorted((a, b) => a.from - b.from)) {
		const last = all.at(-1);
		if (last && span.from <= last.to) all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
		else all.push(span);
	}
	return all;
}
