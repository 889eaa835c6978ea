import type { VisitView } from '../contract/api.js';
import type { VisitRecord } from '../contract/reception.api.js';
import type { Connection } from '../store/database.store.js';
import { countsAsVisit } from './counted-visits.js';
import type { PeopleRows } from './people-rows.store.js';

type RecordRow = { readonly [F in keyof VisitRecord]: VisitRecord[F] extends boolean ? 0 | 1 : VisitRecord[F] };
export interface VisitRow
	extends Omit<VisitView, 'customer' | 'checkin' | 'repeat' | 'record'>,
		Omit<RecordRow, 'models' | 'rivals'>,
		VisitPlace {
	readonly customer: string | null;
	readonly checkin: string | null;
	readonly model: string | null;
	readonly repeat: 0 | 1;
	/** JSON, as the next one. */
	readonly models: string;
	readonly rivals: string;
}

/** A place in the list of visits by opening: what lies after it is opened later. */
export interface VisitPlace {
	readonly openedAt: number;
	readonly openedSeq: number;
}

export const SELECT_VISITS = `
	SELECT v.id, v.opened_at AS openedAt, v.opened_seq AS openedSeq, v.entrance, v.source, v.customer, v.checkin, v.model, v.purpose,
		v.host, v.stepped_out_at AS steppedOutAt, v.greeted_at AS greetedAt, v.greeted_by AS greetedBy, v.closed_at AS closedAt,
		v.close_reason AS closeReason, v.received_by AS receivedBy, v.party, v.last_seen_at AS lastSeenAt, v.merged_into AS mergedInto,
		v.channel, v.party_size AS partySize, v.models, v.rivals, v.grade, v.result, v.test_drive AS testDrive, v.quote,
		v.contact_left AS contactLeft, v.outcome_at AS outcomeAt, v.outcome_by AS outcomeBy,
		v.customer IS NOT NULL AND EXISTS (
			SELECT 1 FROM visits e
			WHERE e.customer = v.customer AND (e.opened_at, e.opened_seq) < (v.opened_at, v.opened_seq) AND ${countsAsVisit('e')}
		) AS repeat
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
			`${SELECT_VISITS} WHERE v.opened_at >= ? AND v.opened_at < ? ORDER BY v.opened_at DESC, v.opened_seq DESC`,
		);
		this.#byIds = database.prepare<[string], VisitRow>(
			`${SELECT_VISITS} WHERE v.id IN (SELECT value FROM json_each(?)) ORDER BY v.opened_at DESC, v.opened_seq DESC`,
		);
		this.#page = database.prepare<[number, number, number, number], VisitRow>(
			`${SELECT_VISITS} WHERE (v.opened_at, v.opened_seq) > (?, ?) AND v.opened_at < ? ORDER BY v.opened_at, v.opened_seq LIMIT ?`,
		);
	}

	/** Visits opened in [from, to) (Unix ms), newest first. */
	between(from: number, to: number): VisitView[] {
		return this.#between.all(from, to).map((row) => this.view(row));
	}

	/** The given visits, newest first; unknown ids are left out. */
	byIds(ids: readonly string[]): VisitView[] {
		return this.#byIds.all(JSON.stringify(ids)).map((row) => this.view(row));
	}

	/** Up to `limit` visits after a place and opened before `to`, oldest first, and the place to go on from; null: no more. */
	page(after: VisitPlace, to: number, limit: number): { visits: VisitView[]; next: VisitPlace | null } {
		const rows = this.#page.all(after.openedAt, after.openedSeq, to, limit);
		const last = rows.at(-1);
		const next = last && rows.length === limit ? { openedAt: last.openedAt, openedSeq: last.openedSeq } : null;
		return { visits: rows.map((row) => this.view(row)), next };
	}

	/** Somebody whose row is gone (erased) is nobody we know. (Each field by its name: taking a row apart costs more than reading it.) */
	view(row: VisitRow): VisitView {
		const known = row.customer === null ? null : this.#people.customer(row.customer);
		const texts = row.checkin === null ? null : this.#people.checkin(row.checkin);
		return {
			id: row.id,
			openedAt: row.openedAt,
			entrance: row.entrance,
			source: row.source,
			customer: known && { id: known.id, name: known.name },
			checkin: texts && { name: texts.name, telephone: texts.telephone, model: row.model },
			purpose: row.purpose,
			host: row.host,
			steppedOutAt: row.steppedOutAt,
			greetedAt: row.greetedAt,
			greetedBy: row.greetedBy,
			closedAt: row.closedAt,
			closeReason: row.closeReason,
			receivedBy: row.receivedBy,
			party: row.party,
			repeat: known && row.repeat === 1,
			lastSeenAt: row.lastSeenAt,
			mergedInto: row.mergedInto,
			record: {
				channel: row.channel,
				partySize: row.partySize,
				models: JSON.parse(row.models),
				rivals: JSON.parse(row.rivals),
				grade: row.grade,
				result: row.result,
				testDrive: row.testDrive === 1,
				quote: row.quote === 1,
				contactLeft: row.contactLeft === 1,
				outcomeAt: row.outcomeAt,
				outcomeBy: row.outcomeBy,
			},
		};
	}
}
