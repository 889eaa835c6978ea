import type { LoggedEvent } from '../contract/events.js';
import { digest, type LoggedAlert, type LoggedVisit } from './log-digest.js';
import type { TruePerson, Truth } from './truth.js';

/** An alert that a screen showed to a person: what the device itself counted, each showing once. */
export interface ShownAlert {
	readonly alert: string;
	readonly step: number;
	readonly staff: string;
}

/** How well the stored log agrees with what really happened. */
export interface Judgement {
	readonly ok: boolean;
	readonly seed: number;
	/** Visits in the log. */
	readonly arrivals: number;
	/** People about whom everything was right, by kind. */
	readonly recognised: number;
	readonly strangers: number;
	readonly unseenFaces: number;
	readonly staffIgnored: number;
	readonly reentries: number;
	/** Alerts sent to somebody, alerts that somebody took, and showings too many of one (alert, step, person). */
	readonly alerts: { readonly sent: number; readonly acknowledged: number; readonly doubled: number };
	/** From the arrival (recognisable, or for people nobody knows: over the line) to the alert on a screen. Null: there was none. */
	readonly arrivalToAlertMs: { readonly p50: number; readonly p95: number } | null;
	/** Each wrong judgement in words. */
	readonly false: readonly string[];
}

/** A visit belongs to an arrival if it was opened at most this long before or after the head crossed the line. */
const earlyMs = 1500;
const lateMs = 5000;

/**
 * Judges a stored log against the truth.
 *
 * @param mediaZeroMs the film's time 0 on the events' monotonic clock
 * @param shown what the staff's screens showed
 */
export function judge(truth: Truth, events: readonly LoggedEvent[], mediaZeroMs: number, shown: readonly ShownAlert[]): Judgement {
	const { visits, alerts } = digest(events, mediaZeroMs);
	const matched = match(truth.people, visits);
	const faults = new Map(truth.people.map((person) => [person, faultsOf(person, matched.get(person) ?? [])]));
	const reentryFaults = new Map(truth.people.map((person) => [person, reentryFault(person, matched.get(person) ?? [])]));
	const right = (role: TruePerson['role']): number =>
		truth.people.filter((person) => person.role === role && faults.get(person)?.length === 0).length;

	const taken = new Set([...matched.values()].flat());
	const doubled = doubledOf(alerts, shown);
	const wrong = [
		...[...faults.values()].flat(),
		...[...reentryFaults.values()].filter((fault) => fault !== null),
		...visits.filter((visit) => !taken.has(visit)).map((visit) => `${describe(visit)} is of nobody who came in then`),
		...visits.flatMap((visit) =>
			strayReturns(
				visit,
				truth.people.find((person) => matched.get(person)?.includes(visit)),
			),
		),
		...alerts.filter((alert) => !visits.some((visit) => visit.id === alert.visit)).map((alert) => `alert ${alert.id} is of no visit`),
		...doubled.map(({ key, times }) => `alert ${key} was shown ${times} times`),
	];
	const delays = truth.people.flatMap((person) => delayOf(person, matched.get(person) ?? []));
	return {
		ok: wrong.length === 0,
		seed: truth.seed,
		arrivals: visits.length,
		recognised: right('customer'),
		strangers: right('stranger'),
		unseenFaces: right('unseen'),
		staffIgnored: right('staff'),
		reentries: truth.people.filter((person) => person.stepOut && reentryFaults.get(person) === null).length,
		alerts: {
			sent: alerts.filter((alert) => alert.sent).length,
			acknowledged: alerts.filter((alert) => alert.acknowledged).length,
			doubled: doubled.reduce((sum, { times }) => sum + times - 1, 0),
		},
		arrivalToAlertMs: delays.length === 0 ? null : { p50: percentile(delays, 0.5), p95: percentile(delays, 0.95) },
		false: wrong,
	};
}

/**
 * Whose visits are whose. A customer's are those under the customer's id; an anonymous visit belongs to whoever crossed the
 * line nearest in time, people who should have one before people who should not.
 */
function match(people: readonly TruePerson[], visits: readonly LoggedVisit[]): Map<TruePerson, LoggedVisit[]> {
	const matched = new Map<TruePerson, LoggedVisit[]>(
		people.map((person) => [person, visits.filter((visit) => visit.customer !== null && visit.customer === person.known)]),
	);
	const anonymous = visits.filter((visit) => visit.customer === null);
	const pairs = people
		.flatMap((person) => anonymous.map((visit) => ({ person, visit, apart: apartMs(person, visit) })))
		.filter(({ apart }) => apart >= -earlyMs && apart <= lateMs)
		.sort((a, b) => Math.abs(a.apart) - Math.abs(b.apart));
	const given = new Set<LoggedVisit>();
	const give = (fits: (person: TruePerson) => boolean): void => {
		for (const { person, visit } of pairs) {
			if (given.has(visit) || !fits(person)) continue;
			given.add(visit);
			matched.set(person, [...(matched.get(person) ?? []), visit]);
		}
	};
	give((person) => isAnonymous(person) && matched.get(person)?.length === 0);
	give(() => true);
	return matched;
}

const isAnonymous = (person: TruePerson): boolean => person.role === 'stranger' || person.role === 'unseen';

/** How long after the person's nearest crossing inwards the visit was opened. */
function apartMs(person: TruePerson, visit: LoggedVisit): number {
	const times = person.stepOut ? [person.crossingMs, person.stepOut.returnMs] : [person.crossingMs];
	const apart = times.map((time) => visit.openedMs - time);
	return apart.reduce((best, next) => (Math.abs(next) < Math.abs(best) ? next : best));
}

function faultsOf(person: TruePerson, visits: readonly LoggedVisit[]): string[] {
	const who = named(person);
	if (person.role === 'staff') return visits.map((visit) => `${who} was taken for a visitor: ${describe(visit)}`);
	const [visit, ...more] = visits;
	if (!visit) return [`${who} made no visit`];
	if (more.length > 0) return [`${who} made ${visits.length} visits: ${visits.map(describe).join('; ')}`];
	if (visit.customer !== person.known) return [`${who} was not recognised: ${describe(visit)}`];
	const from = isAnonymous(person) ? person.crossingMs - earlyMs : person.entersMs;
	if (visit.openedMs < from || visit.openedMs > person.crossingMs + lateMs) {
		return [`${who} was seen when they were not there: ${describe(visit)}`];
	}
	return alertFaults(person, visit, who);
}

function alertFaults(person: TruePerson, visit: LoggedVisit, who: string): string[] {
	const [alert] = visit.alerts;
	if (!alert) return [`${who} was announced to nobody`];
	if (visit.alerts.length > 1) return [`${who} was announced by ${visit.alerts.length} alerts`];
	const first = alert.received[0];
	if (!first) return [`the alert for ${who} reached nobody`];
	if (person.consultant === null) return [];
	if (alert.firstTold.length !== 1 || alert.firstTold[0] !== person.consultant || first.staff !== person.consultant) {
		return [
			`${who} belongs to ${person.consultant}, but ${first.staff} was told first (planned: ${alert.firstTold.join(', ') || 'nobody'})`,
		];
	}
	return [];
}

/** What was wrong about somebody's coming back; null when nothing was, or they never went. */
function reentryFault(person: TruePerson, visits: readonly LoggedVisit[]): string | null {
	if (!person.stepOut) return null;
	const { returnMs } = person.stepOut;
	const returns = visits.flatMap((visit) => visit.returnedMs);
	if (returns.length === 0) return `${named(person)} came back at ${seconds(returnMs)} and it was not noticed`;
	if (returns.length > 1) return `${named(person)} came back once, but the log says ${returns.length} times`;
	const [at] = returns;
	// Somebody who is recognised is back already before the line.
	const inTime = at !== undefined && at >= person.stepOut.outMs && at <= returnMs + lateMs;
	return inTime ? null : `${named(person)} came back at ${seconds(returnMs)}, not at ${seconds(at ?? 0)}`;
}

function strayReturns(visit: LoggedVisit, person: TruePerson | undefined): string[] {
	return person?.stepOut ? [] : visit.returnedMs.map((at) => `${describe(visit)}: somebody "came back" at ${seconds(at)} who had not left`);
}

/** (alert, step, person) that were shown more than once, by the log's receipts or by the screens' own count. */
function doubledOf(alerts: readonly LoggedAlert[], shown: readonly ShownAlert[]): { key: string; times: number }[] {
	const count = (keys: readonly string[]): Map<string, number> => {
		const counts = new Map<string, number>();
		for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
		return counts;
	};
	const logged = count(alerts.flatMap((alert) => alert.received.map(({ step, staff }) => `${alert.id}/${step}/${staff}`)));
	const seen = count(shown.map(({ alert, step, staff }) => `${alert}/${step}/${staff}`));
	return [...new Set([...logged.keys(), ...seen.keys()])]
		.map((key) => ({ key, times: Math.max(logged.get(key) ?? 0, seen.get(key) ?? 0) }))
		.filter(({ times }) => times > 1);
}

/** From arrival to the first screen that showed it, ms; nothing where no alert came. */
function delayOf(person: TruePerson, visits: readonly LoggedVisit[]): number[] {
	if (person.role === 'staff') return [];
	const first = visits[0]?.alerts[0]?.received[0];
	const arrivedMs = person.known === null ? person.crossingMs : (person.recognisableMs ?? person.crossingMs);
	return first ? [first.atMs - arrivedMs] : [];
}

/** The nearest-rank percentile, in whole ms. */
function percentile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return Math.round(sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0);
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const describe = (visit: LoggedVisit): string =>
	`visit ${visit.id} (${visit.customer ?? 'a visitor nobody knows'}, opened at ${seconds(visit.openedMs)})`;

function named(person: TruePerson): string {
	const kinds = {
		customer: 'the customer',
		stranger: 'the stranger',
		unseen: 'the visitor without a readable face',
		staff: 'the member of staff',
	};
	return `${kinds[person.role]} ${person.known ?? person.id} (over the line at ${seconds(person.crossingMs)})`;
}
