import type { LoggedEvent } from '../contract/events.js';
import type { Connection } from '../store/database.store.js';
import { type ChainedRow, loggedEvent } from './event-rows.store.js';
import type { PeopleRows } from './people-rows.store.js';

interface Alert {
	readonly id: string;
	readonly openedSeq: number;
	readonly settled: 0 | 1;
}

/** As the index `events_afterwards` has it, word for word. */
export const AFTERWARDS = `type IN (
	'visit.corrected', 'visit.annotated', 'visit.outcome-recorded', 'visit.outcome-asked', 'visit.merged', 'visit.reassigned',
	'visit.split', 'guest.arrived', 'task.opened', 'task.done')`;
const over: readonly string[] = ['visit.closed', 'alert.closed', 'alert.greeted'] satisfies LoggedEvent['type'][];

/** What happened in one visit. */
export class VisitEvents {
	readonly #openedSeq;
	readonly #alerts;
	readonly #about;
	readonly #merged;
	readonly #onTheWay;
	readonly #afterwards;
	readonly #texts;
	readonly #people: PeopleRows;

	constructor(database: Connection, people: PeopleRows) {
		this.#people = people;
		this.#openedSeq = database.prepare<[string], number>('SELECT opened_seq FROM visits WHERE id = ?').pluck();
		this.#alerts = database.prepare<[{ visit: string }], Alert>(`
			SELECT id, opened_seq AS openedSeq, state NOT IN ('open', 'acknowledged') AS settled FROM alerts
			WHERE id IN (SELECT id FROM alerts WHERE visit = @visit UNION SELECT alert FROM alert_joined WHERE visit = @visit)`);
		this.#about = database
			.prepare<[{ visit: string }], string>('SELECT id FROM tasks WHERE visit = @visit UNION SELECT id FROM guests WHERE visit = @visit')
			.pluck();
		this.#merged = database.prepare<[string], string>('SELECT id FROM visits WHERE merged_into = ?').pluck();
		this.#onTheWay = database.prepare<[number, string], ChainedRow>(
			'SELECT * FROM events WHERE seq >= ? AND subject IN (SELECT value FROM json_each(?)) ORDER BY seq',
		);
		this.#afterwards = database.prepare<[string], ChainedRow>(
			`SELECT * FROM events WHERE ${AFTERWARDS} AND subject IN (SELECT value FROM json_each(?))`,
		);
		this.#texts = database.prepare<[string], { id: string; text: Uint8Array }>('SELECT id, text FROM visit_texts WHERE visit = ?');
	}

	/** Every event of the visit, of its alerts and of what came of it, oldest first; none for an unknown one. */
	events(visit: string): LoggedEvent[] {
		const openedSeq = this.#openedSeq.get(visit);
		if (openedSeq === undefined) return [];
		const alerts = this.#alerts.all({ visit });
		const bySeq = new Map<number, ChainedRow>();
		for (const row of this.#untilItIsOver(visit, openedSeq, alerts)) bySeq.set(row.seq, row);
		const about = [visit, ...this.#about.all({ visit })];
		for (const row of this.#afterwards.all(JSON.stringify(about))) bySeq.set(row.seq, row);
		// That another visit was this one is said of the other.
		for (const row of this.#afterwards.all(JSON.stringify(this.#merged.all(visit))))
			if (row.type === 'visit.merged') bySeq.set(row.seq, row);
		return [...bySeq.values()].sort((a, b) => a.seq - b.seq).map(loggedEvent);
	}

	/** Remarks and reasons that are still there. */
	texts(visit: string): { id: string; text: string }[] {
		return this.#texts.all(visit).flatMap(({ id, text }) => {
			const opened = this.#people.keys().openTexts(visit, 'visit_texts', id, { text });
			return opened?.text ? [{ id, text: opened.text }] : [];
		});
	}

	/** From the first event on, up to where the visit and its alerts have ended: no index is kept of what happens every few seconds. */
	*#untilItIsOver(visit: string, openedSeq: number, alerts: readonly Alert[]): Generator<ChainedRow> {
		const ids = [visit, ...alerts.map(({ id }) => id)];
		const going = new Set(ids);
		const from = Math.min(openedSeq, ...alerts.map((alert) => alert.openedSeq));
		for (const row of this.#onTheWay.iterate(from, JSON.stringify(ids))) {
			yield row;
			if (over.includes(row.type)) going.delete(row.subject);
			if (going.size === 0) return;
		}
	}
}
