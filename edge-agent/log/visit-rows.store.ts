import type { VisitView } from '../contract/api.js';
import type { Connection } from '../store/database.store.js';
import type { PeopleRows } from './people-rows.store.js';

interface VisitRow extends Omit<VisitView, 'customer' | 'checkin'> {
	readonly openedSeq: number;
	readonly customer: string | null;
	readonly checkin: string | null;
	readonly model: string | null;
}

/** A place in the list of visits by opening: what lies after it is opened later. */
export interface VisitPlace {
	readonly openedAt: number;
	readonly openedSeq: number;
}

const SELECT = `
	SELECT v.id, v.opened_at AS openedAt, v.opened_seq AS openedSeq, v.entrance, v.source, v.customer, v.checkin, v.model, v.purpose,
		v.host, v.stepped_out_at AS steppedOutAt, v.greeted_at AS greetedAt, v.greeted_by AS greetedBy, v.closed_at AS closedAt,
		v.close_reason AS closeReason
	FROM visits v`;

/** Visits as screens see them. */
export class VisitRows {
	readonly #between;
	readonly #byIds;
	readonly #page;
	readonly #people: PeopleRows;

	constructor(database: Connection, people: PeopleRows) {
		this.#people = people;
		this.#between = database.prepare<[number, number], VisitRow>(
			`${SELECT} WHERE v.opened_at >= ? AND v.opened_at < ? ORDER BY v.opened_at DESC, v.opened_seq DESC`,
		);
		this.#byIds = database.prepare<[string], VisitRow>(
			`${SELECT} WHERE v.id IN (SELECT value FROM json_each(?)) ORDER BY v.opened_at DESC, v.opened_seq DESC`,
		);
		this.#page = database.prepare<[number, number, number, number], VisitRow>(
			`${SELECT} WHERE (v.opened_at, v.opened_seq) > (?, ?) AND v.opened_at < ? ORDER BY v.opened_at, v.opened_seq LIMIT ?`,
		);
	}

	/** Visits opened in [from, to) (Unix ms), newest first. */
	between(from: number, to: number): VisitView[] {
		return this.#between.all(from, to).map((row) => this.#view(row));
	}

	/** The given visits, newest first; unknown ids are left out. */
	byIds(ids: readonly string[]): VisitView[] {
		return this.#byIds.all(JSON.stringify(ids)).map((row) => this.#view(row));
	}

	/** Up to `limit` visits after a place and opened before `to`, oldest first, and the place to go on from; null: no more. */
	page(after: VisitPlace, to: number, limit: number): { visits: VisitView[]; next: VisitPlace | null } {
		const rows = this.#page.all(after.openedAt, after.openedSeq, to, limit);
		const last = rows.at(-1);
		const next = last && rows.length === limit ? { openedAt: last.openedAt, openedSeq: last.openedSeq } : null;
		return { visits: rows.map((row) => this.#view(row)), next };
	}

	/** Somebody whose row is gone (erased) is nobody we know. */
	#view({ openedSeq: _, customer, checkin, model, ...row }: VisitRow): VisitView {
		const known = customer === null ? null : this.#people.customer(customer);
		const texts = checkin === null ? null : this.#people.checkin(checkin);
		return { ...row, customer: known && { id: known.id, name: known.name }, checkin: texts && { ...texts, model } };
	}
}
