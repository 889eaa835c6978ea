import type { Migration } from './index.js';

/** What is known about access: accounts, sessions, devices, tokens, one-time codes, failed tries; `people/access-records.ts` has their shapes. */
export const access: Migration = (database) => {
	database.exec(`
		CREATE TABLE access_records (
			id TEXT PRIMARY KEY, -- kind/id
			value BLOB NOT NULL -- JSON, sealed
		) STRICT, WITHOUT ROWID;
	`);
};
