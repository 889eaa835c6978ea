import type { AlertView } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import { say, type Tell } from './message.js';
import { clockOf, type Speech } from './speech.js';

/** An event of an alert as a message; null: it is of something else. */
export function alertTell(event: LoggedEvent, speech: Speech): Tell | null {
	const { words, facts } = speech;
	const { body } = event;
	if (!('alert' in body)) return null;
	const alert = facts.alerts.get(body.alert);
	const visit = facts.visits.get(alert?.visit ?? ('visit' in body ? body.visit : ''));
	const who = speech.who(alert, visit);
	const openedAt = alert?.openedAt ?? event.at.wall;
	const purpose = speech.purpose(visit?.purpose ?? alert?.purpose);
	const since = words.since(clockOf(openedAt));
	const settled = settledLine(alert, speech);
	/** Nobody is called to a visitor who is with somebody already. */
	const calling = (staff: readonly string[]) => (settled === null ? staff : []);
	const receive = (staff: readonly string[]) => settled ?? words.receive(speech.staff(staff));

	switch (event.type) {
		case 'alert.opened': {
			const { kind, from, quiet, steps } = event.body;
			const first = steps[0]?.staff ?? [];
			const headline = kind === 'hand-over' && from !== null ? words.handOver(speech.staff([from]), who) : words.came(who);
			return say(headline, [quiet ? words.quiet : null, purpose, speech.host(visit?.host), receive(first), since], calling(first));
		}
		case 'alert.rerouted': {
			const first = event.body.steps[0]?.staff ?? [];
			const quiet = event.body.quiet ? words.quiet : null;
			return say(words.known(who), [quiet, purpose, speech.host(visit?.host), receive(first), since], calling(first));
		}
		case 'alert.escalated': {
			const { staff } = event.body;
			return say(words.escalated(who), [purpose, receive(staff), since], calling(staff));
		}
		case 'alert.overdue': {
			const told = alert?.told ?? [];
			const waited = words.waited(speech.wait(openedAt, event.at.wall));
			return say(words.overdue(who), [waited, purpose, settled ?? words.told(speech.staff(told))], calling(told));
		}
		case 'alert.acknowledged':
			return say(words.acknowledged(speech.staff([event.body.staff]), who), [purpose]);
		case 'alert.greeted':
			return say(words.greeted(speech.staff([event.body.staff]), who), [words.afterWait(speech.wait(openedAt, event.at.wall))]);
		case 'alert.closed':
			return say(words.alertClosed(who, words.closed[event.body.reason]));
		default:
			return null;
	}
}

/** How the alert stands now, if nobody has to go any more; null: it is open. */
function settledLine(alert: AlertView | undefined, speech: Speech): string | null {
	const { now } = speech.words;
	switch (alert?.state) {
		case 'acknowledged':
			return now.acknowledged(speech.staff(alert.acknowledgedBy === null ? [] : [alert.acknowledgedBy]));
		case 'greeted':
			return now.greeted(speech.staff(alert.greetedBy === null ? [] : [alert.greetedBy]));
		case 'closed':
			return now.closed;
		default:
			return null;
	}
}
