import type { LoggedEvent } from '../contract/events.js';
import type { DeskChange } from '../contract/sockets.js';
import type { ShowroomQueries } from '../log/log.types.js';

type Views = Pick<ShowroomQueries, 'visits' | 'alerts'>;

/** Views in one message, at most: a screen that was away for days gets them in several. */
const VIEWS_A_MESSAGE = 500;

/** The visits and alerts that events changed. */
export class ChangedRows {
	readonly visits = new Set<string>();
	readonly alerts = new Set<string>();
	/** The last event taken in. */
	seq = 0;

	add(events: readonly LoggedEvent[]): this {
		for (const { seq, type, body } of events) {
			this.seq = seq;
			// Nobody's screen shows on which device an alert has been seen.
			if (type === 'alert.sent' || type === 'alert.received') continue;
			if ('visit' in body) this.visits.add(body.visit);
			if ('alert' in body) this.alerts.add(body.alert);
		}
		return this;
	}

	get empty(): boolean {
		return this.visits.size === 0 && this.alerts.size === 0;
	}
}

/** The changed rows as they are now. What becomes known of a visit shows on its alert as well. */
export async function changeMessages(changed: ChangedRows, queries: Views): Promise<DeskChange[]> {
	const { seq } = changed;
	const unsettled = changed.visits.size > 0 ? await queries.alerts({ open: true }) : [];
	const alertIds = [...new Set([...changed.alerts, ...unsettled.filter(({ visit }) => changed.visits.has(visit)).map(({ id }) => id)])];
	const visitIds = [...changed.visits];
	const messages: DeskChange[] = [];
	for (let from = 0; from < Math.max(visitIds.length, alertIds.length); from += VIEWS_A_MESSAGE) {
		const [visits, alerts] = await Promise.all([
			queries.visits({ ids: visitIds.slice(from, from + VIEWS_A_MESSAGE) }),
			queries.alerts({ ids: alertIds.slice(from, from + VIEWS_A_MESSAGE) }),
		]);
		messages.push({ seq, visits, alerts });
	}
	return messages;
}

/** What a screen starts with: the alerts that are not over, and the visits opened since `from` (Unix ms). */
export async function firstMessage(seq: number, from: number, queries: Views): Promise<DeskChange> {
	const [visits, alerts] = await Promise.all([queries.visits({ from, to: Number.MAX_SAFE_INTEGER }), queries.alerts({ open: true })]);
	return { seq, visits, alerts };
}
