import { elapsedMs } from '../clock.js';
import type { EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ActiveAlert, AlertRules, AlertsState } from './alerts.types.js';

/** What is to come of an alert by itself. */
type Due =
	/** The next step of the plan is told. */
	| { readonly inMs: number; readonly what: 'step'; readonly step: number }
	/** It turns red. */
	| { readonly inMs: number; readonly what: 'red' }
	/** Accepted, and nobody has greeted: the managers are told. */
	| { readonly inMs: number; readonly what: 'chase' }
	/** A hand-over that nobody has answered is over. */
	| { readonly inMs: number; readonly what: 'expire' };

/** What is due: the next steps of unanswered alerts, red, accepted ones that nobody came for, hand-overs without an answer. @param managers who they are */
export function tick(
	state: AlertsState,
	now: Instant,
	managers: readonly string[],
	newId: () => string,
	rules: Pick<AlertRules, 'greetMs'>,
): EventDraft[] {
	return [...state.active.values()].flatMap((alert) =>
		comingUp(alert, now, rules)
			.filter(({ inMs }) => inMs <= 0)
			.flatMap((due) => happened(alert, due, now, managers, newId)),
	);
}

function happened(alert: ActiveAlert, due: Due, now: Instant, managers: readonly string[], newId: () => string): EventDraft[] {
	const id = alert.id;
	const event = { id: newId(), at: now, actor: 'system', subject: id, cause: null } as const;
	switch (due.what) {
		case 'step': {
			const staff = [...(alert.steps[due.step]?.staff ?? [])];
			return [{ ...event, type: 'alert.escalated', body: { alert: id, step: alert.base + due.step, staff } }];
		}
		case 'red':
			return [{ ...event, type: 'alert.overdue', body: { alert: id } }];
		case 'chase':
			// A step of its own after the plan's, so that whoever was told before is told once more.
			return [{ ...event, type: 'alert.escalated', body: { alert: id, step: alert.base + alert.steps.length, staff: [...managers] } }];
		case 'expire':
			return [{ ...event, type: 'alert.closed', body: { alert: id, reason: 'expired', staff: null } }];
	}
}

/** ms until the next of these of any alert; null: nothing is to come. Zero or less: it is due. */
export function nextDeadlineMs(state: AlertsState, now: Instant, rules: Pick<AlertRules, 'greetMs'>): number | null {
	const times = [...state.active.values()].flatMap((alert) => comingUp(alert, now, rules)).map(({ inMs }) => inMs);
	return times.length > 0 ? Math.min(...times) : null;
}

/** In order of time. */
function comingUp(alert: ActiveAlert, now: Instant, { greetMs }: Pick<AlertRules, 'greetMs'>): Due[] {
	const since = elapsedMs(alert.openedAt, now);
	if (alert.kind === 'hand-over') return [{ inMs: alert.redAfterMs - since, what: 'expire' }];
	if (alert.acknowledgedAt !== null) return alert.chased ? [] : [{ inMs: greetMs - elapsedMs(alert.acknowledgedAt, now), what: 'chase' }];
	const planned = elapsedMs(alert.plannedAt, now);
	const steps = alert.steps.map(({ afterMs }, step): Due => ({ inMs: afterMs - planned, what: 'step', step })).slice(alert.step + 1);
	const red: Due[] = alert.overdue || alert.quiet ? [] : [{ inMs: alert.redAfterMs - since, what: 'red' }];
	return [...steps, ...red].toSorted((a, b) => a.inMs - b.inMs);
}
