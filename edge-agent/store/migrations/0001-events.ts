import type { Migration } from './index.js';

/** The log itself, and how far each of its followers has come. */
export const events: Migration = (database) => {
	database.exec(`
		CREATE TABLE events (
			seq INTEGER PRIMARY KEY,
			id TEXT NOT NULL UNIQUE,
			type TEXT NOT NULL,
			version INTEGER NOT NULL,
			wall INTEGER NOT NULL, -- Unix ms
			mono REAL NOT NULL, -- CLOCK_MONOTONIC ms within the boot
			boot TEXT NOT NULL,
			actor TEXT NOT NULL,
			subject TEXT NOT NULL,
			cause TEXT,
			body TEXT NOT NULL, -- JSON, as hashed
			hash BLOB NOT NULL -- SHA-256 over the previous hash and this row
		) STRICT;

		CREATE TABLE cursors (
			name TEXT PRIMARY KEY,
			seq INTEGER NOT NULL
		) STRICT, WITHOUT ROWID;
	`);
};
