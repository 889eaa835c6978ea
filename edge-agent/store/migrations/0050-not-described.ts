import type { Migration } from './index.js';

/** What a look for people whose kept photographs made no template goes by. */
export const notDescribed: Migration = (database) => {
	database.exec("CREATE INDEX events_not_described ON events (subject) WHERE type = 'face.not-described'");
};
