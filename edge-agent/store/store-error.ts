import Database from 'better-sqlite3';

/** Why the store could not do what was asked; stable, for programs. */
export type StoreErrorCode =
	/** There is no data directory, or nothing in it yet. */
	| 'missing'
	| 'not-a-database'
	/** Part of the database file is unreadable. */
	| 'damaged'
	/** Written by a newer version of the program. */
	| 'newer-schema'
	/** Not yet brought up to this version: only a writer does that. */
	| 'older-schema'
	| 'no-permission'
	| 'disk-full'
	/** Another process is this data directory's writer. */
	| 'held'
	/** What was to be stored is not valid; nothing else is affected. */
	| 'invalid'
	/** A template or photograph of somebody who has not consented. */
	| 'no-consent'
	/** The database is sealed, and its key is nowhere to be found. */
	| 'key-missing'
	/** A key was found, but the database is sealed under another one, or it is no key. */
	| 'key-wrong'
	/** Others on this machine may read the key's file. */
	| 'key-exposed'
	/** The log's client or one of its threads is not running. */
	| 'stopped'
	/** Anything else; the message holds what SQLite or the system said. */
	| 'failed';

/** A failure of the store. The message is for people: what was wrong and what to do. */
export class StoreError extends Error {
	override readonly name = 'StoreError';

	constructor(
		readonly code: StoreErrorCode,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/** Any error met while working on `file`, as a StoreError that says what happened and what to do. */
export function explain(error: unknown, file: string): StoreError {
	if (error instanceof StoreError) return error;
	const said = error instanceof Error ? error.message : String(error);
	const code = error instanceof Database.SqliteError ? error.code : systemCode(error);
	const [kind, message] = meaning(code, file) ?? ['failed', `${file}: ${said}`];
	return new StoreError(kind, message, { cause: error });
}

function systemCode(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function meaning(code: string, file: string): [StoreErrorCode, string] | null {
	if (code === 'SQLITE_NOTADB')
		return ['not-a-database', `${file} is not a showroom database: name another data directory, or move the file away`];
	if (code.startsWith('SQLITE_CORRUPT')) return ['damaged', `${file} is damaged: restore the newest backup`];
	// The shared-memory file of a full disk cannot grow either, and says so with a code of its own.
	if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'SQLITE_IOERR_SHMSIZE')
		return ['disk-full', `the disk is full: nothing was written to ${file}. Make room; the log goes on by itself`];
	if (code === 'SQLITE_PERM' || code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code.startsWith('SQLITE_READONLY'))
		return ['no-permission', `no permission to use ${file} as this user: check who owns it, or run as its owner`];
	if (code === 'SQLITE_CANTOPEN') return ['no-permission', `cannot open ${file}: check that this user may read and write its directory`];
	if (code === 'ENOTDIR' || code === 'EEXIST') return ['missing', `${file} lies in no directory: a part of its path is a file`];
	if (code.startsWith('SQLITE_BUSY')) return ['held', `${file} is locked by another process; try again when it is done`];
	return null;
}
