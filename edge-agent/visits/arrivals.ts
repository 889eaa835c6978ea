import { type People, react } from '../alerts/alerts.js';
import type { AlertsState } from '../alerts/alerts.types.js';
import { evolve as evolveAlerts, noAlerts } from '../alerts/alerts-state.js';
import type { AlertRules } from '../alerts/plan.js';
import type { EventDraft } from '../contract/events.js';
import type { VisitsState } from './visits.types.js';
import { evolve as evolveVisits, noVisits } from './visits-state.js';

/** Everything that the log says about who is here and who is being received. */
export interface FloorState {
	readonly visits: VisitsState;
	readonly alerts: AlertsState;
}

export const emptyFloor: FloorState = { visits: noVisits, alerts: noAlerts };

export function evolveFloor(state: FloorState, event: EventDraft): FloorState {
	return { visits: evolveVisits(state.visits, event), alerts: evolveAlerts(state.alerts, event) };
}

/** Visits' events, each followed by what it means for alerts: an arrival and its alert are one transaction. */
export function withAlerts(
	before: FloorState,
	visitEvents: readonly EventDraft[],
	people: People,
	newId: () => string,
	rules: AlertRules,
): { readonly events: readonly EventDraft[]; readonly state: FloorState } {
	const arriving = new Set<string>();
	const events: EventDraft[] = [];
	let state = before;
	for (const event of visitEvents) {
		if (event.type === 'visit.opened') arriving.add(event.subject);
		const both = [event, ...react(state.alerts, event, arriving.has(event.subject), people, newId, rules)];
		events.push(...both);
		state = both.reduce(evolveFloor, state);
	}
	return { events, state };
}
