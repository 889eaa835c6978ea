import { elapsedMs } from '../clock.js';
import type { EventDraft } from '../contract/events.js';
import type { CloseReason, Instant } from '../contract/vocabulary.js';
import type { Visit, VisitRules, VisitsState } from './visits.types.js';

/** Enough to know a check-in that a kiosk sends again. */
const CHECKINS_KEPT = 200;

/** `reentryMinutes` of an entrance that is not configured (any more), and of visits that came through none. */
const REENTRY_MS = 10 * 60_000;

/** Whoever said goodbye longer ago than anybody may be away has come anew. */
const LEAVING_MS = 4 * 60 * 60_000;

export const noVisits: VisitsState = { open: new Map(), checkins: new Map(), leaving: new Map() };

/** The visits after one more event. Events of visits that are not open change nothing, so a fold may begin anywhere. */
export function evolve(state: VisitsState, event: EventDraft): VisitsState {
	switch (event.type) {
		case 'visit.opened': {
			const { visit: id, entrance, customer, party } = event.body;
			const visit: Visit = {
				...{ id, entrance, customer, party, steppedOutAt: null, greetedAt: null, receivedBy: null, checkin: null, outcome: false },
				openedAt: event.at,
				lastSeenAt: event.at,
			};
			return { ...state, open: new Map(state.open).set(id, visit) };
		}
		case 'visit.identified':
			return change(state, event.body.visit, { customer: event.body.customer, lastSeenAt: event.at });
		case 'visit.seen':
			return change(state, event.body.visit, { lastSeenAt: event.at });
		case 'visit.stepped-out':
			return change(state, event.body.visit, { steppedOutAt: event.at, lastSeenAt: event.at });
		case 'visit.returned':
			return change(state, event.body.visit, { steppedOutAt: null, lastSeenAt: event.at });
		case 'visit.greeted':
			return change(state, event.body.visit, { greetedAt: event.at, receivedBy: event.body.staff, lastSeenAt: event.at });
		case 'visit.outcome-recorded':
			return change(state, event.body.visit, { outcome: true });
		case 'visit.reassigned':
			return change(state, event.body.visit, { receivedBy: event.body.staff });
		case 'visit.corrected': {
			const { customer, receivedBy } = event.body.changes;
			return change(state, event.body.visit, {
				...(customer === undefined ? {} : { customer }),
				...(receivedBy === undefined ? {} : { receivedBy }),
			});
		}
		case 'visit.closed': {
			const open = new Map(state.open);
			open.delete(event.body.visit);
			const customer = state.open.get(event.body.visit)?.customer ?? null;
			if (customer === null || !event.actor.startsWith('staff:') || event.body.reason === 'merged') return { ...state, open };
			const recent = [...state.leaving].filter(([, since]) => elapsedMs(since, event.at) < LEAVING_MS);
			return { ...state, open, leaving: new Map(recent).set(customer, event.at) };
		}
		case 'checkin.recorded': {
			const newest = [...state.checkins].slice(1 - CHECKINS_KEPT);
			const checkins = new Map(newest).set(event.body.checkin, event.body.visit);
			return { ...change(state, event.body.visit, { checkin: event.body.checkin, lastSeenAt: event.at }), checkins };
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

/** ms until this visit ends by itself, and how: they stepped out and stayed away, nothing was seen of them, or nobody ever closed it. */
export function ending(visit: Visit, now: Instant, rules: VisitRules): { readonly inMs: number; readonly reason: CloseReason } {
	const { steppedOutAt, lastSeenAt, openedAt, entrance } = visit;
	const ends: { readonly inMs: number; readonly reason: CloseReason }[] = [
		...(steppedOutAt ? [{ inMs: reentryMs(rules, entrance) - elapsedMs(steppedOutAt, now), reason: 'left' } as const] : []),
		{ inMs: rules.absentMs - elapsedMs(lastSeenAt, now), reason: 'absent' },
		{ inMs: rules.maxMs - elapsedMs(openedAt, now), reason: 'expired' },
	];
	return ends.reduce((first, end) => (end.inMs < first.inMs ? end : first));
}

/** ms until the next visit ends by itself; null: there is none. Zero or less: it is due. */
export function nextEndingMs(state: VisitsState, now: Instant, rules: VisitRules): number | null {
	const times = [...state.open.values()].map((visit) => ending(visit, now, rules).inMs);
	return times.length > 0 ? Math.min(...times) : null;
}
