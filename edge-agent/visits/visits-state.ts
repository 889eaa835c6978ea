import { elapsedMs } from '../clock.js';
import type { EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import type { Visit, VisitRules, VisitsState } from './visits.types.js';

/** Enough to know a check-in that a kiosk sends again. */
const CHECKINS_KEPT = 200;

/** `reentryMinutes` of an entrance that is not configured (any more), and of visits that came through none. */
const REENTRY_MS = 10 * 60_000;

export const noVisits: VisitsState = { open: new Map(), checkins: new Map() };

/** The visits after one more event. Events of visits that are not open change nothing, so a fold may begin anywhere. */
export function evolve(state: VisitsState, event: EventDraft): VisitsState {
	switch (event.type) {
		case 'visit.opened': {
			const { visit: id, entrance, customer } = event.body;
			const visit: Visit = { id, openedAt: event.at, entrance, customer, steppedOutAt: null, greeted: false, checkin: null };
			return { ...state, open: new Map(state.open).set(id, visit) };
		}
		case 'visit.identified':
			return change(state, event.body.visit, { customer: event.body.customer });
		case 'visit.stepped-out':
			return change(state, event.body.visit, { steppedOutAt: event.at });
		case 'visit.returned':
			return change(state, event.body.visit, { steppedOutAt: null });
		case 'visit.greeted':
			return change(state, event.body.visit, { greeted: true });
		case 'visit.closed': {
			const open = new Map(state.open);
			open.delete(event.body.visit);
			return { ...state, open };
		}
		case 'checkin.recorded': {
			const newest = [...state.checkins].slice(1 - CHECKINS_KEPT);
			const checkins = new Map(newest).set(event.body.checkin, event.body.visit);
			return { ...change(state, event.body.visit, { checkin: event.body.checkin }), checkins };
		}
		default:
			return state;
	}
}

function change(state: VisitsState, id: string, what: Partial<Visit>): VisitsState {
	const visit = state.open.get(id);
	return visit ? { ...state, open: new Map(state.open).set(id, { ...visit, ...what }) } : state;
}

/** How long somebody who left through this entrance may be away, in ms. */
export function reentryMs(rules: VisitRules, entrance: string | null): number {
	return (entrance === null ? undefined : rules.reentryMs.get(entrance)) ?? REENTRY_MS;
}

/** ms until this visit ends by itself, and how: they stepped out and stayed away, or nobody ever closed it. */
export function ending(visit: Visit, now: Instant, rules: VisitRules): { readonly inMs: number; readonly reason: 'left' | 'expired' } {
	const expires = rules.maxMs - elapsedMs(visit.openedAt, now);
	if (!visit.steppedOutAt) return { inMs: expires, reason: 'expired' };
	const leaves = reentryMs(rules, visit.entrance) - elapsedMs(visit.steppedOutAt, now);
	return leaves <= expires ? { inMs: leaves, reason: 'left' } : { inMs: expires, reason: 'expired' };
}

/** ms until the next visit ends by itself; null: there is none. Zero or less: it is due. */
export function nextEndingMs(state: VisitsState, now: Instant, rules: VisitRules): number | null {
	const times = [...state.open.values()].map((visit) => ending(visit, now, rules).inMs);
	return times.length > 0 ? Math.min(...times) : null;
}
