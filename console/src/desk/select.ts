import type { AlertView, StaffView } from '../../../edge-agent/contract/api.js';

/** How long a finished alert stays on the live page, ms. */
export const doneShownMs = 5 * 60_000;

export interface AlertLanes {
	/** Nobody has accepted yet. Those meant for this person first, then by waiting time. */
	readonly waiting: readonly AlertView[];
	/** Accepted, not yet greeted. This person's own first. */
	readonly underway: readonly AlertView[];
	/** Greeted or closed a moment ago, newest first. */
	readonly done: readonly AlertView[];
}

/** The alerts in the order in which `staff` should see them. `now`: agent time, ms. */
export function lanesOf(alerts: Iterable<AlertView>, staff: string, now: number): AlertLanes {
	const all = [...alerts];
	const oldestFirst = (a: AlertView, b: AlertView) => a.openedAt - b.openedAt;
	const own = (mine: (alert: AlertView) => boolean) => (a: AlertView, b: AlertView) =>
		Number(mine(b)) - Number(mine(a)) || oldestFirst(a, b);
	return {
		waiting: all.filter((alert) => alert.state === 'open').sort(own((alert) => isFor(alert, staff))),
		underway: all.filter((alert) => alert.state === 'acknowledged').sort(own((alert) => alert.acknowledgedBy === staff)),
		done: all
			.filter((alert) => (alert.state === 'greeted' || alert.state === 'closed') && now - lastMoment(alert) < doneShownMs)
			.sort((a, b) => lastMoment(b) - lastMoment(a))
			.slice(0, 6),
	};
}

/** When it was over. */
const lastMoment = (alert: AlertView): number => alert.greetedAt ?? alert.closedAt ?? alert.openedAt;

/** Whether this person has been told to receive the visitor. */
export function isFor(alert: AlertView, staff: string): boolean {
	return alert.told.includes(staff);
}

/** How many visitors wait for this person (or, for the wall, for anybody). */
export function waitingFor(alerts: Iterable<AlertView>, staff: string | null): number {
	let count = 0;
	for (const alert of alerts) if (alert.state === 'open' && (staff === null || isFor(alert, staff))) count++;
	return count;
}

/** A colleague's name; the id while the staff list does not have it. */
export function staffName(staff: readonly StaffView[], id: string): string {
	return staff.find((person) => person.id === id)?.name ?? id;
}
