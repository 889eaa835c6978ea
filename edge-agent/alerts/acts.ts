import { elapsedMs } from '../clock.js';
import type { EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import { freshBase, type People, planFor } from './alerts.js';
import type { ActiveAlert, AlertAction, AlertRules, AlertsState } from './alerts.types.js';
import { alertOf } from './alerts-state.js';
import { Refused } from './refused.js';

/**
 * What a member of staff does about an alert. Greeting needs no taking, so that a colleague can step in. Doing the same again is harmless.
 *
 * @returns the events; none when it is done already
 * @throws Refused `taken` by somebody else, `not-yours` to decline or release, or `no-such-alert` (it is not active)
 */
export function act(
	state: AlertsState,
	action: AlertAction,
	now: Instant,
	people: People,
	newId: () => string,
	rules: AlertRules,
): EventDraft[] {
	const alert = state.active.get(action.alert);
	if (!alert) throw new Refused('no-such-alert');
	const say = drafts(action, now, newId);
	if (alert.kind === 'hand-over') return answer(state, alert, action, say);
	switch (action.kind) {
		case 'greet':
			return [
				say('alert.greeted', alert.id, { alert: alert.id, staff: action.staff }),
				...alert.waiting.map((visit) => say('visit.greeted', visit, { visit, staff: action.staff })),
			];
		case 'accept':
			if (alert.acknowledgedBy === action.staff) return [];
			if (alert.acknowledgedBy !== null) throw new Refused('taken', alert.acknowledgedBy);
			return [say('alert.acknowledged', alert.id, { alert: alert.id, staff: action.staff })];
		case 'release': {
			if (alert.acknowledgedBy === null) return [];
			if (alert.acknowledgedBy !== action.staff) throw new Refused('taken', alert.acknowledgedBy);
			const plan = planFor(state, alert.id, alert, people, rules, action.staff);
			return [
				say('alert.released', alert.id, { alert: alert.id, staff: action.staff }),
				say('alert.rerouted', alert.id, { alert: alert.id, customer: alert.customer, ...plan, base: freshBase(alert) }),
			];
		}
		case 'decline': {
			const current = alert.steps[alert.step]?.staff ?? [];
			if (alert.acknowledgedBy !== null || !current.includes(action.staff)) return [];
			const next = alert.steps[alert.step + 1];
			return next ? [say('alert.escalated', alert.id, { alert: alert.id, step: alert.base + alert.step + 1, staff: next.staff })] : [];
		}
		case 'assign': {
			if (alert.acknowledgedBy === action.to) return [];
			const afterMs = Math.max(0, Math.round(elapsedMs(alert.plannedAt, now)));
			const before = alert.steps.slice(0, alert.step + 1);
			const managers = people.colleagues.filter(({ role, id }) => role === 'manager' && id !== action.to).map(({ id }) => id);
			const rest = managers.length > 0 ? [{ afterMs: afterMs + rules.stepMs, staff: managers }] : [];
			const steps = [...before, { afterMs, staff: [action.to] }, ...rest];
			const released =
				alert.acknowledgedBy === null ? [] : [say('alert.released', alert.id, { alert: alert.id, staff: alert.acknowledgedBy })];
			const body = { alert: alert.id, staff: action.to, by: action.staff, step: alert.base + before.length, steps };
			return [...released, say('alert.assigned', alert.id, body)];
		}
	}
}

/** A colleague answers a hand-over. */
function answer(state: AlertsState, alert: ActiveAlert, { kind, staff }: AlertAction, say: Say): EventDraft[] {
	const { id, visit, from } = alert;
	if (!alert.steps[0]?.staff.includes(staff)) throw new Refused('not-yours', alert.steps[0]?.staff[0] ?? null);
	if (kind === 'decline' || kind === 'release') return [say('alert.closed', id, { alert: id, reason: 'declined', staff })];
	const arrival = alertOf(state, visit);
	return [
		say('alert.acknowledged', id, { alert: id, staff }),
		say('visit.reassigned', visit, { visit, staff, from, by: 'hand-over', why: null }),
		...(arrival && arrival.acknowledgedBy !== staff ? [say('alert.acknowledged', arrival.id, { alert: arrival.id, staff })] : []),
		say('alert.closed', id, { alert: id, reason: 'handed-over', staff }),
	];
}

/**
 * Asks a colleague to take a visitor over: an alert of their own, so that it is delivered, and answered, like every other.
 * @throws Refused `asked` already
 */
export function handOver(
	state: AlertsState,
	visit: { readonly id: string; readonly customer: string | null },
	{ from, to }: { readonly from: string; readonly to: string },
	now: Instant,
	newId: () => string,
	rules: AlertRules,
): EventDraft[] {
	const open = [...state.active.values()].find((alert) => alert.kind === 'hand-over' && alert.visit === visit.id);
	if (open) {
		const asked = open.steps[0]?.staff[0] ?? null;
		if (asked === to) return [];
		throw new Refused('asked', asked);
	}
	const id = newId();
	const event = { id: newId(), at: now, actor: `staff:${from}`, subject: id, cause: null } as const;
	const plan = { steps: [{ afterMs: 0, staff: [to] }], turn: null, passed: [], quiet: false };
	const body = { alert: id, visit: visit.id, kind: 'hand-over', from, customer: visit.customer, purpose: null, ...plan } as const;
	return [{ ...event, type: 'alert.opened', body: { ...body, redAfterMs: rules.handOverMs } }];
}

type Say = <T extends EventDraft['type']>(type: T, subject: string, body: Extract<EventDraft, { type: T }>['body']) => EventDraft;

function drafts({ staff }: AlertAction, at: Instant, newId: () => string): Say {
	// The compiler cannot tell that `type` and `body` are of the same member of the union.
	return (type, subject, body) => ({ id: newId(), type, at, actor: `staff:${staff}`, subject, cause: null, body }) as EventDraft;
}
