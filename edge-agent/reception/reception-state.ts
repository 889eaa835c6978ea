import type { EventDraft } from '../contract/events.js';
import type { RotaRow } from '../contract/reception.api.js';
import type { VisitsState } from '../visits/visits.types.js';
import type { SaidDuty } from './duty.js';
import { type DueOutcome, evolveOutcomes } from './outcomes.js';

/** What the log says about the staff, and what they still have to say about their visitors. */
export interface ReceptionState {
	/** By member of staff. */
	readonly duty: ReadonlyMap<string, SaidDuty>;
	readonly rotas: ReadonlyMap<string, RotaRow>;
	/** By member of staff: visits of theirs that no longer keep them busy. */
	readonly freed: ReadonlyMap<string, ReadonlySet<string>>;
	/** By visit: whose outcome nobody has recorded. */
	readonly outcomes: ReadonlyMap<string, DueOutcome>;
}

export const noReception: ReceptionState = { duty: new Map(), rotas: new Map(), freed: new Map(), outcomes: new Map() };

/** The reception after one more event. @param visits as they were before it */
export function evolve(state: ReceptionState, event: EventDraft, visits: VisitsState): ReceptionState {
	switch (event.type) {
		case 'duty.changed': {
			const { staff, state: said, until } = event.body;
			return { ...state, duty: new Map(state.duty).set(staff, { state: said, until, at: event.at.wall }) };
		}
		case 'duty.freed': {
			const { staff } = event.body;
			const theirs = [...visits.open.values()].filter(({ receivedBy }) => receivedBy === staff).map(({ id }) => id);
			return { ...state, freed: new Map(state.freed).set(staff, new Set(theirs)) };
		}
		case 'rota.set': {
			const { staff, ...row } = event.body;
			return { ...state, rotas: new Map(state.rotas).set(staff, row) };
		}
		default: {
			const outcomes = evolveOutcomes(state.outcomes, event, visits);
			return outcomes === state.outcomes ? state : { ...state, outcomes };
		}
	}
}
