import { findSomebody, type People, react } from '../alerts/alerts.js';
import type { AlertRules, AlertsState } from '../alerts/alerts.types.js';
import { evolve as evolveAlerts, noAlerts } from '../alerts/alerts-state.js';
import type { EventDraft } from '../contract/events.js';
import { evolve as evolveReception, noReception, type ReceptionState } from '../reception/reception-state.js';
import type { VisitsState } from './visits.types.js';
import { evolve as evolveVisits, noVisits } from './visits-state.js';

/** Everything that the log says about who is here, who is being received, and who receives. */
export interface FloorState {
	readonly visits: VisitsState;
	readonly alerts: AlertsState;
	readonly reception: ReceptionState;
}

export const emptyFloor: FloorState = { visits: noVisits, alerts: noAlerts, reception: noReception };

export function evolveFloor(state: FloorState, event: EventDraft): FloorState {
	return {
		// The visit as it was before it ended says who is to tell what came of it.
		reception: evolveReception(state.reception, event, state.visits),
		visits: evolveVisits(state.visits, event),
		alerts: evolveAlerts(state.alerts, event),
	};
}

/** What makes somebody free for the next visitor. */
const freeing: ReadonlySet<EventDraft['type']> = new Set([
	'visit.closed',
	'visit.reassigned',
	'duty.changed',
	'duty.freed',
	'alert.closed',
]);

/**
 * Events of visits and of duty, each followed by what it means for alerts: an arrival and its alert are one transaction.
 *
 * @param peopleAt the staff as they are in a state
 */
export function withAlerts(
	before: FloorState,
	causes: readonly EventDraft[],
	peopleAt: (state: FloorState) => People,
	newId: () => string,
	rules: AlertRules,
): { readonly events: readonly EventDraft[]; readonly state: FloorState } {
	const arriving = new Set<string>();
	const greeted = new Set(causes.filter(({ type }) => type === 'visit.greeted').map(({ subject }) => subject));
	const events: EventDraft[] = [];
	let state = before;
	for (const event of causes) {
		// Whoever was received in the same breath waits for nobody.
		const waits = event.type !== 'visit.opened' || !greeted.has(event.subject);
		if (event.type === 'visit.opened') arriving.add(event.subject);
		const both = [event, ...(waits ? react(state.alerts, event, arriving.has(event.subject), peopleAt(state), newId, rules) : [])];
		state = both.reduce(evolveFloor, state);
		if (freeing.has(event.type)) {
			const found = findSomebody(state.alerts, event, peopleAt(state), newId, rules);
			state = found.reduce(evolveFloor, state);
			both.push(...found);
		}
		events.push(...both);
	}
	return { events, state };
}
