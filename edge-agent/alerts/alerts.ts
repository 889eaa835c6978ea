import { elapsedMs } from '../clock.js';
import type { Actor, EventBody, EventDraft } from '../contract/events.js';
import type { Instant, Purpose } from '../contract/vocabulary.js';
import type { ActiveAlert, AlertAction, AlertsState } from './alerts.types.js';
import { alertOf, load } from './alerts-state.js';
import { type AlertRules, type Crew, planSteps, rotaOf, type Wishes } from './plan.js';
import { Refused } from './refused.js';

/** The people as they are at the moment of a decision. */
export interface People extends Pick<Crew, 'staff' | 'reachable'> {
	/** A customer's own consultant. */
	readonly consultantOf: (customer: string) => string | null;
}

/**
 * What an event of a visit means for alerts: an arrival opens one, knowing the visitor better gives an unanswered one a new
 * plan, and a visit that ends closes it. Staff come here only as a visit closed as theirs.
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
	if (event.type === 'visit.opened') {
		const { visit, customer, purpose, host } = event.body;
		const id = newId();
		const steps = plan(state, null, { customer, purpose, host }, people, rules);
		return [draft('alert.opened', event, { alert: id, visit, customer, purpose, steps, redAfterMs: rules.redMs }, newId)];
	}
	if (event.type !== 'visit.identified' && event.type !== 'checkin.recorded' && event.type !== 'visit.closed') return [];
	const alert = alertOf(state, event.body.visit);
	if (!alert) return [];
	if (event.type === 'visit.closed')
		return [draft('alert.closed', event, { alert: alert.id, reason: event.body.reason, staff: staffOf(event.actor) }, newId)];
	if (alert.acknowledgedBy !== null) return [];
	if (event.type === 'visit.identified') {
		const { customer } = event.body;
		const steps = plan(state, alert.id, { ...alert, customer }, people, rules);
		return [draft('alert.rerouted', event, { alert: alert.id, customer, steps }, newId)];
	}
	const { purpose, host } = event.body;
	// Whom they ask for, or what for, is told the right person; anything else leaves the plan as it runs.
	if (arriving || (host === null && rotaOf(purpose) === rotaOf(alert.purpose))) return [];
	const { customer } = alert;
	const steps = plan(state, alert.id, { customer, purpose, host: host ?? alert.host }, people, rules);
	return [draft('alert.rerouted', event, { alert: alert.id, customer, steps }, newId)];
}

interface Visitor {
	readonly customer: string | null;
	readonly purpose: Purpose | null;
	readonly host: string | null;
}

/** @param replanned the alert that gets a new plan: it is no load on those of its old one */
function plan(state: AlertsState, replanned: string | null, visitor: Visitor, people: People, rules: AlertRules) {
	const others = new Map([...state.active].filter(([id]) => id !== replanned));
	const consultant = visitor.customer === null ? null : people.consultantOf(visitor.customer);
	const wishes: Wishes = { purpose: visitor.purpose, host: visitor.host, consultant };
	return planSteps(wishes, { ...people, load: load({ ...state, active: others }), lastTurn: state.lastTurn }, rules);
}

/**
 * Somebody takes an alert, or has greeted its visitor; greeting needs no taking, so that a colleague can step in. Doing the same
 * again is harmless.
 *
 * @returns the events; none when it is done already
 * @throws Refused `taken` by somebody else, or `no-such-alert` (it is not active)
 */
export function act(state: AlertsState, { kind, alert: id, staff }: AlertAction, now: Instant, newId: () => string): EventDraft[] {
	const alert = state.active.get(id);
	if (!alert) throw new Refused('no-such-alert');
	const event = { at: now, actor: `staff:${staff}`, cause: null } as const;
	if (kind === 'greet')
		return [
			{ ...event, id: newId(), type: 'alert.greeted', subject: id, body: { alert: id, staff } },
			{ ...event, id: newId(), type: 'visit.greeted', subject: alert.visit, body: { visit: alert.visit, staff } },
		];
	if (alert.acknowledgedBy === staff) return [];
	if (alert.acknowledgedBy !== null) throw new Refused('taken', alert.acknowledgedBy);
	return [{ ...event, id: newId(), type: 'alert.acknowledged', subject: id, body: { alert: id, staff } }];
}

/** What is due: the next steps of unanswered alerts, and red. */
export function tick(state: AlertsState, now: Instant, newId: () => string): EventDraft[] {
	return [...state.active.values()].flatMap((alert) => {
		const event = { at: now, actor: 'system', subject: alert.id, cause: null } as const;
		const due = waits(alert, now).filter(({ inMs }) => inMs <= 0);
		return due.map(({ step }): EventDraft => {
			const staff = step === null ? null : alert.steps[step]?.staff;
			return step === null || !staff
				? { ...event, id: newId(), type: 'alert.overdue', body: { alert: alert.id } }
				: { ...event, id: newId(), type: 'alert.escalated', body: { alert: alert.id, step, staff: [...staff] } };
		});
	});
}

/** ms until the next step of any alert, or its turning red, is due; null: nothing is to come. Zero or less: it is due. */
export function nextDeadlineMs(state: AlertsState, now: Instant): number | null {
	const times = [...state.active.values()].flatMap((alert) => waits(alert, now)).map(({ inMs }) => inMs);
	return times.length > 0 ? Math.min(...times) : null;
}

/** What is still to come of an unanswered alert, in order of time. `step` null: it turns red. */
function waits(alert: ActiveAlert, now: Instant): { readonly inMs: number; readonly step: number | null }[] {
	if (alert.acknowledgedBy !== null) return [];
	const steps = alert.steps.map(({ afterMs }, step) => ({ inMs: afterMs - elapsedMs(alert.plannedAt, now), step }));
	const red = { inMs: alert.redAfterMs - elapsedMs(alert.openedAt, now), step: null };
	return [...steps.slice(alert.step + 1), ...(alert.overdue ? [] : [red])].toSorted((a, b) => a.inMs - b.inMs);
}

function draft<T extends 'alert.opened' | 'alert.rerouted' | 'alert.closed'>(
	type: T,
	cause: EventDraft,
	body: EventBody<T>,
	newId: () => string,
): EventDraft {
	return { id: newId(), type, at: cause.at, actor: 'system', subject: body.alert, cause: cause.id, body } as EventDraft;
}

function staffOf(actor: Actor): string | null {
	return actor.startsWith('staff:') ? actor.slice('staff:'.length) : null;
}
