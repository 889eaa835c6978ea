import type { Statement } from 'better-sqlite3';
import type { VisitView } from '../contract/api.js';
import type { Connection } from '../store/database.store.js';
import type { PeopleRows } from './people-rows.store.js';
import { SELECT_VISITS, type VisitPlace, type VisitRow, type VisitRows } from './visit-rows.store.js';

/** Which visits; absent: whichever. */
export interface VisitFilter {
	/** Opened in [from, to) (Unix ms). */
	readonly from: number;
	readonly to: number;
	readonly customer?: string | undefined;
	/** Who received the visitor; else whom they came to see. */
	readonly staff?: string | undefined;
	/** Of customers whom this finds, as in searchCustomers. */
	readonly text?: string | undefined;
	/** waiting: nobody has greeted them yet; received: somebody has; open: either; over: the visit has ended. */
	readonly state?: 'waiting' | 'received' | 'open' | 'over' | undefined;
}

/** A page of visits, newest first; `next`: the place to go on from, null: no more. */
export interface VisitListPage {
	readonly visits: VisitView[];
	readonly next: VisitPlace | null;
}

type Values = Readonly<Record<string, string | number>>;

/** Who finds more customers than this types another letter. */
const MOST_FOUND = 500;
const LAST: VisitPlace = { openedAt: Number.MAX_SAFE_INTEGER - 1, openedSeq: Number.MAX_SAFE_INTEGER };

const states = {
	open: 'v.closed_at IS NULL',
	waiting: 'v.closed_at IS NULL AND v.greeted_at IS NULL',
	received: 'v.closed_at IS NULL AND v.greeted_at IS NOT NULL',
	over: 'v.closed_at IS NOT NULL',
} as const;

/** The list of visits, narrowed down and a page at a time, of however many there are. */
export class VisitList {
	readonly #database: Connection;
	readonly #visits: VisitRows;
	readonly #people: PeopleRows;
	readonly #statements = new Map<string, Statement<[Values], VisitRow>>();

	constructor(database: Connection, visits: VisitRows, people: PeopleRows) {
		this.#database = database;
		this.#visits = visits;
		this.#people = people;
	}

	/** Up to `limit` visits opened before a place (null: from the newest on), newest first. */
	page({ from, to, customer, staff, text, state }: VisitFilter, before: VisitPlace | null, limit: number): VisitListPage {
		const conditions: string[] = [];
		const place = before ?? LAST;
		// The index goes by one end alone, so that end is the nearer one.
		const values: Record<string, string | number> = { from, to: Math.min(to, place.openedAt + 1), ...place, limit: limit + 1 };
		if (text !== undefined) {
			conditions.push('v.customer IN (SELECT value FROM json_each(@found))');
			values.found = JSON.stringify(this.#people.searchCustomers(text, MOST_FOUND).map(({ id }) => id));
		}
		if (customer !== undefined) {
			conditions.push('v.customer = @customer');
			values.customer = customer;
		}
		if (staff !== undefined) {
			conditions.push('coalesce(v.received_by, v.host) = @staff');
			values.staff = staff;
		}
		if (state !== undefined) conditions.push(states[state]);
		const rows = this.#statement(conditions).all(values);
		const last = rows.length > limit ? rows[limit - 1] : undefined;
		return {
			visits: rows.slice(0, limit).map((row) => this.#visits.view(row)),
			next: last ? { openedAt: last.openedAt, openedSeq: last.openedSeq } : null,
		};
	}

	/** One for each combination of filters. */
	#statement(conditions: readonly string[]): Statement<[Values], VisitRow> {
		const sql = visitListSql(conditions);
		const statement = this.#statements.get(sql) ?? this.#database.prepare<[Values], VisitRow>(sql);
		this.#statements.set(sql, statement);
		return statement;
	}
}

/** The rows of a page are found by an index, and no others are read where the index says all that was asked. */
export function visitListSql(conditions: readonly string[]): string {
	// Those that are open are few, and have an index of their own.
	const which = conditions.some((condition) => condition.startsWith(states.open)) ? 'INDEXED BY visits_open' : '';
	const places = 'v.opened_at >= @from AND v.opened_at < @to AND (v.opened_at, v.opened_seq) < (@openedAt, @openedSeq)';
	return `${SELECT_VISITS} WHERE v.rowid IN (
			SELECT v.rowid FROM visits v ${which} WHERE ${[places, ...conditions].join(' AND ')}
			ORDER BY v.opened_at DESC, v.opened_seq DESC LIMIT @limit
		)
		ORDER BY v.opened_at DESC, v.opened_seq DESC`;
}
