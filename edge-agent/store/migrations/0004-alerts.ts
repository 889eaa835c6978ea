import type { Migration } from './index.js';

/** Projection of the alert events. Times are Unix ms. */
export const alerts: Migration = (database) => {
	database.exec(`
		CREATE TABLE alerts (
			id TEXT PRIMARY KEY,
			visit TEXT NOT NULL,
			opened_seq INTEGER NOT NULL,
			opened_at INTEGER NOT NULL,
			red_at INTEGER NOT NULL,
			state TEXT NOT NULL, -- open, acknowledged, greeted or closed
			customer TEXT,
			purpose TEXT,
			step INTEGER NOT NULL,
			acknowledged_by TEXT,
			acknowledged_at INTEGER,
			greeted_at INTEGER,
			greeted_by TEXT,
			overdue INTEGER NOT NULL,
			closed_at INTEGER,
			close_reason TEXT
		) STRICT;
		CREATE INDEX alerts_unsettled ON alerts (opened_seq) WHERE state IN ('open', 'acknowledged');

		-- Who was told at which step of the plan, in the order of telling.
		CREATE TABLE alert_told (
			position INTEGER PRIMARY KEY,
			alert TEXT NOT NULL,
			step INTEGER NOT NULL,
			staff TEXT NOT NULL,
			UNIQUE (alert, step, staff)
		) STRICT;

		-- What became of the telling on each of the person's devices.
		CREATE TABLE alert_deliveries (
			alert TEXT NOT NULL,
			step INTEGER NOT NULL,
			staff TEXT NOT NULL,
			device TEXT NOT NULL,
			sent_at INTEGER,
			received_at INTEGER,
			PRIMARY KEY (alert, step, staff, device)
		) STRICT, WITHOUT ROWID;
	`);
};
