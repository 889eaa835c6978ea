/** One page of a brochure being looked at since a moment on the monotonic clock, ms. */
export interface Reading {
	readonly brochure: string;
	readonly page: number;
	readonly since: number;
}

/** A page that was looked at, and for how long. */
export interface Seen {
	readonly brochure: string;
	readonly page: number;
	readonly ms: number;
}

/** Pages passed faster than this on the way to another were not read, ms. */
export const leafedMs = 500;

/** What was seen when a reading ends; null when the page was only passed by. */
export function seenOf(reading: Reading, now: number): Seen | null {
	const ms = Math.round(now - reading.since);
	return ms < leafedMs ? null : { brochure: reading.brochure, page: reading.page, ms };
}

/** The page a swipe or key leads to: never beyond the ends. */
export function turn(page: number, by: 1 | -1, pages: number): number {
	return Math.min(Math.max(page + by, 0), pages - 1);
}

/** What a finger's way means, in CSS px: mostly sideways and at least 60 px is a turn; to the left is forward. */
export function swipeOf(dx: number, dy: number): 1 | -1 | null {
	if (Math.abs(dx) < 60 || Math.abs(dx) < 1.5 * Math.abs(dy)) return null;
	return dx < 0 ? 1 : -1;
}
