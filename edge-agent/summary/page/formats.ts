import type { PageWords } from './words.js';

const MINUTE_MS = 60_000;

/** The local time of day: `18:15`. */
export function clockOf(at: number): string {
	const date = new Date(at);
	return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** The local date and time: `2026-11-23 18:15`. */
export function moment(at: number): string {
	const date = new Date(at);
	return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${clockOf(at)}`;
}

/** A day (`2026-11-23`) written out with its weekday. */
export function dayTitle(day: string, tag: string): string {
	return new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(day));
}

/** A wait, to the second. */
export function wait(ms: number, words: PageWords): string {
	return words.seconds(Math.round(ms / 1000));
}

/** Minutes and seconds: `1:30`. */
export function minutesOf(ms: number): string {
	return `${Math.floor(ms / MINUTE_MS)}:${twoDigits(Math.round((ms % MINUTE_MS) / 1000))}`;
}

/** A stay, to the minute. */
export function stay(ms: number, words: PageWords): string {
	return words.minutes(Math.round(ms / MINUTE_MS));
}

/** A fraction in percent; `—` of nothing. */
export function percent(rate: number | null): string {
	return rate === null ? '—' : `${Math.round(rate * 100)}%`;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
