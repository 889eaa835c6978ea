import type { Migration } from './index.js';

/** Imports, and what each needs to be taken back; what a dealer's file says of a customer beyond name and telephone. */
export const imports: Migration = (database) => {
	database.exec(`
		CREATE TABLE imports (
			id TEXT PRIMARY KEY,
			kind TEXT NOT NULL, -- customers or staff
			state TEXT NOT NULL, -- writing, done, final, undoing or undone
			at INTEGER NOT NULL, -- Unix ms
			actor TEXT NOT NULL,
			added INTEGER NOT NULL,
			updated INTEGER NOT NULL,
			skipped INTEGER NOT NULL,
			removed INTEGER NOT NULL, -- by undoing, as are the next two
			restored INTEGER NOT NULL,
			kept INTEGER NOT NULL
		) STRICT;

		-- Whom an import added or updated, while it can be undone.
		CREATE TABLE import_rows (
			id TEXT PRIMARY KEY,
			import TEXT NOT NULL,
			person TEXT NOT NULL,
			what TEXT NOT NULL, -- added or updated
			before BLOB, -- JSON, sealed: the person as they were
			touched INTEGER NOT NULL DEFAULT 0 -- 1: changed since
		) STRICT;
		CREATE INDEX import_rows_import ON import_rows (import);
		CREATE INDEX import_rows_person ON import_rows (person);

		CREATE TABLE customer_notes (
			id TEXT PRIMARY KEY, -- the customer
			model BLOB, -- of interest, as the file has it
			note BLOB
		) STRICT;
	`);
	for (const table of ['customers', 'staff', 'customer_notes'])
		database.exec(`
			CREATE TRIGGER ${table}_touched AFTER UPDATE ON ${table} BEGIN
				UPDATE import_rows SET touched = 1 WHERE person = new.id AND touched = 0;
			END`);
};
