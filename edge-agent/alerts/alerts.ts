import { elapsedMs } from '../clock.js';
import type { Actor, EventBody, EventDraft } from '../contract/events.js';
import type { Purpose } from '../contract/vocabulary.js';
import type { ActiveAlert, AlertRules, AlertsState } from './alerts.types.js';
import { alertOf, engaged } from './alerts-state.js';
import { type Colleague, noWishes, type Plan, planAlert, rotaOf, type Wishes } from './plan.js';

/** The people as they are at the moment of a decision. */
export interface People {
	/** Whether somebody is `busy` leaves out the alerts that they have on their hands: those are known here. */
	readonly colleagues: readonly Colleague[];
	/** A customer's own consultant, and what they wish. */
	readonly wishesOf: (customer: string) => Pick<Wishes, 'consultant' | 'greeting' | 'always'>;
}

/** So many who came in together still are one party; more are a crowd of people who have nothing to do with each other. */
const PARTY = 4;

/**
 * What an event of a visit means for alerts: an arrival opens one (or joins its party's, or the last one of a storm), knowing the visitor
 * better gives an unanswered one a new plan, and the end of everybody who waited by way of it closes it. Staff come here only as a visit closed as theirs.
 *
 * @param arriving the visit was opened in the same transaction, so its alert knows what the visitor asked for
 */
export function react(
	state: AlertsState,
	event: EventDraft,
	arriving: boolean,
	people: People,
	newId: () => string,
	rules: AlertRules,
): EventDraft[] {
	switch (event.type) {
		case 'visit.opened':
			return arrival(state, event, people, newId, rules);
		case 'visit.identified':
			return known(state, event, event.body.customer, people, newId, rules);
		case 'visit.corrected': {
			const { customer } = event.body.changes;
			return customer ? known(state, event, customer, people, newId, rules) : [];
		}
		case 'checkin.recorded': {
			const { visit, purpose, host } = event.body;
			const alert = alertOf(state, visit);
			// Whom they ask for, or what for, is told the right person; anything else leaves the plan as it runs.
			if (!alert || alert.acknowledgedBy !== null || arriving || (host === null && rotaOf(purpose) === rotaOf(alert.purpose))) return [];
			const { customer } = alert;
			const plan = planFor(state, alert.id, { customer, purpose, host: host ?? alert.host }, people, rules);
			return [draft('alert.rerouted', event, { alert: alert.id, customer, ...plan, base: alert.base }, newId)];
		}
		case 'visit.greeted': {
			// Greeted without their alert: it was found that they had been received already.
			const alert = alertOf(state, event.body.visit);
			return alert ? [draft('alert.closed', event, { alert: alert.id, reason: 'received', staff: event.body.staff }, newId)] : [];
		}
		case 'visit.closed': {
			const { visit, reason } = event.body;
			const over = [...state.active.values()].filter((alert) => alert.waiting.every((waiting) => waiting === visit));
			return over.map((alert) => draft('alert.closed', event, { alert: alert.id, reason, staff: staffOf(event.actor) }, newId));
		}
		default:
			return [];
	}
}

function arrival(
	state: AlertsState,
	event: Extract<EventDraft, { type: 'visit.opened' }>,
	people: People,
	newId: () => string,
	rules: AlertRules,
): EventDraft[] {
	const { visit, customer, purpose, host, party } = event.body;
	// Whoever has said what they came for waits for an answer of their own.
	if (customer === null && host === null && purpose === null) {
		const group = (party === null ? undefined : alertOf(state, party)) ?? storm(state, event, rules);
		// By way of an alert that disturbs nobody nobody else is received.
		if (group && !group.quiet) return [draft('alert.joined', event, { alert: group.id, visit }, newId)];
	}
	const id = newId();
	const plan = planFor(state, null, { customer, purpose, host }, people, rules);
	const body = { alert: id, visit, kind: 'arrival', from: null, customer, purpose, ...plan, redAfterMs: rules.redMs } as const;
	return [draft('alert.opened', event, body, newId)];
}

/** The last alert of a storm that is going on; undefined: there is none. */
function storm(state: AlertsState, { at }: EventDraft, { storm: { alerts, withinMs } }: AlertRules): ActiveAlert | undefined {
	const recent = [...state.active.values()].filter(
		(alert) => alert.kind === 'arrival' && alert.customer === null && elapsedMs(alert.openedAt, at) < withinMs,
	);
	return recent.length >= alerts ? recent.at(-1) : undefined;
}

function known(
	state: AlertsState,
	event: Extract<EventDraft, { type: 'visit.identified' | 'visit.corrected' }>,
	customer: string,
	people: People,
	newId: () => string,
	rules: AlertRules,
): EventDraft[] {
	const { visit } = event.body;
	const alert = alertOf(state, visit);
	if (!alert || alert.acknowledgedBy !== null) return [];
	const crowd = alert.waiting.length > PARTY;
	const plan = planFor(state, crowd ? null : alert.id, { ...alert, customer }, people, rules);
	if (!crowd) return [draft('alert.rerouted', event, { alert: alert.id, customer, ...plan, base: alert.base }, newId)];
	// One of many who came at once: the others go on waiting as they were.
	const { purpose, redAfterMs } = alert;
	const body = { alert: newId(), visit, kind: 'arrival', from: null, customer, purpose, ...plan, redAfterMs } as const;
	return [draft('alert.opened', event, body, newId)];
}

interface Visitor {
	readonly customer: string | null;
	readonly purpose: Purpose | null;
	readonly host: string | null;
}

/** @param replanned the alert that gets a new plan: it keeps nobody busy */
export function planFor(
	state: AlertsState,
	replanned: string | null,
	{ customer, purpose, host }: Visitor,
	people: People,
	rules: AlertRules,
	except: string | null = null,
): Plan {
	const others = new Map([...state.active].filter(([id]) => id !== replanned));
	const hands = engaged({ ...state, active: others });
	const colleagues = people.colleagues.map((person) => (hands.has(person.id) ? { ...person, busy: true } : person));
	const wishes: Wishes = { ...noWishes, ...(customer === null ? {} : people.wishesOf(customer)), purpose, host };
	return planAlert(wishes, { colleagues, turns: state.turns }, rules, except);
}

/** For a plan that tells everybody in it anew, whatever they were told before. */
export function freshBase({ base, steps }: ActiveAlert): number {
	// After the plan's steps one more is told when nobody comes who has accepted.
	return base + steps.length + 1;
}

/** Somebody may have become free: the alert that has waited longest for want of anybody gets a plan that begins with them. */
export function findSomebody(state: AlertsState, cause: Cause, people: People, newId: () => string, rules: AlertRules): EventDraft[] {
	for (const alert of state.active.values()) {
		if (!alert.wanting || alert.acknowledgedBy !== null) continue;
		const plan = planFor(state, alert.id, alert, people, rules);
		if (plan.steps[0]?.staff.length === 1)
			return [draft('alert.rerouted', cause, { alert: alert.id, customer: alert.customer, ...plan, base: freshBase(alert) }, newId)];
	}
	return [];
}

/** What made this happen: an event, or only that time passed. */
type Cause = Pick<EventDraft, 'at'> & { readonly id: string | null };

function draft<T extends 'alert.opened' | 'alert.rerouted' | 'alert.closed' | 'alert.joined'>(
	type: T,
	cause: Cause,
	body: EventBody<T>,
	newId: () => string,
): EventDraft {
	return { id: newId(), type, at: cause.at, actor: 'system', subject: body.alert, cause: cause.id, body } as EventDraft;
}

function staffOf(actor: Actor): string | null {
	return actor.startsWith('staff:') ? actor.slice('staff:'.length) : null;
}
