import type { AlertView } from '../../../edge-agent/contract/api.js';

/** Who an alert is about: a known customer, somebody who wrote their name at the kiosk, or a visitor nobody knows. */
export function visitorOf(alert: Pick<AlertView, 'customer' | 'checkinName'>): {
	readonly name: string | null;
	readonly known: 'visitor.known' | 'visitor.checked-in' | null;
} {
	if (alert.customer) return { name: alert.customer.name, known: 'visitor.known' };
	if (alert.checkinName) return { name: alert.checkinName, known: 'visitor.checked-in' };
	return { name: null, known: null };
}

/** Whether an alert shows red: nobody has accepted, and the wait is too long by the agent's word or by its clock. */
export function isRed(alert: Pick<AlertView, 'state' | 'overdue' | 'redAt'>, now: number): boolean {
	return alert.state === 'open' && (alert.overdue || now >= alert.redAt);
}

/** Until when somebody waits, Unix ms: until greeted, else until now. */
export function waitedMs(alert: Pick<AlertView, 'openedAt' | 'greetedAt'>, now: number): number {
	return Math.max(0, (alert.greetedAt ?? now) - alert.openedAt);
}
