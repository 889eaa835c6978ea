import { elapsedMs } from '../clock.js';
import type { Actor, EventDraft } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import { checkIn, close, merge, split } from './by-hand.js';
import { Decision } from './decision.js';
import { known, type Passage, type Sightings, trackKey, twin } from './sightings.js';
import type { Crossing, Identified, KnownPerson, TrackEnd, VisitInput, VisitRules, VisitsState } from './visits.types.js';
import { ending } from './visits-state.js';

/*
 * Who has arrived? One crossing makes one arrival, whichever camera saw it and whether or not a face was readable, and N people who
 * go out and come back are no new arrivals.
 *
 * Nothing here compares faces: a person is known because recognition said so before, or not at all. Of unknown people only their
 * number counts. So when unknown people go out and as many unknown ones come in within the re-entry time, they are taken for
 * the same. A stranger who walks in just after a visitor stepped out unrecognised is therefore missed as an arrival; a known
 * customer never is, because being recognised gives the wrongly used place back. A known person's going out is theirs
 * alone: no stranger can use it up. Whoever went out when a member of staff had said that a visitor was leaving is gone for good.
 * Somebody known who leaves unrecognised (people leave with their back to the camera) stays on
 * the list of visits until it expires.
 */

/** That somebody is still here is said at most this often. */
const SEEN_EVERY_MS = 10 * 60_000;

/**
 * What an input means for the visits.
 *
 * @param now for inputs that carry no time of their own
 * @returns the events to append, and the sightings that hold once they are appended
 */
export function decide(
	state: VisitsState,
	sightings: Sightings,
	input: VisitInput,
	now: Instant,
	newId: () => string,
	rules: VisitRules,
): { readonly events: readonly EventDraft[]; readonly sightings: Sightings } {
	const decision = new Decision(state, sightings, rules, 'at' in input ? input.at : now, actorOf(input), newId);
	apply(decision, input);
	return { events: decision.events, sightings: decision.sightings };
}

function apply(decision: Decision, input: VisitInput): void {
	if (input.kind === 'crossing') crossing(decision, input);
	else if (input.kind === 'identified') identified(decision, input);
	else if (input.kind === 'trackFound') decision.sightings.tracks.delete(trackKey(input));
	else if (input.kind === 'trackLost') trackLost(decision, input);
	else if (input.kind === 'checkIn') checkIn(decision, input);
	else if (input.kind === 'merge') merge(decision, input);
	else if (input.kind === 'split') split(decision, input);
	else if (input.kind === 'close') close(decision, input);
	else tick(decision);
}

function actorOf(input: VisitInput): Actor {
	switch (input.kind) {
		case 'crossing':
		case 'identified':
		case 'trackFound':
		case 'trackLost':
			return `camera:${input.camera}`;
		case 'checkIn':
			return input.actor;
		case 'merge':
		case 'split':
		case 'close':
			return `staff:${input.staff}`;
		case 'tick':
			return 'system';
	}
}

function identified(decision: Decision, { who, evidence, ...track }: Identified): void {
	const passage = decision.passage(track);
	if (!known(who)) {
		if (!known(passage.who)) decision.change(passage, { who, evidence: evidence ?? passage.evidence });
	} else if (!known(passage.who)) {
		recognised(decision, decision.change(passage, { evidence }), who, track.entrance);
	} else if (passage.who.person !== who.person) {
		// Two cameras' tracks were taken for one person and are two.
		decision.sightings.tracks.delete(trackKey(track));
		recognised(decision, decision.change(decision.passage(track), { evidence }), who, track.entrance);
	}
}

/** The passage's person is now known: what it did as an unknown one is undone and done again as theirs. */
function recognised(decision: Decision, before: Passage, who: KnownPerson, entrance: string): void {
	if (who.kind === 'staff') {
		decision.change(undo(decision, before, 'staff'), { who });
		return;
	}
	const theirs = decision.newest((visit) => visit.customer === who.person);
	if (theirs) {
		const passage = decision.change(undo(decision, before, 'not-a-visitor'), { who, visit: theirs.id });
		if (before.direction === 'in') crossIn(decision, passage, entrance);
		else if (before.direction === 'out') crossOut(decision, passage, entrance);
		else if (theirs.steppedOutAt) {
			decision.emit('visit.returned', { visit: theirs.id });
			decision.change(passage, { own: true });
		} else if (elapsedMs(theirs.lastSeenAt, decision.at) >= SEEN_EVERY_MS) decision.emit('visit.seen', { visit: theirs.id });
		return;
	}
	const arrival = before.own ? decision.open(before.visit) : undefined;
	if (arrival && arrival.customer === null) {
		decision.emit('visit.identified', { visit: arrival.id, customer: who.person, by: 'face', face: before.evidence });
		decision.change(before, { who });
		return;
	}
	const passage = decision.change(undo(decision, before, 'not-a-visitor'), { who });
	// Somebody who has gone out already and of whom we had no visit, or who is on their way out: not an arrival.
	if (before.direction !== 'out' && !decision.isLeaving(who.person, entrance)) arrive(decision, passage, who.person, entrance);
}

/** Takes back what the passage's crossing did while nobody knew whose it was. A visit that somebody checked in on is left alone. */
function undo(decision: Decision, passage: Passage, reason: 'staff' | 'not-a-visitor'): Passage {
	const arrival = passage.own ? decision.open(passage.visit) : undefined;
	if (arrival && arrival.customer === null && arrival.checkin === null && !arrival.greetedAt)
		decision.emit('visit.closed', { visit: arrival.id, reason });
	if (passage.took) decision.sightings.outs.push(passage.took);
	if (passage.left) decision.withdraw(passage.left);
	return decision.change(passage, { visit: null, own: false, took: null, left: null });
}

function crossing(decision: Decision, input: Crossing): void {
	// What is decided about the person counts before the crossing.
	identified(decision, { ...input, kind: 'identified', evidence: null });
	const key = trackKey(input);
	const same = twin(decision.sightings, input);
	if (!same) {
		const { entrance, direction, at, camera } = input;
		decision.sightings.crossings.push({ entrance, direction, at, track: key, cameras: [camera] });
		cross(decision, decision.passage(input), input);
		return;
	}
	const seen = decision.sightings.crossings[same.index];
	if (seen) decision.sightings.crossings[same.index] = { ...seen, cameras: [...seen.cameras, input.camera] };
	const passage = decision.passage(input);
	if (passage === same.passage) return;
	if (known(passage.who) && !known(same.passage.who)) {
		undo(decision, same.passage, passage.who.kind === 'staff' ? 'staff' : 'not-a-visitor');
		const undone = decision.sightings.tracks.get(seen?.track ?? '')?.passage;
		if (undone) decision.join(undone, passage);
		cross(decision, passage, input);
	} else {
		decision.sightings.tracks.set(key, { passage: same.passage, lostAt: null });
	}
}

function cross(decision: Decision, before: Passage, { direction, entrance }: Crossing): void {
	if (direction === 'in') crossIn(decision, before, entrance);
	else crossOut(decision, before, entrance);
}

function crossIn(decision: Decision, before: Passage, entrance: string): void {
	const passage = decision.change(before, { direction: 'in' });
	if (known(passage.who) && passage.who.kind === 'staff') return;
	const visit = decision.open(passage.visit);
	if (visit?.steppedOutAt) {
		decision.emit('visit.returned', { visit: visit.id });
	} else if (visit) {
		// Whoever was here before and comes in again went out without being recognised.
		const took = passage.own || passage.took ? null : decision.takeOut(entrance);
		if (took) {
			decision.emit('visit.returned', { visit: visit.id });
			decision.change(passage, { took });
		}
	} else if (passage.visit !== null && before.direction !== 'out') {
		// Their visit was closed meanwhile (a courier, say), and they have not been out since.
	} else if (known(passage.who)) {
		if (!decision.isLeaving(passage.who.person, entrance)) arrive(decision, passage, passage.who.person, entrance);
	} else if (passage.left && decision.sightings.outs.includes(passage.left)) {
		// They turned round at the door.
		decision.withdraw(passage.left);
		decision.change(passage, { left: null });
	} else {
		unknownIn(decision, passage, entrance);
	}
}

function unknownIn(decision: Decision, passage: Passage, entrance: string): void {
	const back = decision.newest((visit) => visit.customer === null && visit.entrance === entrance && !visit.steppedOutAt);
	const took = back ? decision.takeOut(entrance) : null;
	if (back && took) {
		decision.emit('visit.returned', { visit: back.id });
		decision.change(passage, { took });
	} else {
		arrive(decision, passage, null, entrance);
	}
}

function crossOut(decision: Decision, before: Passage, entrance: string): void {
	const passage = decision.change(before, { direction: 'out' });
	if (known(passage.who) && passage.who.kind === 'staff') return;
	const visit = decision.open(passage.visit);
	if (visit) {
		if (!visit.steppedOutAt) decision.emit('visit.stepped-out', { visit: visit.id });
		decision.change(passage, { took: null });
	} else if (passage.visit === null && !known(passage.who) && !passage.left) {
		decision.change(passage, { left: decision.leave(entrance), took: null });
	}
}

/** Somebody has come in: a visit of their own. */
function arrive(decision: Decision, passage: Passage, customer: string | null, entrance: string): void {
	const visit = decision.newId();
	const source = customer === null ? 'crossing' : 'face';
	const { who, evidence } = passage;
	const face = known(who) === (evidence?.verdict === 'known') ? evidence : null;
	decision.emit('visit.opened', { visit, source, entrance, customer, purpose: null, host: null, face, party: partyOf(decision, entrance) });
	decision.change(passage, { visit, own: true });
}

/** The party of whoever came in through this entrance just now. */
function partyOf(decision: Decision, entrance: string): string | null {
	const last = decision.newest((visit) => visit.entrance === entrance);
	return last && elapsedMs(last.openedAt, decision.at) < decision.rules.partyMs ? (last.party ?? last.id) : null;
}

function trackLost(decision: Decision, { at, ...track }: TrackEnd): void {
	const key = trackKey(track);
	const entry = decision.sightings.tracks.get(key);
	if (entry) decision.sightings.tracks.set(key, { ...entry, lostAt: at });
}

function tick(decision: Decision): void {
	for (const visit of decision.state.open.values()) {
		const { inMs, reason } = ending(visit, decision.at, decision.rules);
		if (inMs <= 0) decision.emit('visit.closed', { visit: visit.id, reason });
	}
}
