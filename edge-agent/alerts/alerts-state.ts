import type { EventDraft } from '../contract/events.js';
import type { ActiveAlert, AlertsState } from './alerts.types.js';

export const noAlerts: AlertsState = { active: new Map(), lastTurn: new Map(), turns: 0 };

/** The alerts after one more event. Events of alerts that are over or unknown change nothing, so a fold may begin anywhere. */
export function evolve(state: AlertsState, event: EventDraft): AlertsState {
	switch (event.type) {
		case 'alert.opened': {
			const { alert: id, visit, customer, purpose, steps, redAfterMs } = event.body;
			const alert: ActiveAlert = {
				...{ id, visit, customer, purpose, redAfterMs, steps, host: null, step: 0, overdue: false, acknowledgedBy: null },
				openedAt: event.at,
				plannedAt: event.at,
			};
			return turn({ ...state, active: new Map(state.active).set(id, alert) }, steps[0]?.staff);
		}
		case 'alert.rerouted': {
			const { alert, customer, steps } = event.body;
			return turn(change(state, alert, { customer, steps, step: 0, plannedAt: event.at }), steps[0]?.staff);
		}
		case 'alert.escalated':
			return change(state, event.body.alert, { step: event.body.step });
		case 'alert.overdue':
			return change(state, event.body.alert, { overdue: true });
		case 'alert.acknowledged':
			return change(state, event.body.alert, { acknowledgedBy: event.body.staff });
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
		default:
			return state;
	}
}

/** The alert that a visit has now. */
export function alertOf(state: AlertsState, visit: string): ActiveAlert | undefined {
	return [...state.active.values()].find((alert) => alert.visit === visit);
}

/** How many alerts each has on their hands: taken by them, or told to them first and taken by nobody. */
export function load(state: AlertsState): Map<string, number> {
	const count = new Map<string, number>();
	for (const alert of state.active.values()) {
		const hands = alert.acknowledgedBy === null ? (alert.steps[0]?.staff ?? []) : [alert.acknowledgedBy];
		for (const staff of hands) count.set(staff, (count.get(staff) ?? 0) + 1);
	}
	return count;
}

function change(state: AlertsState, id: string, what: Partial<ActiveAlert>): AlertsState {
	const alert = state.active.get(id);
	return alert ? { ...state, active: new Map(state.active).set(id, { ...alert, ...what }) } : state;
}

function turn(state: AlertsState, staff: readonly string[] | undefined): AlertsState {
	const first = staff?.length === 1 ? staff[0] : undefined;
	if (first === undefined) return state;
	const turns = state.turns + 1;
	return { ...state, turns, lastTurn: new Map(state.lastTurn).set(first, turns) };
}
