import type { LoggedEvent } from '../contract/events.js';
import type { DeskChange } from '../contract/sockets.js';
import type { ShowroomQueries } from '../log/log.types.js';
import { touchedBy } from './touched.js';

type Views = Pick<ShowroomQueries, 'visits' | 'alerts'>;

/** Views in one message, at most: a screen that was away for days gets them in several. */
const VIEWS_A_MESSAGE = 500;

/** What events changed of what screens show. */
export class ChangedRows {
	readonly visits = new Set<string>();
	readonly alerts = new Set<string>();
	/** Any alert that is not over may have changed. */
	unsettled = false;
	/** The last event taken in. */
	seq = 0;

	add(events: readonly LoggedEvent[]): this {
		for (const event of events) {
			const { visits = [], alerts = [], unsettled = false } = touchedBy(event);
			this.seq = event.seq;
			for (const id of visits) this.visits.add(id);
			for (const id of alerts) this.alerts.add(id);
			this.unsettled ||= unsettled;
		}
		return this;
	}

	/** Whether no row changed. */
	get empty(): boolean {
		return this.visits.size === 0 && this.alerts.size === 0 && !this.unsettled;
	}
}

/**
 * The changed rows as they are now. What becomes known of a visit shows on its alert as well. Everything is asked for at once: the reader answers
 * one after the other, but nothing waits for an answer to ask the next.
 */
export async function changeMessages(changed: ChangedRows, queries: Views): Promise<DeskChange[]> {
	const { seq } = changed;
	const [concerned, named, visits] = await Promise.all([
		changed.unsettled ? queries.alerts({ open: true }) : paged([...changed.visits], (ids) => queries.alerts({ visits: ids })),
		paged([...changed.alerts], (ids) => queries.alerts({ ids })),
		paged([...changed.visits], (ids) => queries.visits({ ids })),
	]);
	const alerts = [...new Map([...named, ...concerned].map((alert) => [alert.id, alert])).values()];
	// A name that is gone from an alert is gone from its visit.
	const theirs = changed.unsettled ? alerts.map(({ visit }) => visit).filter((id) => !changed.visits.has(id)) : [];
	visits.push(...(await paged(theirs, (ids) => queries.visits({ ids }))));
	const messages: DeskChange[] = [];
	for (let from = 0; from < Math.max(visits.length, alerts.length); from += VIEWS_A_MESSAGE) {
		const to = from + VIEWS_A_MESSAGE;
		messages.push({ seq, visits: visits.slice(from, to), alerts: alerts.slice(from, to) });
	}
	return messages;
}

async function paged<T>(ids: readonly string[], ask: (ids: readonly string[]) => Promise<T[]>): Promise<T[]> {
	const pages: Promise<T[]>[] = [];
	for (let from = 0; from < ids.length; from += VIEWS_A_MESSAGE) pages.push(ask(ids.slice(from, from + VIEWS_A_MESSAGE)));
	return (await Promise.all(pages)).flat();
}

/** What a screen starts with: the alerts that are not over, and the visits opened since `from` (Unix ms). */
export async function firstMessage(seq: number, from: number, queries: Views): Promise<DeskChange> {
	const [visits, alerts] = await Promise.all([queries.visits({ from, to: Number.MAX_SAFE_INTEGER }), queries.alerts({ open: true })]);
	return { seq, visits, alerts };
}
