import type { Migration } from './index.js';

/** People and what they wrote: the only tables with names, so that erasing somebody touches rows here and no event. */
export const people: Migration = (database) => {
	database.exec(`
		CREATE TABLE staff (
			id TEXT PRIMARY KEY,
			name TEXT NOT NULL,
			role TEXT NOT NULL,
			on_duty INTEGER NOT NULL
		) STRICT;

		CREATE TABLE customers (
			id TEXT PRIMARY KEY,
			name TEXT NOT NULL,
			telephone TEXT,
			consultant TEXT
		) STRICT;

		CREATE TABLE templates (
			id TEXT PRIMARY KEY,
			person TEXT NOT NULL,
			kind TEXT NOT NULL, -- customer or staff
			model_id TEXT NOT NULL,
			descriptor BLOB NOT NULL -- float32, little endian
		) STRICT;
		CREATE INDEX templates_person ON templates (person);

		CREATE TABLE checkin_texts (
			id TEXT PRIMARY KEY,
			name TEXT NOT NULL,
			telephone TEXT
		) STRICT;
	`);
};
