import { randomUUID } from 'node:crypto';
import type { EventBody, EventDraft, EventType } from '../../../edge-agent/contract/events.js';

/** A valid draft; its subject is the first id in its body. */
export function draft<T extends EventType>(type: T, body: EventBody<T>, wall = 1_770_000_000_000, id: string = randomUUID()): EventDraft {
	const subject = String(Object.values(body)[0] ?? 'agent');
	return { id, type, at: { wall, mono: wall / 7, boot: 'boot-1' }, actor: 'system', subject, cause: null, body } as EventDraft;
}

export function visitOpened(visit: string, wall?: number, over: Partial<EventBody<'visit.opened'>> = {}): EventDraft {
	const body = { visit, source: 'crossing', entrance: 'main', customer: null, purpose: null, host: null, face: null, party: null } as const;
	return draft('visit.opened', { ...body, ...over }, wall);
}

export function alertOpened(
	alert: string,
	visit: string,
	staff: readonly string[],
	wall?: number,
	over: Partial<EventBody<'alert.opened'>> = {},
): EventDraft {
	const plan = { steps: [{ afterMs: 0, staff: [...staff] }], turn: null, passed: [], quiet: false };
	const body = { alert, visit, kind: 'arrival', from: null, customer: null, purpose: null, redAfterMs: 60_000, ...plan } as const;
	return draft('alert.opened', { ...body, ...over }, wall);
}
