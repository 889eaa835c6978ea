import type { EventDraft } from '../contract/events.js';
import type { ActiveAlert, AlertsState } from './alerts.types.js';
import { evolveTurns, noTurns } from './turns.js';

export const noAlerts: AlertsState = { active: new Map(), turns: noTurns };

/** The alerts after one more event. Events of alerts that are over or unknown change nothing, so a fold may begin anywhere. */
export function evolve(before: AlertsState, event: EventDraft): AlertsState {
	const turns = evolveTurns(before.turns, event);
	const state = turns === before.turns ? before : { ...before, turns };
	switch (event.type) {
		case 'alert.opened': {
			const { alert: id, kind, from, visit, customer, purpose, steps, redAfterMs, turn, passed, quiet } = event.body;
			const alert: ActiveAlert = {
				...{ id, kind, from, visit, customer, purpose, redAfterMs, steps, quiet },
				...{ waiting: [visit], host: null, base: 0, step: 0, overdue: false, acknowledgedBy: null, acknowledgedAt: null, chased: false },
				wanting: isWanting(kind, steps, turn, passed),
				openedAt: event.at,
				plannedAt: event.at,
			};
			// Who has an alert of their own waits by way of no other any more.
			const left = kind === 'arrival' ? leave(state, visit) : state;
			return { ...left, active: new Map(left.active).set(id, alert) };
		}
		case 'alert.rerouted': {
			const { alert, customer, steps, turn, passed, quiet, base } = event.body;
			const wanting = isWanting('arrival', steps, turn, passed);
			return change(state, alert, { customer, steps, base, step: 0, quiet, wanting, plannedAt: event.at });
		}
		case 'alert.joined': {
			const alert = state.active.get(event.body.alert);
			return alert ? change(state, alert.id, { waiting: [...alert.waiting, event.body.visit] }) : state;
		}
		case 'alert.assigned':
			return change(state, event.body.alert, { step: stepOf(state, event.body), steps: event.body.steps, wanting: false });
		case 'alert.escalated': {
			const { alert } = event.body;
			const chased = state.active.get(alert)?.acknowledgedBy != null;
			return change(state, alert, chased ? { chased } : { step: stepOf(state, event.body) });
		}
		case 'alert.overdue':
			return change(state, event.body.alert, { overdue: true });
		case 'alert.acknowledged':
			return change(state, event.body.alert, { acknowledgedBy: event.body.staff, acknowledgedAt: event.at, chased: false, wanting: false });
		case 'alert.released':
			return change(state, event.body.alert, { acknowledgedBy: null, acknowledgedAt: null, chased: false });
		case 'alert.greeted':
		case 'alert.closed': {
			const active = new Map(state.active);
			active.delete(event.body.alert);
			return { ...state, active };
		}
		case 'checkin.recorded': {
			// What the visitor asked for at the kiosk stays with their alert, whatever becomes known of them later.
			const { visit, purpose, host } = event.body;
			const alert = alertOf(state, visit);
			return alert ? change(state, alert.id, { purpose, host: host ?? alert.host }) : state;
		}
		case 'visit.closed':
			return leave(state, event.body.visit);
		default:
			return state;
	}
}

/** The alert by which a visit's arrival is received now. */
export function alertOf(state: AlertsState, visit: string): ActiveAlert | undefined {
	return [...state.active.values()].find((alert) => alert.kind === 'arrival' && alert.waiting.includes(visit));
}

/** Who has an alert on their hands: taken by them, or told to them alone now and taken by nobody. */
export function engaged(state: AlertsState): Set<string> {
	const hands = new Set<string>();
	for (const alert of state.active.values()) {
		if (alert.kind !== 'arrival') continue;
		if (alert.acknowledgedBy !== null) hands.add(alert.acknowledgedBy);
		else for (const { staff } of alert.steps.slice(0, alert.step + 1)) if (staff.length === 1) hands.add(staff[0] ?? '');
	}
	return hands;
}

/** Which step of its plan an event's is. */
function stepOf(state: AlertsState, { alert, step }: { readonly alert: string; readonly step: number }): number {
	return step - (state.active.get(alert)?.base ?? 0);
}

function isWanting(kind: ActiveAlert['kind'], steps: ActiveAlert['steps'], turn: object | null, passed: readonly object[]): boolean {
	// A plan that begins with several is a plan for want of somebody free; one that passed nobody over had nobody to look for.
	return kind === 'arrival' && turn === null && passed.length > 0 && (steps[0]?.staff.length ?? 0) !== 1;
}

function leave(state: AlertsState, visit: string): AlertsState {
	const alert = alertOf(state, visit);
	return alert ? change(state, alert.id, { waiting: alert.waiting.filter((other) => other !== visit) }) : state;
}

function change(state: AlertsState, id: string, what: Partial<ActiveAlert>): AlertsState {
	const alert = state.active.get(id);
	return alert ? { ...state, active: new Map(state.active).set(id, { ...alert, ...what }) } : state;
}
