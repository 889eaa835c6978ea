import type { VisitView } from '../contract/api.js';
import type { Connection } from '../store/database.store.js';

interface VisitRow extends Omit<VisitView, 'customer' | 'checkin'> {
	readonly openedSeq: number;
	readonly customer: string | null;
	readonly customerName: string | null;
	readonly checkinName: string | null;
	readonly checkinTelephone: string | null;
	readonly model: string | null;
}

/** A place in the list of visits by opening: what lies after it is opened later. */
export interface VisitPlace {
	readonly openedAt: number;
	readonly openedSeq: number;
}

const SELECT = `
	SELECT v.id, v.opened_at AS openedAt, v.opened_seq AS openedSeq, v.entrance, v.source, v.customer, c.name AS customerName,
		t.name AS checkinName, t.telephone AS checkinTelephone, v.model, v.purpose, v.host, v.stepped_out_at AS steppedOutAt,
		v.greeted_at AS greetedAt, v.greeted_by AS greetedBy, v.closed_at AS closedAt, v.close_reason AS closeReason
	FROM visits v LEFT JOIN customers c ON c.id = v.customer LEFT JOIN checkin_texts t ON t.id = v.checkin`;

/** Visits as screens see them. */
export class VisitRows {
	readonly #between;
	readonly #byIds;
	readonly #page;

	constructor(database: Connection) {
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
		return this.#between.all(from, to).map(visitView);
	}

	/** The given visits, newest first; unknown ids are left out. */
	byIds(ids: readonly string[]): VisitView[] {
		return this.#byIds.all(JSON.stringify(ids)).map(visitView);
	}

	/** Up to `limit` visits after a place and opened before `to`, oldest first, and the place to go on from; null: no more. */
	page(after: VisitPlace, to: number, limit: number): { visits: VisitView[]; next: VisitPlace | null } {
		const rows = this.#page.all(after.openedAt, after.openedSeq, to, limit);
		const last = rows.at(-1);
		const next = last && rows.length === limit ? { openedAt: last.openedAt, openedSeq: last.openedSeq } : null;
		return { visits: rows.map(visitView), next };
	}
}

/** Somebody whose row is gone (erased) is nobody we know. */
function visitView({ openedSeq: _, customerName, checkinName, checkinTelephone, model, ...row }: VisitRow): VisitView {
	return {
		...row,
		customer: row.customer !== null && customerName !== null ? { id: row.customer, name: customerName } : null,
		checkin: checkinName === null ? null : { name: checkinName, telephone: checkinTelephone, model },
	};
}
