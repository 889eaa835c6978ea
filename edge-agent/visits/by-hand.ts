import { elapsedMs } from '../clock.js';
import type { Decision } from './decision.js';
import type { CheckInInput, CloseVisit, MergeVisits, SplitVisit } from './visits.types.js';

/* What people say about visits, at the kiosk or at a screen; what cameras say is in visits.ts. */

/** A visitor who checks in within this time of walking in is the one who walked in. */
const CHECKIN_FOLLOWS_MS = 5 * 60_000;
/** A visitor who walked in and then checks in is one visitor, not two. */
export function checkIn(decision: Decision, { form, via, customer, by, guest }: CheckInInput): void {
	if (decision.state.checkins.has(form.id)) return;
	const { purpose, host, model, partySize } = form;
	const theirs = customer === null ? undefined : decision.newest((visit) => visit.customer === customer);
	const walkedIn = decision.newest(
		(visit) =>
			visit.customer === null &&
			visit.checkin === null &&
			!visit.greetedAt &&
			!visit.steppedOutAt &&
			elapsedMs(visit.openedAt, decision.at) <= CHECKIN_FOLLOWS_MS,
	);
	const visit = theirs?.id ?? walkedIn?.id ?? decision.newId();
	if (theirs) {
		if (theirs.steppedOutAt) decision.emit('visit.returned', { visit });
	} else if (!walkedIn) {
		const source = guest === null ? sourceOf[by] : 'guest';
		decision.emit('visit.opened', { visit, source, entrance: null, customer, purpose, host, face: null, party: null });
	} else if (customer !== null) decision.emit('visit.identified', { visit, customer, by, face: null });
	decision.emit('checkin.recorded', { checkin: form.id, visit, via, purpose, host, model });
	if (guest !== null) decision.emit('guest.arrived', { guest, visit });
	if (partySize !== undefined && partySize > 1)
		decision.emit('visit.corrected', { visit, changes: { partySize }, before: { partySize: 1 }, why: null });
}

const sourceOf = { kiosk: 'kiosk', telephone: 'telephone', guest: 'guest', manual: 'manual' } as const;

/** What is known of either is known of the one that goes on. */
export function merge(decision: Decision, { visit: id, into: other, why }: MergeVisits): void {
	const [visit, into] = [decision.open(id), decision.open(other)];
	if (!visit || !into || visit === into) return;
	decision.emit('visit.merged', { visit: id, into: other, why });
	decision.emit('visit.closed', { visit: id, reason: 'merged' });
	if (into.customer === null && visit.customer !== null)
		decision.emit('visit.identified', { visit: other, customer: visit.customer, by: 'manual', face: null });
	if (into.steppedOutAt && !visit.steppedOutAt) decision.emit('visit.returned', { visit: other });
	if (!into.greetedAt && visit.greetedAt && visit.receivedBy !== null)
		decision.emit('visit.greeted', { visit: other, staff: visit.receivedBy });
}

/** Whoever was received with the party has been received. */
export function split(decision: Decision, { visit: from, id, why }: SplitVisit): void {
	const visit = decision.open(from);
	if (!visit || decision.open(id)) return;
	const { entrance, greetedAt, receivedBy } = visit;
	const party = visit.party ?? visit.id;
	decision.emit('visit.opened', { visit: id, source: 'manual', entrance, customer: null, purpose: null, host: null, face: null, party });
	decision.emit('visit.split', { visit: id, from, why });
	if (greetedAt && receivedBy !== null) decision.emit('visit.greeted', { visit: id, staff: receivedBy });
}

/** Somebody says that a visit is over. */
export function close(decision: Decision, { visit, reason }: CloseVisit): void {
	const going = decision.open(visit);
	if (!going) return;
	decision.emit('visit.closed', { visit, reason });
	// Whoever was seen going out already is on their way.
	if (!going.steppedOutAt && (reason === 'left' || reason === 'courier')) decision.farewell();
}
