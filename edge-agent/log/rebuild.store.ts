import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Connection } from '../store/database.store.js';
import { migrate } from '../store/migrate.js';
import { EventRows, loggedEvent } from './event-rows.store.js';
import { type ProjectionTable, projectionTables } from './projections/tables.js';
import { type Difference, differencesOf, type Row, sideBySide } from './row-differences.js';
import { RowUpdates } from './row-updates.store.js';

/** What the rows computed from the log were held against the stored ones. */
export interface RebuildFound {
	/** No row differs. */
	readonly ok: boolean;
	readonly events: number;
	/** Stored rows that were compared. */
	readonly rows: number;
	/** How many rows and columns differ. */
	readonly differing: number;
	/** The first of them. */
	readonly differences: readonly Difference[];
}

/** Told now and then how many events have been gone through, of how many. */
export type Progress = (events: number, of: number) => void;

const PAGE = 5000;
const TOLD = 20;
const CACHE_KIB = 64 * 1024;

/**
 * Computes every projection's rows anew from the events, in a scratch database, and holds them against the stored ones. Changes nothing, and
 * works while somebody appends: the long way through the log holds no read transaction, the comparison looks at one moment.
 */
export async function rebuildCheck(database: Connection, progress: Progress = () => {}): Promise<RebuildFound> {
	return withScratch(database, progress, (scratch) => inTransaction(database, 'BEGIN', () => compare(database, scratch)));
}

/**
 * As `rebuildCheck`, and puts the computed rows in the stored ones' place, in one transaction, when any differs.
 * @param database the only writer's
 */
export async function rebuild(database: Connection, progress: Progress = () => {}): Promise<RebuildFound> {
	return withScratch(database, progress, (scratch) =>
		inTransaction(database, 'BEGIN IMMEDIATE', () => {
			const found = compare(database, scratch);
			if (!found.ok) for (const table of projectionTables) replace(database, scratch.database, table);
			return found;
		}),
	);
}

async function withScratch<T>(database: Connection, progress: Progress, work: (scratch: Scratch) => T): Promise<T> {
	const scratch = new Scratch();
	try {
		const events = new EventRows(database);
		while (scratch.follow(events) === PAGE) {
			progress(scratch.seq, events.head()?.seq ?? 0);
			await setImmediate();
		}
		return work(scratch);
	} finally {
		scratch.database.close();
	}
}

/** The rows as the log says, in a database of SQLite's own in a temporary file, which is gone with the connection. */
class Scratch {
	readonly database: Connection = new Database('');
	readonly #rows: RowUpdates;
	#seq = 0;

	constructor() {
		this.database.pragma('journal_mode = MEMORY');
		this.database.pragma('synchronous = OFF');
		this.database.pragma(`cache_size = -${CACHE_KIB}`);
		migrate(this.database);
		this.#rows = new RowUpdates(this.database);
	}

	/** Up to which event the rows have come. */
	get seq(): number {
		return this.#seq;
	}

	/** Takes in the next page of events; answers how many there were. */
	follow(events: EventRows): number {
		const page = events.after(this.#seq, PAGE);
		this.database.transaction(() => {
			for (const row of page) this.#rows.write(loggedEvent(row));
		})();
		this.#seq = page.at(-1)?.seq ?? this.#seq;
		return page.length;
	}
}

function inTransaction<T>(database: Connection, begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T {
	database.exec(begin);
	try {
		const result = work();
		database.exec('COMMIT');
		return result;
	} finally {
		if (database.inTransaction) database.exec('ROLLBACK');
	}
}

/** Within a transaction, so that the last events and the rows are of one moment. */
function compare(database: Connection, scratch: Scratch): RebuildFound {
	const events = new EventRows(database);
	while (scratch.follow(events) > 0);
	let rows = 0;
	let differing = 0;
	const differences: Difference[] = [];
	for (const { table, key, pruned } of projectionTables) {
		const sql = `SELECT ${columnsOf(scratch.database, table).join(', ')} FROM ${table} ORDER BY ${key.join(', ')}`;
		const [stored, log] = [database, scratch.database].map((side) => side.prepare<[], Row>(sql).iterate());
		if (!stored || !log) continue;
		for (const pair of sideBySide(key, stored, log)) {
			if (pair.stored) rows += 1;
			else if (pruned) continue;
			const found = differencesOf(table, key, pair);
			differing += found.length;
			if (differences.length < TOLD) differences.push(...found.slice(0, TOLD - differences.length));
		}
	}
	return { ok: differing === 0, events: scratch.seq, rows, differing, differences };
}

function replace(database: Connection, scratch: Connection, { table, key, pruned }: ProjectionTable): void {
	if (pruned) prune(database, scratch, table, key);
	const columns = columnsOf(scratch, table);
	const insert = database.prepare(
		`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
	);
	database.exec(`DELETE FROM ${table}`);
	for (const row of scratch.prepare<[], Row>(`SELECT ${columns.join(', ')} FROM ${table}`).iterate()) insert.run(row);
}

/** What is no longer stored was past its time and stays away. */
function prune(database: Connection, scratch: Connection, table: string, key: readonly string[]): void {
	const columns = key.join(', ');
	scratch.exec(`CREATE TEMP TABLE kept AS SELECT ${columns} FROM ${table} WHERE FALSE`);
	const keep = scratch.prepare(`INSERT INTO kept (${columns}) VALUES (${key.map((column) => `@${column}`).join(', ')})`);
	for (const row of database.prepare<[], Row>(`SELECT ${columns} FROM ${table}`).iterate()) keep.run(row);
	scratch.exec(`DELETE FROM ${table} WHERE (${columns}) NOT IN (SELECT ${columns} FROM kept); DROP TABLE kept`);
}

function columnsOf(database: Connection, table: string): string[] {
	return database.prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY cid').pluck().all(table);
}
