import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { explain, StoreError } from './store-error.js';

export interface WriterLock {
	release(): void;
}

/**
 * Makes this process the data directory's only writer until `release()` or its death.
 *
 * The lock is the operating system's, taken by SQLite on an empty file of its own: a killed process leaves none behind, unlike
 * a file whose mere existence locks. `writer.pid` beside it only tells people who holds it.
 *
 * @throws StoreError `held`, naming the process that holds it.
 */
export function holdWriterLock(dataDir: string): WriterLock {
	const file = join(dataDir, 'writer.lock');
	const pidFile = join(dataDir, 'writer.pid');
	let lock: Database.Database | undefined;
	try {
		lock = new Database(file, { timeout: 0 });
		lock.exec('BEGIN EXCLUSIVE');
		writeFileSync(pidFile, `${process.pid}\n`);
	} catch (error) {
		lock?.close();
		if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw held(dataDir, pidFile);
		throw explain(error, file);
	}
	const connection = lock;
	return {
		release() {
			rmSync(pidFile, { force: true });
			connection.close();
		},
	};
}

function held(dataDir: string, pidFile: string): StoreError {
	let holder = 'another process';
	try {
		holder = `process ${readFileSync(pidFile, 'utf8').trim()}`;
	} catch {
		// It has only just taken the lock, or is letting go of it.
	}
	return new StoreError('held', `${dataDir} is in use by a running agent (${holder}): stop it first, or name another data directory`);
}
