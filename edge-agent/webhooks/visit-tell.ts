import type { LoggedEvent } from '../contract/events.js';
import { say, type Tell } from './message.js';
import { dayAndClockOf, type Speech } from './speech.js';

/** An event of a visit, a check-in or a guest as a message; null: it is of something else. */
export function visitTell(event: LoggedEvent, speech: Speech): Tell | null {
	const { words, facts } = speech;
	const visit = 'visit' in event.body ? facts.visits.get(event.body.visit) : undefined;
	const who = speech.who(undefined, visit);
	switch (event.type) {
		case 'visit.opened':
			return say(words.came(who), [speech.purpose(visit?.purpose ?? event.body.purpose), speech.host(visit?.host ?? event.body.host)]);
		case 'visit.identified':
			return say(words.known(who), [speech.purpose(visit?.purpose)]);
		case 'visit.greeted':
			return say(words.greeted(speech.staff([event.body.staff]), who));
		case 'visit.closed': {
			const stayed = visit ? words.stayed(speech.stay(visit.openedAt, event.at.wall)) : null;
			return say(words.left(who, words.closed[event.body.reason]), [stayed]);
		}
		case 'visit.outcome-recorded': {
			const { result, grade } = event.body;
			return say(words.outcome(who, words.result[result]), [grade && words.grade(grade)]);
		}
		case 'checkin.recorded': {
			const { purpose, host } = event.body;
			return say(words.checkedIn(who), [speech.purpose(purpose), speech.host(host)]);
		}
		case 'guest.expected': {
			const { host, purpose, at } = event.body;
			const guest = speech.guest(event.body) ?? words.visitor;
			return say(words.expected(guest, dayAndClockOf(at)), [speech.purpose(purpose), speech.host(host)], host === null ? [] : [host]);
		}
		case 'guest.arrived':
			return say(words.guestCame(who), [speech.purpose(visit?.purpose), speech.host(visit?.host)], visit?.host ? [visit.host] : []);
		default:
			return null;
	}
}
