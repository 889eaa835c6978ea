import { evolveTurns, noTurns } from '../../alerts/turns.js';
import type { EventType, LoggedEvent } from '../../contract/events.js';
import type { Connected, Shown } from './staff.client.js';

export interface SaturdayResult {
	/** Visits in the log. */
	readonly visits: number;
	readonly received: number;
	/** Visits of which somebody after the first was told. */
	readonly escalated: number;
	/** Ended with a reason and without having been received. */
	readonly closedUnreceived: number;
	/**
	 * Visitors of whom the log knows nothing; visits that were neither received, nor closed with a reason, nor escalated to the plan's end; alerts
	 * that somebody was told of whose connected screen never showed them.
	 */
	readonly lost: number;
	/** Showings too many of one (alert, step, person). */
	readonly doubled: number;
	/** Alerts for customers whose visit had been received already. */
	readonly alertsForReceivedKnown: number;
	/** The most that anybody's turns differ from their fair share. */
	readonly unfairness: number;
}

/** A screen that was connected for so long while it had something to show (ms of the day: a third of a second at sixty times speed). */
const SHOWN_WITHIN_MS = 20_000;

type Of<T extends EventType> = Extract<LoggedEvent, { type: T }>;

/**
 * Judges a played day's log.
 *
 * @param came how many people really came in
 * @param faults what is wrong, in words, is added here
 */
export function judgeSaturday(
	events: readonly LoggedEvent[],
	came: number,
	shown: readonly Shown[],
	connected: ReadonlyMap<string, readonly Connected[]>,
	faults: string[],
): SaturdayResult {
	const all = <T extends EventType>(type: T): Of<T>[] => events.filter((event): event is Of<T> => event.type === type);
	const opened = all('visit.opened');
	const arrivals = all('alert.opened').filter(({ body }) => body.kind === 'arrival');
	const visitsOf = new Map<string, string[]>(arrivals.map(({ body }) => [body.alert, [body.visit]]));
	for (const { body } of all('alert.joined')) visitsOf.get(body.alert)?.push(body.visit);

	const greeted = new Set(all('visit.greeted').map(({ body }) => body.visit));
	const closed = new Set(all('visit.closed').map(({ body }) => body.visit));
	const escalated = new Set(all('alert.escalated').flatMap(({ body }) => visitsOf.get(body.alert) ?? []));
	const overdue = new Set(all('alert.overdue').flatMap(({ body }) => visitsOf.get(body.alert) ?? []));
	const standing = opened.filter(({ body: { visit } }) => !greeted.has(visit) && !closed.has(visit) && !overdue.has(visit));
	for (const { body } of standing) faults.push(`visit ${body.visit} was left standing`);

	const unshown = told(events).filter((one) => {
		if (shown.some(({ delivery }) => delivery === one.delivery)) return false;
		const ms = (connected.get(one.staff) ?? []).map(({ from, to }) => Math.min(to ?? one.to, one.to) - Math.max(from, one.from));
		return ms.some((together) => together > SHOWN_WITHIN_MS);
	});
	for (const { delivery, from, to } of unshown) faults.push(`${delivery} was never shown, from ${Math.round(from)} to ${Math.round(to)}`);
	const missing = Math.max(0, came - opened.length);
	if (missing > 0) faults.push(`${missing} people came of whom the log knows nothing`);

	const times = new Map<string, number>();
	for (const { delivery } of shown) times.set(delivery, (times.get(delivery) ?? 0) + 1);
	const owed = [...events.reduce(evolveTurns, noTurns).values()].flatMap((rota) => [...rota.values()].map((turns) => Math.abs(turns.owed)));
	return {
		visits: opened.length,
		received: opened.filter(({ body }) => greeted.has(body.visit)).length,
		escalated: escalated.size,
		closedUnreceived: opened.filter(({ body: { visit } }) => closed.has(visit) && !greeted.has(visit)).length,
		lost: missing + standing.length + unshown.length,
		doubled: [...times.values()].reduce((sum, count) => sum + count - 1, 0),
		alertsForReceivedKnown: alertsForReceived(events).length,
		unfairness: Number(Math.max(0, ...owed).toFixed(3)),
	};
}

/** Everything that somebody was told, and from when to when their screen had to show it (ms of the day). */
function told(events: readonly LoggedEvent[]): { delivery: string; staff: string; from: number; to: number }[] {
	const tellings: { delivery: string; staff: string; alert: string; from: number; to: number }[] = [];
	const known = new Set<string>();
	const tell = (alert: string, step: number, staff: readonly string[], from: number) => {
		for (const one of staff) {
			const delivery = `${alert}/${step}/${one}`;
			if (!known.has(delivery)) tellings.push({ delivery, staff: one, alert, from, to: Number.POSITIVE_INFINITY });
			known.add(delivery);
		}
	};
	for (const event of events) {
		const at = event.at.mono;
		if (event.type === 'alert.opened') tell(event.body.alert, 0, event.body.steps[0]?.staff ?? [], at);
		else if (event.type === 'alert.rerouted') tell(event.body.alert, event.body.base, event.body.steps[0]?.staff ?? [], at);
		else if (event.type === 'alert.escalated') tell(event.body.alert, event.body.step, event.body.staff, at);
		else if (event.type === 'alert.assigned') tell(event.body.alert, event.body.step, [event.body.staff], at);
		else if (event.type === 'alert.acknowledged' || event.type === 'alert.greeted' || event.type === 'alert.closed')
			for (const one of tellings) if (one.alert === event.body.alert) one.to = Math.min(one.to, at);
	}
	return tellings;
}

function alertsForReceived(events: readonly LoggedEvent[]): string[] {
	const customer = new Map<string, string>();
	const received = new Set<string>();
	const wrong: string[] = [];
	for (const event of events) {
		if (event.type === 'visit.opened' || event.type === 'visit.identified') {
			if (event.body.customer !== null) customer.set(event.body.visit, event.body.customer);
		} else if (event.type === 'visit.greeted') received.add(event.body.visit);
		else if (event.type === 'alert.opened' && event.body.kind === 'arrival' && received.has(event.body.visit)) {
			if (customer.has(event.body.visit)) wrong.push(event.body.alert);
		}
	}
	return wrong;
}
