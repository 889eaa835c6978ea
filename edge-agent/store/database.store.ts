import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type KeySources, keySources } from '../config/environment.source.js';
import { scrub, scrubNeeded } from './erasure.store.js';
import { type FoundKeys, findKeys, firstKeys, sealedUnder, settleKeyFiles } from './keys.store.js';
import { checkSchema, migrate } from './migrate.js';
import { migrations } from './migrations/index.js';
import { explain, StoreError } from './store-error.js';
import { holdWriterLock } from './writer-lock.store.js';

/** An open connection to the showroom's database. */
export type Connection = Database.Database;

export interface WritingConnection {
	readonly database: Connection;
	/** What the database is sealed under, and where that was found. */
	readonly master: FoundKeys;
	/** Closes the database, forgets the keys and lets another process write. */
	close(): void;
}

/** Where the database lies in a data directory. */
export function databaseFile(dataDir: string): string {
	return join(dataDir, 'showroom.db');
}

/**
 * Opens the data directory's database as its only writer: makes directory and file where missing and applies pending
 * migrations. A new one is sealed under the key that `sources` name, or one made now; what an interrupted erasure or rotation left
 * undone is done first.
 *
 * @throws StoreError saying what was wrong and what to do; `key-missing` and `key-wrong` change nothing.
 */
export function openForWriting(dataDir: string, sources: KeySources = keySources()): WritingConnection {
	const file = databaseFile(dataDir);
	try {
		// The log and the customers' texts are nobody else's business on this machine.
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	} catch (error) {
		throw explain(error, file);
	}
	const lock = holdWriterLock(dataDir);
	let database: Connection | undefined;
	let master: FoundKeys;
	try {
		// Only its owner reads it, and the write-ahead log beside it, which takes its permissions.
		closeSync(openSync(file, 'a', 0o600));
		database = new Database(file);
		settle(database);
		checkSchema(database, file);
		const key = sealedUnder(database);
		master = key === null ? firstKeys(dataDir, sources) : findKeys(database, sources);
		// WAL is a property of the file, so it is set only once the file is known to be ours.
		database.pragma('journal_mode = WAL');
		migrate(database, migrations, master.keys);
		settleKeyFiles(dataDir, master.keys.id);
		if (scrubNeeded(database)) scrub(database);
	} catch (error) {
		database?.close();
		lock.release();
		throw explain(error, file);
	}
	const opened = database;
	return {
		database: opened,
		master,
		close() {
			opened.close();
			master.keys.wipe();
			lock.release();
		},
	};
}

/**
 * Opens the data directory's database for reading only, also while an agent writes to it.
 *
 * @throws StoreError `missing` when there is none, `older-schema` when only a writer could bring it up to date.
 */
export function openForReading(dataDir: string): Connection {
	const file = databaseFile(dataDir);
	if (!isThere(file)) {
		const what = isThere(dataDir) ? `${dataDir} holds no showroom database` : `there is no data directory ${dataDir}`;
		throw new StoreError('missing', `${what}: name the right one with --data, or start the agent once to make it`);
	}
	let database: Connection | undefined;
	try {
		database = new Database(file, { readonly: true });
		settle(database);
		if (checkSchema(database, file) !== 'current')
			throw new StoreError('older-schema', `${file} is not of this version yet: start the agent once to bring it up to date`);
		return database;
	} catch (error) {
		database?.close();
		throw explain(error, file);
	}
}

/** What every connection needs; none of it is remembered by the file, and better-sqlite3's builds default to less. */
function settle(database: Connection): void {
	database.pragma('busy_timeout = 5000');
	database.pragma('synchronous = FULL');
	database.pragma('secure_delete = ON');
	database.pragma('foreign_keys = ON');
}

/** @throws StoreError when this user may not even look. */
function isThere(path: string): boolean {
	try {
		return statSync(path, { throwIfNoEntry: false }) !== undefined;
	} catch (error) {
		throw explain(error, path);
	}
}
