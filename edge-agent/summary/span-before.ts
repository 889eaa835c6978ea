const DAY_MS = 24 * 60 * 60_000;

interface Span {
	/** Unix ms, [from, to). */
	readonly from: number;
	readonly to: number;
}

/** As long a time just before: as many local days where it is whole days (clocks may be set among them), as many ms otherwise. */
export function spanBefore({ from, to }: Span): Span {
	const days = Math.round((to - from) / DAY_MS);
	return { from: days > 0 && daysLater(from, days) === to ? daysLater(from, -days) : from - (to - from), to: from };
}

function daysLater(at: number, days: number): number {
	const date = new Date(at);
	date.setDate(date.getDate() + days);
	return date.getTime();
}
