import type { Migration } from './index.js';

/**
 * Consent: the notices' texts, what is sealed of a grant, kept photographs; and projections of the consent events. Times are
 * Unix ms.
 */
export const consent: Migration = (database) => {
	database.exec(`
		CREATE TABLE consent_notices (
			id TEXT PRIMARY KEY, -- SHA-256 of the canonical text
			audience TEXT NOT NULL,
			version INTEGER NOT NULL,
			zh TEXT NOT NULL, -- JSON
			en TEXT NOT NULL, -- JSON
			published_at INTEGER NOT NULL,
			published_by TEXT NOT NULL,
			UNIQUE (audience, version)
		) STRICT;

		-- Projection of consent.granted, .withdrawn and .expired.
		CREATE TABLE consent_grants (
			id TEXT PRIMARY KEY,
			person TEXT NOT NULL,
			kind TEXT NOT NULL, -- customer or staff
			notice TEXT NOT NULL,
			purposes TEXT NOT NULL, -- JSON
			granted_at INTEGER NOT NULL,
			granted_by TEXT NOT NULL,
			via TEXT NOT NULL,
			guardian INTEGER NOT NULL,
			ended_at INTEGER,
			end_reason TEXT -- withdrawn, expired or replaced
		) STRICT;
		CREATE INDEX consent_grants_person ON consent_grants (person, granted_at);
		CREATE UNIQUE INDEX consent_grants_valid ON consent_grants (person) WHERE ended_at IS NULL;
		CREATE INDEX visits_customer ON visits (customer, opened_at);

		-- A guardian's name, sealed with the person's key.
		CREATE TABLE grant_texts (
			id TEXT PRIMARY KEY, -- the grant
			person TEXT NOT NULL,
			guardian BLOB NOT NULL
		) STRICT;
		CREATE INDEX grant_texts_person ON grant_texts (person);

		-- Photographs whose grant allows keeping them, sealed with the person's key.
		CREATE TABLE photographs (
			id TEXT PRIMARY KEY,
			person TEXT NOT NULL,
			jpeg BLOB NOT NULL
		) STRICT;
		CREATE INDEX photographs_person ON photographs (person);

		-- Projection of checkin.recorded: when which texts were written, and in which visit.
		CREATE TABLE checkin_times (
			id TEXT PRIMARY KEY,
			visit TEXT NOT NULL,
			at INTEGER NOT NULL
		) STRICT;
		CREATE INDEX checkin_times_at ON checkin_times (at);
		CREATE INDEX checkin_times_visit ON checkin_times (visit);
		INSERT OR IGNORE INTO checkin_times (id, visit, at)
			SELECT body ->> 'checkin', body ->> 'visit', wall FROM events WHERE type = 'checkin.recorded';

		-- Projection: who looked at, changed or handed out whose data, and why. person NULL: everybody, in a list.
		CREATE TABLE processing_records (
			seq INTEGER PRIMARY KEY,
			at INTEGER NOT NULL,
			actor TEXT NOT NULL,
			person TEXT,
			action TEXT NOT NULL,
			purpose TEXT
		) STRICT;
		CREATE INDEX processing_records_person ON processing_records (person, seq);
		CREATE INDEX processing_records_at ON processing_records (at);

		-- Projection of recognition.trigger-changed: the last one.
		CREATE TABLE recognition_trigger (
			id INTEGER PRIMARY KEY CHECK (id = 1),
			trigger_word TEXT NOT NULL, -- zone or entrance
			changed_at INTEGER NOT NULL,
			changed_by TEXT NOT NULL
		) STRICT;

		-- Enrolled when no consent was recorded: nobody may be recognised without.
		DELETE FROM templates;

		-- What a look for something to erase from the list of erasures goes by.
		CREATE INDEX events_erasures ON events (seq) WHERE type IN ('consent.withdrawn', 'consent.expired');
	`);
};
