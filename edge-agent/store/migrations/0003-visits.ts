import type { Migration } from './index.js';

/** Projection of the visit and check-in events. Times are Unix ms. */
export const visits: Migration = (database) => {
	database.exec(`
		CREATE TABLE visits (
			id TEXT PRIMARY KEY,
			opened_seq INTEGER NOT NULL,
			opened_at INTEGER NOT NULL,
			entrance TEXT,
			source TEXT NOT NULL,
			customer TEXT,
			purpose TEXT,
			host TEXT,
			checkin TEXT, -- its texts' row in checkin_texts
			model TEXT, -- the model of interest
			stepped_out_at INTEGER,
			greeted_at INTEGER,
			greeted_by TEXT,
			closed_at INTEGER,
			close_reason TEXT
		) STRICT;
		CREATE INDEX visits_opened ON visits (opened_at, opened_seq);
		CREATE INDEX visits_open ON visits (opened_seq) WHERE closed_at IS NULL;
	`);
};
