import type { StaffView, VisitView } from '../../../edge-agent/contract/api.js';
import { staffName } from '../desk/select.js';

/** A calendar day on this screen's clock, as [from, to) in Unix ms. Days with a change of clocks have 23 or 25 hours. */
export function dayRange(year: number, month: number, day: number): { readonly from: number; readonly to: number } {
	return { from: new Date(year, month - 1, day).getTime(), to: new Date(year, month - 1, day + 1).getTime() };
}

/** The visits of a day: those fetched, replaced by what changed since, newest first. Telephones come with what is fetched alone. */
export function mergeVisits(
	fetched: readonly VisitView[],
	changed: ReadonlyMap<string, VisitView>,
	from: number,
	to: number,
): readonly VisitView[] {
	const rows = new Map(fetched.map((visit) => [visit.id, visit]));
	for (const visit of changed.values()) {
		if (visit.openedAt < from || visit.openedAt >= to) continue;
		const telephone = rows.get(visit.id)?.checkin?.telephone ?? null;
		rows.set(visit.id, { ...visit, checkin: visit.checkin && { ...visit.checkin, telephone } });
	}
	return [...rows.values()].sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? 1 : -1));
}

/** The visits of the day whose visitors have checked in since they were fetched: their telephones are still to be asked for. */
export function checkedInSince(
	fetched: readonly VisitView[],
	changed: ReadonlyMap<string, VisitView>,
	from: number,
	to: number,
): readonly string[] {
	const known = new Set(fetched.flatMap(({ id, checkin }) => (checkin ? [id] : [])));
	const since = [...changed.values()].filter(({ id, checkin, openedAt }) => checkin && openedAt >= from && openedAt < to && !known.has(id));
	return since.map(({ id }) => id);
}

/** How the day's visits are found: by what stands in the row, in the present language. All words must occur. */
export function matchesText(
	visit: VisitView,
	text: string,
	staff: readonly StaffView[],
	describe: (visit: VisitView) => readonly string[],
): boolean {
	const hay = [
		visit.customer?.name,
		visit.checkin?.name,
		visit.checkin?.telephone,
		visit.host && staffName(staff, visit.host),
		visit.greetedBy && staffName(staff, visit.greetedBy),
		...describe(visit),
	]
		.filter((part) => typeof part === 'string')
		.join(' ')
		.toLowerCase();
	return text
		.toLowerCase()
		.split(/\s+/)
		.every((word) => hay.includes(word));
}

/** Whether a row is about somebody to be received: colleagues and couriers leave the figures alone. */
export function isVisitor(visit: Pick<VisitView, 'closeReason'>): boolean {
	return visit.closeReason !== 'staff' && visit.closeReason !== 'courier' && visit.closeReason !== 'not-a-visitor';
}

export interface HourFigures {
	/** 0 to 23, on this screen's clock. */
	readonly hour: number;
	readonly arrivals: number;
	/** Median seconds from arrival to greeting; null where nobody was greeted. */
	readonly waitSeconds: number | null;
}

export interface DayFigures {
	readonly arrivals: number;
	readonly greeted: number;
	readonly medianWaitMs: number | null;
	/** Greeted after more than a minute. */
	readonly overMinute: number;
	/** From the first to the last hour in which somebody came, at least 9 to 18. Empty without arrivals. */
	readonly hours: readonly HourFigures[];
}

/** A day's figures, over visitors only. */
export function figuresOf(visits: readonly VisitView[], hourOf: (at: number) => number = (at) => new Date(at).getHours()): DayFigures {
	const visitors = visits.filter(isVisitor);
	const waits = visitors.map(waitOf).filter((wait) => wait !== null);
	const hoursSeen = visitors.map((visit) => hourOf(visit.openedAt));
	const first = Math.min(9, ...hoursSeen);
	const last = Math.max(18, ...hoursSeen);
	const hours: HourFigures[] = [];
	for (let hour = first; visitors.length > 0 && hour <= last; hour++) {
		const inHour = visitors.filter((visit) => hourOf(visit.openedAt) === hour);
		const wait = median(inHour.map(waitOf).filter((ms) => ms !== null));
		hours.push({ hour, arrivals: inHour.length, waitSeconds: wait === null ? null : Math.round(wait / 1000) });
	}
	return {
		arrivals: visitors.length,
		greeted: waits.length,
		medianWaitMs: median(waits),
		overMinute: waits.filter((wait) => wait > 60_000).length,
		hours,
	};
}

/** ms from arrival to greeting; null when not greeted. */
export function waitOf(visit: Pick<VisitView, 'openedAt' | 'greetedAt'>): number | null {
	return visit.greetedAt === null ? null : Math.max(0, visit.greetedAt - visit.openedAt);
}

/** The middle value, or the mean of the two in the middle; null of none. */
export function median(values: readonly number[]): number | null {
	const sorted = [...values].sort((a, b) => a - b);
	const upper = sorted[Math.floor(sorted.length / 2)];
	const lower = sorted[Math.ceil(sorted.length / 2) - 1];
	return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}
