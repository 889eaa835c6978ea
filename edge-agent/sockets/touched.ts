import type { EventBody, EventDraft, EventType } from '../contract/events.js';
import type { ShownList } from '../contract/sockets.js';

/** What an event changes of what screens show. */
export interface Touched {
	/** Rows of these change. */
	readonly visits?: readonly string[];
	readonly alerts?: readonly string[];
	/** Alerts that are not over show it, and the event does not say which of them. */
	readonly unsettled?: true;
	/** Lists that screens ask for over HTTP. */
	readonly lists?: readonly ShownList[];
}

const nothing = (): Touched => ({});
const visit = (body: { readonly visit: string }): Touched => ({ visits: [body.visit] });
const alert = (body: { readonly alert: string }): Touched => ({ alerts: [body.alert] });
/** An alert of which a turn or somebody's being busy follows. */
const planned = (body: { readonly alert: string }): Touched => ({ ...alert(body), lists: ['reception'] });
const reception = (): Touched => ({ lists: ['reception'] });
const guests = (): Touched => ({ lists: ['guests'] });

/** By type, so that whoever adds an event has to say what of it screens show. */
const byType: { readonly [T in EventType]: (body: EventBody<T>) => Touched } = {
	'agent.started': nothing,
	'agent.stopped': nothing,
	'camera.changed': nothing,
	'customer.enrolled': nothing,
	'staff.enrolled': nothing,
	'face.not-described': nothing,

	'visit.opened': visit,
	'visit.identified': visit,
	'visit.seen': visit,
	'visit.stepped-out': visit,
	'visit.returned': visit,
	'visit.greeted': (body) => ({ ...visit(body), lists: ['reception'] }),
	'visit.closed': (body) => ({ ...visit(body), lists: ['reception', 'tasks'] }),
	'visit.merged': ({ visit, into }) => ({ visits: [visit, into], lists: ['reception'] }),
	'visit.split': ({ visit, from }) => ({ visits: [visit, from] }),
	'visit.corrected': (body) => ({ ...visit(body), lists: ['reception', 'tasks'] }),
	'visit.reassigned': (body) => ({ ...visit(body), lists: ['reception', 'tasks'] }),
	'visit.annotated': visit,
	// An outcome that is due stands on the alert of the customer's next visit.
	'visit.outcome-recorded': (body) => ({ ...visit(body), unsettled: true, lists: ['tasks'] }),
	'visit.outcome-asked': () => ({ lists: ['tasks'] }),
	'checkin.recorded': visit,
	'checkin.face-tried': nothing,

	'alert.opened': planned,
	'alert.rerouted': planned,
	'alert.joined': ({ alert, visit }) => ({ alerts: [alert], visits: [visit] }),
	'alert.assigned': planned,
	'alert.released': planned,
	'alert.escalated': alert,
	'alert.overdue': alert,
	// Nobody's screen shows on which device an alert has been seen.
	'alert.sent': nothing,
	'alert.received': nothing,
	'alert.acknowledged': planned,
	'alert.greeted': alert,
	'alert.closed': planned,

	'duty.changed': reception,
	'duty.freed': reception,
	'rota.set': reception,
	'customer.wishes-set': nothing,
	'guest.expected': guests,
	'guest.cancelled': guests,
	'guest.arrived': (body) => ({ ...visit(body), lists: ['guests'] }),
	'task.opened': () => ({ unsettled: true, lists: ['tasks'] }),
	'task.done': () => ({ unsettled: true, lists: ['tasks'] }),
	'summary.made': nothing,
	'webhook.gave-up': nothing,

	'staff.added': reception,
	'staff.changed': reception,
	'account.changed': nothing,
	'session.opened': nothing,
	'session.closed': nothing,
	'session.refused': nothing,
	'device.paired': nothing,
	'device.revoked': nothing,
	'token.made': nothing,
	'token.revoked': nothing,
	'brochure.viewed': nothing,

	// A photograph may be asked for, or no more; a name is gone.
	'consent.notice-published': nothing,
	'consent.granted': () => ({ unsettled: true }),
	'consent.withdrawn': () => ({ unsettled: true, lists: ['visits', 'guests', 'tasks'] }),
	'consent.expired': () => ({ unsettled: true }),
	'checkin.texts-expired': () => ({ unsettled: true, lists: ['visits'] }),
	'person.read': nothing,
	'person.changed': nothing,
	'person.exported': nothing,
	'customers.imported': nothing,
	'staff.imported': reception,
	'import.undone': reception,
	'recognition.trigger-changed': nothing,
};

export function touchedBy({ type, body }: Pick<EventDraft, 'type' | 'body'>): Touched {
	return (byType[type] as (body: EventDraft['body']) => Touched)(body);
}
