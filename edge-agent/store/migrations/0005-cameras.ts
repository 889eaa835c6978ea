import type { Migration } from './index.js';

/** Projection of camera.changed: the last known state of each camera. */
export const cameras: Migration = (database) => {
	database.exec(`
		CREATE TABLE cameras (
			id TEXT PRIMARY KEY,
			state TEXT NOT NULL,
			reason TEXT,
			changed_at INTEGER NOT NULL -- Unix ms
		) STRICT;
	`);
};
