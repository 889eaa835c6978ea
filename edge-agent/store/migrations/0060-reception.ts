import type { Connection } from '../database.store.js';
import type { Migration } from './index.js';

/** What reception knows: the sheet's columns of a visit, who takes turns, who is expected, what is still to be done. Times are Unix ms. */
export const reception: Migration = (database) => {
	database.exec(`
		ALTER TABLE visits ADD COLUMN party TEXT; -- the first visit of those who came in together
		ALTER TABLE visits ADD COLUMN party_size INTEGER NOT NULL DEFAULT 1; -- people on this visit itself
		ALTER TABLE visits ADD COLUMN received_by TEXT;
		ALTER TABLE visits ADD COLUMN last_seen_at INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE visits ADD COLUMN merged_into TEXT;
		ALTER TABLE visits ADD COLUMN channel TEXT;
		ALTER TABLE visits ADD COLUMN grade TEXT;
		ALTER TABLE visits ADD COLUMN result TEXT;
		ALTER TABLE visits ADD COLUMN test_drive INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE visits ADD COLUMN quote INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE visits ADD COLUMN contact_left INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE visits ADD COLUMN models TEXT NOT NULL DEFAULT '[]'; -- JSON
		ALTER TABLE visits ADD COLUMN rivals TEXT NOT NULL DEFAULT '[]'; -- JSON
		ALTER TABLE visits ADD COLUMN outcome_at INTEGER;
		ALTER TABLE visits ADD COLUMN outcome_by TEXT;
		ALTER TABLE visits ADD COLUMN outcome_note TEXT; -- its text's row in visit_texts
		ALTER TABLE visits ADD COLUMN outcome_asked INTEGER NOT NULL DEFAULT 0; -- how often
		ALTER TABLE visits ADD COLUMN outcome_asked_at INTEGER;
		DROP INDEX visits_customer;
		-- Whether somebody was here before is answered by the index alone: the rows of years ago lie far apart.
		CREATE INDEX visits_customer ON visits (customer, opened_at, opened_seq, merged_into) WHERE customer IS NOT NULL;
		-- By whoever received the visitor; else whom they came to see.
		CREATE INDEX visits_staff ON visits (coalesce(received_by, host), opened_at, opened_seq)
			WHERE coalesce(received_by, host) IS NOT NULL;
		CREATE INDEX visits_merged ON visits (merged_into) WHERE merged_into IS NOT NULL;
		-- Visits whose outcome is to be asked for.
		CREATE INDEX visits_outcome ON visits (closed_at)
			WHERE received_by IS NOT NULL AND closed_at IS NOT NULL AND outcome_at IS NULL
				AND coalesce(close_reason, '') NOT IN ('staff', 'courier', 'not-a-visitor', 'merged');

		ALTER TABLE alerts ADD COLUMN kind TEXT NOT NULL DEFAULT 'arrival'; -- arrival or hand-over
		ALTER TABLE alerts ADD COLUMN from_staff TEXT; -- of a hand-over
		ALTER TABLE alerts ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
		CREATE INDEX alerts_visit ON alerts (visit);
		ALTER TABLE alert_told ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;
		-- Somebody has taken the alert since: whoever has not received it need not any more.
		ALTER TABLE alert_told ADD COLUMN answered INTEGER NOT NULL DEFAULT 0;
		UPDATE alert_told SET answered = 1 WHERE alert IN (SELECT id FROM alerts WHERE acknowledged_at IS NOT NULL);
		-- Visits received by way of another's alert.
		CREATE TABLE alert_joined (
			alert TEXT NOT NULL,
			visit TEXT NOT NULL,
			PRIMARY KEY (alert, visit)
		) STRICT, WITHOUT ROWID;
		CREATE INDEX alert_joined_visit ON alert_joined (visit);

		CREATE TABLE duty (
			staff TEXT PRIMARY KEY,
			state TEXT NOT NULL, -- on, break or off
			until_at INTEGER, -- a break's end
			changed_at INTEGER NOT NULL
		) STRICT, WITHOUT ROWID;
		CREATE TABLE rota (
			staff TEXT PRIMARY KEY,
			rotas TEXT NOT NULL, -- JSON
			shifts TEXT NOT NULL, -- JSON
			backup TEXT
		) STRICT, WITHOUT ROWID;
		-- What each has had of a rota's turns, and what they are owed of a fair share.
		CREATE TABLE rota_turns (
			rota TEXT NOT NULL,
			staff TEXT NOT NULL,
			turns INTEGER NOT NULL,
			owed REAL NOT NULL,
			PRIMARY KEY (rota, staff)
		) STRICT, WITHOUT ROWID;

		CREATE TABLE customer_wishes (
			customer TEXT PRIMARY KEY,
			greeting INTEGER NOT NULL,
			always INTEGER NOT NULL
		) STRICT, WITHOUT ROWID;

		CREATE TABLE guests (
			id TEXT PRIMARY KEY,
			customer TEXT,
			host TEXT,
			purpose TEXT,
			expected_at INTEGER NOT NULL,
			state TEXT NOT NULL, -- expected, arrived or cancelled
			visit TEXT
		) STRICT, WITHOUT ROWID;
		CREATE INDEX guests_expected ON guests (expected_at);
		CREATE INDEX guests_customer ON guests (customer) WHERE customer IS NOT NULL;
		CREATE INDEX guests_visit ON guests (visit) WHERE visit IS NOT NULL;
		-- Sealed, with a key of this guest's own.
		CREATE TABLE guest_texts (
			id TEXT PRIMARY KEY,
			name BLOB,
			telephone BLOB,
			telephone_code BLOB -- HMAC of the normalised number
		) STRICT;

		-- Remarks about visits and reasons of corrections, sealed with a key of the visit's own.
		CREATE TABLE visit_texts (
			id TEXT PRIMARY KEY,
			visit TEXT NOT NULL,
			text BLOB NOT NULL
		) STRICT;
		CREATE INDEX visit_texts_visit ON visit_texts (visit);

		CREATE TABLE tasks (
			id TEXT PRIMARY KEY,
			kind TEXT NOT NULL, -- follow-up
			visit TEXT NOT NULL,
			customer TEXT,
			staff TEXT NOT NULL,
			due_at INTEGER NOT NULL,
			done_at INTEGER,
			done_by TEXT,
			how TEXT
		) STRICT, WITHOUT ROWID;
		CREATE INDEX tasks_open ON tasks (staff, due_at) WHERE done_at IS NULL;
		CREATE INDEX tasks_visit ON tasks (visit);
		CREATE INDEX tasks_customer ON tasks (customer) WHERE done_at IS NULL AND customer IS NOT NULL;

		CREATE TABLE summaries (
			day TEXT PRIMARY KEY, -- 2026-11-23
			made_at INTEGER NOT NULL,
			figures TEXT NOT NULL -- JSON
		) STRICT, WITHOUT ROWID;

		-- What is still said of a visit when it is over; what happened before stands between its opening and its end.
		CREATE INDEX events_afterwards ON events (subject) WHERE type IN (
			'visit.corrected', 'visit.annotated', 'visit.outcome-recorded', 'visit.outcome-asked', 'visit.merged', 'visit.reassigned',
			'visit.split', 'guest.arrived', 'task.opened', 'task.done');
	`);
	fillIn(database);
};

/** The new columns of rows that are there, as the log says. */
function fillIn(database: Connection): void {
	database.exec(`
		UPDATE visits SET last_seen_at = opened_at, received_by = greeted_by;
		WITH seen AS (
			SELECT body ->> 'visit' AS visit, wall, max(seq) FROM events
			WHERE type IN ('visit.identified', 'visit.seen', 'visit.stepped-out', 'visit.returned', 'visit.greeted', 'checkin.recorded')
			GROUP BY 1
		)
		UPDATE visits SET last_seen_at = seen.wall FROM seen WHERE seen.visit = visits.id;
		WITH named AS (
			SELECT body ->> 'visit' AS visit, body ->> 'model' AS model, min(seq) AS seq FROM events
			WHERE type = 'checkin.recorded' AND body ->> 'model' IS NOT NULL GROUP BY 1, 2
		), models AS (SELECT visit, json_group_array(model ORDER BY seq) AS models FROM named GROUP BY visit)
		UPDATE visits SET models = models.models FROM models WHERE models.visit = visits.id;
		WITH telling AS (
			SELECT body ->> 'alert' AS alert, 0 AS step, value AS staff, wall, seq FROM events, json_each(body, '$.steps[0].staff')
			WHERE events.type IN ('alert.opened', 'alert.rerouted')
			UNION ALL
			SELECT body ->> 'alert', body ->> 'step', value, wall, seq FROM events, json_each(body, '$.staff') WHERE events.type = 'alert.escalated'
		), told AS (SELECT alert, step, staff, wall, min(seq) FROM telling GROUP BY 1, 2, 3)
		UPDATE alert_told SET told_at = told.wall FROM told
		WHERE told.alert = alert_told.alert AND told.step = alert_told.step AND told.staff = alert_told.staff;
	`);
}
