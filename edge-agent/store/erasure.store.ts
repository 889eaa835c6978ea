import { closeSync, openSync, readSync } from 'node:fs';
import type { Connection } from './database.store.js';
import { Needles } from './needles.js';
import { type SealedTable, sealedTables } from './sealed-tables.js';
import { StoreError } from './store-error.js';

const PIECE = 1 << 20;
/** More windows than this are not looked for (an import that is taken back): writing the file anew is quicker then. */
const MANY = 20_000;

/**
 * Whose texts are a customer's: check-ins, visits and guests that were them. A visit that turned out to be one of theirs was theirs. (CROSS JOIN
 * keeps SQLite from beginning with everybody's texts.)
 */
const TEXTS_OF = `
	WITH theirs AS (
		SELECT id FROM visits WHERE customer = @person
		UNION SELECT m.id FROM visits v JOIN visits m ON m.merged_into = v.id WHERE v.customer = @person
	)
	SELECT t.id FROM theirs CROSS JOIN checkin_times t ON t.visit = theirs.id
	UNION SELECT x.visit FROM theirs CROSS JOIN visit_texts x ON x.visit = theirs.id
	UNION SELECT g.id FROM theirs CROSS JOIN guests g ON g.visit = theirs.id
	UNION SELECT id FROM guests WHERE customer = @person`;

/** What goes with somebody: face is templates and photographs; everything is their texts as well. */
export type Erasure = 'face' | 'everything';

/**
 * Erases people: within the writer's transaction their data keys and all that was sealed with them, after its commit the bytes
 * themselves. `secure_delete` overwrites deleted rows, but a page that SQLite has rearranged keeps copies of rows in its unused part, so
 * the file is searched for what was deleted, and written anew (VACUUM) when anything of it is found.
 */
export class Eraser {
	readonly #database: Connection;
	readonly #tables;
	readonly #keys;
	readonly #dropKey;
	readonly #textsOf;
	readonly #mark;
	/** Deleted, but perhaps still in a file. */
	#gone = new Needles();
	/** Deleted in the transaction that is running. */
	#going: Uint8Array[] = [];
	/** Keyed hashes of theirs. */
	#goingCodes: Buffer[] = [];

	constructor(database: Connection) {
		this.#database = database;
		this.#tables = sealedTables.map((sealed) => ({ sealed, ...statements(database, sealed) }));
		this.#keys = database.prepare<[string], { scope: string; key: Uint8Array }>('SELECT scope, key FROM person_keys WHERE person = ?');
		this.#dropKey = database.prepare<[string, string]>('DELETE FROM person_keys WHERE person = ? AND scope = ?');
		this.#textsOf = database.prepare<[{ person: string }], string>(TEXTS_OF).pluck();
		this.#mark = database.prepare('UPDATE master_key SET scrub = 1');
	}

	/** In the writer's transaction. With everything of a customer go the texts of their check-ins, of their visits and of their announcements. */
	erase(person: string, what: Erasure): void {
		this.#mark.run();
		const scopes = what === 'face' ? ['face'] : ['face', 'texts'];
		if (what === 'everything') for (const texts of this.#textsOf.all({ person })) if (texts !== person) this.erase(texts, what);
		for (const { sealed, select, drop } of this.#tables) {
			if (!scopes.includes(sealed.scope)) continue;
			for (const row of select.all(person))
				for (const [column, value] of Object.entries(row)) {
					if (!(value instanceof Uint8Array)) continue;
					if (sealed.codes?.includes(column)) this.#goingCodes.push(Buffer.from(value));
					else this.#going.push(value);
				}
			drop.run(person);
		}
		for (const { scope, key } of this.#keys.all(person)) {
			if (!scopes.includes(scope)) continue;
			this.#going.push(key);
			this.#dropKey.run(person, scope);
		}
	}

	/** The transaction was rolled back: nothing of it was erased. */
	forgetNothing(): void {
		this.#going = [];
		this.#goingCodes = [];
	}

	/**
	 * After the commit: no byte of what was erased is in the database's files when this returns. Does nothing when nobody was erased.
	 *
	 * @throws StoreError `held` when another process reads an older state meanwhile and so keeps it in the write-ahead log; tried again with the
	 * next erasure, and at the next start
	 */
	finish(): void {
		for (const value of [...this.#going, ...this.#codesOfNobody()]) this.#gone.add(value);
		this.forgetNothing();
		if (this.#gone.count === 0) return;
		emptyWal(this.#database);
		if (this.#gone.count > MANY || holds(this.#database, this.#gone)) writeAnew(this.#database);
		if (!this.#database.memory) this.#database.exec('UPDATE master_key SET scrub = 0');
		this.#gone = new Needles();
	}

	/** The hashes that nobody else has: a telephone that somebody else has too stays theirs. */
	#codesOfNobody(): Buffer[] {
		if (this.#goingCodes.length === 0) return [];
		const wanted = JSON.stringify(this.#goingCodes.map((code) => code.toString('hex').toUpperCase()));
		const others = new Set<string>();
		for (const { table, codes = [] } of sealedTables)
			for (const column of codes) {
				const held = this.#database.prepare<[string], string>(
					`SELECT DISTINCT hex(${column}) FROM ${table} WHERE hex(${column}) IN (SELECT value FROM json_each(?))`,
				);
				for (const code of held.pluck().all(wanted)) others.add(code);
			}
		return this.#goingCodes.filter((code) => !others.has(code.toString('hex').toUpperCase()));
	}
}

/** Whether something was deleted for good that may still be in the files: a crash came between. */
export function scrubNeeded(database: Connection): boolean {
	return database.prepare('SELECT scrub FROM master_key').pluck().get() === 1;
}

/** Writes the database anew, so that nothing but what it holds is in its files. */
export function scrub(database: Connection): void {
	emptyWal(database);
	writeAnew(database);
	database.exec('UPDATE master_key SET scrub = 0');
	emptyWal(database);
}

function writeAnew(database: Connection): void {
	database.exec('VACUUM');
	emptyWal(database);
}

/** Moves everything into the database file and truncates the write-ahead log. @throws StoreError `held` */
function emptyWal(database: Connection): void {
	const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
	if (result?.busy === 1)
		throw new StoreError(
			'held',
			`erased, but another process still reads an older state of ${database.name}, so the bytes are still in its write-ahead log: end it, and erase again or restart the agent`,
		);
}

function holds(database: Connection, needles: Needles): boolean {
	if (database.memory) return false;
	const file = openSync(database.name, 'r');
	try {
		const piece = Buffer.alloc(PIECE + Needles.overlap);
		for (let from = 0; ; from += PIECE) {
			const length = readSync(file, piece, 0, piece.length, from);
			if (needles.in(piece.subarray(0, length))) return true;
			if (length < piece.length) return false;
		}
	} finally {
		closeSync(file);
	}
}

function statements(database: Connection, { table, person, columns, codes = [] }: SealedTable) {
	return {
		select: database.prepare<[string], Record<string, unknown>>(
			`SELECT ${[...columns, ...codes].join(', ')} FROM ${table} WHERE ${person} = ?`,
		),
		drop: database.prepare<[string]>(`DELETE FROM ${table} WHERE ${person} = ?`),
	};
}
