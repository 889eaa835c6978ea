import { createHash } from 'node:crypto';
import type { EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';

/** One alert, one step of its plan, one person: what is shown once. */
export interface Told {
	readonly alert: string;
	readonly step: number;
	readonly staff: string;
}

/** The delivery's name, the same on every device and on every attempt. */
export function deliveryId({ alert, step, staff }: Told): string {
	return `${alert}/${step}/${staff}`;
}

/** Whom an event tells of an alert. */
export function toldBy(event: EventDraft): readonly Told[] {
	switch (event.type) {
		case 'alert.opened':
			return tell(event.body.alert, 0, event.body.steps[0]?.staff ?? []);
		case 'alert.rerouted':
			return tell(event.body.alert, event.body.base, event.body.steps[0]?.staff ?? []);
		case 'alert.escalated':
			return tell(event.body.alert, event.body.step, event.body.staff);
		case 'alert.assigned':
			return tell(event.body.alert, event.body.step, [event.body.staff]);
		default:
			return [];
	}
}

function tell(alert: string, step: number, people: readonly string[]): Told[] {
	return people.map((staff) => ({ alert, step, staff }));
}

/**
 * The event that a device was handed, or shows, a delivery. Its id follows from what it says, so the log keeps it once however
 * often it is handed over.
 */
export function deliveryEvent(type: 'alert.sent' | 'alert.received', told: Told, device: string, at: Instant): EventDraft {
	const { alert, step, staff } = told;
	const id = createHash('sha256')
		.update(JSON.stringify([type, alert, step, staff, device]))
		.digest('hex');
	return { id, type, at, actor: `staff:${staff}`, subject: alert, cause: null, body: { alert, step, staff, device } };
}
