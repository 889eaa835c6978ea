import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Connection } from '../store/database.store.js';
import type { StoreKeys } from '../store/keys.js';
import { explain } from '../store/store-error.js';
import { authenticatedHead, headLine, type LogHead, parseHeadLine } from './log-head.js';

/** Beside the database: a database whose last events and heads were cut off does not agree with it. */
export function headsFile(dataDir: string): string {
	return join(dataDir, 'heads.log');
}

/** Writes heads of the log into the database and the file beside it. */
export class HeadWriter {
	readonly #dataDir: string;
	readonly #keys: StoreKeys;
	readonly #insert;
	readonly #newest;

	constructor(database: Connection, keys: StoreKeys) {
		this.#dataDir = dirname(database.name);
		this.#keys = keys;
		this.#newest = database.prepare<[], { seq: number; key: string }>('SELECT seq, key FROM log_heads ORDER BY seq DESC LIMIT 1');
		this.#insert = database.prepare<[number, number, Buffer, string, Buffer]>(
			'INSERT OR REPLACE INTO log_heads (seq, wall, hash, key, code) VALUES (?, ?, ?, ?, ?)',
		);
	}

	/**
	 * Says that the log reached this event, unless that has been said. `wall`: now, Unix ms. The file comes first, so that it holds every head
	 * that the database holds.
	 */
	write({ seq, hash }: { readonly seq: number; readonly hash: Uint8Array }, wall: number): void {
		const newest = this.#newest.get();
		if (seq === 0 || (newest?.seq === seq && newest.key === this.#keys.id)) return;
		const head = authenticatedHead(this.#keys, seq, hash, wall);
		appendLine(headsFile(this.#dataDir), headLine(head));
		this.#insert.run(seq, wall, Buffer.from(head.hash, 'hex'), head.key, Buffer.from(head.code, 'hex'));
	}
}

/** The heads in the database, oldest first. */
export function storedHeads(database: Connection): LogHead[] {
	const rows = database
		.prepare<[], Omit<LogHead, 'hash' | 'code'> & { hash: Buffer; code: Buffer }>(
			'SELECT seq, wall, hash, key, code FROM log_heads ORDER BY seq',
		)
		.all();
	return rows.map((row) => ({ ...row, hash: row.hash.toString('hex'), code: row.code.toString('hex') }));
}

/** The heads in the file beside it; none where it is missing. */
export function filedHeads(dataDir: string): LogHead[] {
	const file = headsFile(dataDir);
	if (!existsSync(file)) return [];
	try {
		return readFileSync(file, 'utf8')
			.split('\n')
			.map(parseHeadLine)
			.filter((head) => head !== null);
	} catch (error) {
		throw explain(error, file);
	}
}

/** Onto the disk. A line that a crash left unfinished stays behind, by itself. */
function appendLine(file: string, line: string): void {
	try {
		const handle = openSync(file, 'a+', 0o600);
		try {
			const { size } = fstatSync(handle);
			const last = Buffer.alloc(1);
			if (size > 0) readSync(handle, last, 0, 1, size - 1);
			writeSync(handle, size === 0 || last.toString() === '\n' ? line : `\n${line}`);
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
	} catch (error) {
		throw explain(error, file);
	}
}
