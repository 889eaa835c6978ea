import type { Connection } from '../store/database.store.js';
import { StoreError } from '../store/store-error.js';
import type { RowChange } from './log.types.js';

/**
 * Enforces consent in the one place through which every template and photograph reaches the disk: no template for a person without a valid
 * grant for recognition, no photograph without one that allows keeping it. The grant may be of the same append.
 *
 * @returns a check that throws StoreError `no-consent`; the whole append is then not written
 */
export function consentGuard(database: Connection): (change: RowChange) => void {
	const granted = database
		.prepare<[string, string], number>(`
			SELECT count(*) FROM consent_grants g, json_each(g.purposes) p
			WHERE g.person = ? AND g.ended_at IS NULL AND p.value = ?`)
		.pluck();
	return (change) => {
		const purpose = change.table === 'templates' ? 'recognition' : change.table === 'photographs' ? 'photograph' : null;
		if (purpose === null || !('person' in change) || granted.get(change.person, purpose)) return;
		throw new StoreError(
			'no-consent',
			purpose === 'recognition'
				? `${change.person} has not consented to face recognition, or no longer does: record their consent first`
				: `${change.person} has not consented to the photograph being kept: leave it out, or record their consent first`,
		);
	};
}

/** Row changes that concern consent: see `RowChange`. */
export type ConsentChange = Extract<RowChange, { table: 'consent_notices' | 'retention' }>;

/** Answers what writes them. */
export function consentChanger(database: Connection): (change: ConsentChange) => void {
	const notice = database.prepare(`
		INSERT INTO consent_notices (id, audience, version, zh, en, published_at, published_by)
		VALUES (@id, @audience, @version, @zh, @en, @publishedAt, @publishedBy)`);
	const times = database.prepare('DELETE FROM checkin_times WHERE at < @before AND id NOT IN (SELECT id FROM checkin_texts)');
	const records = database.prepare('DELETE FROM processing_records WHERE at < @before');
	return (change) => {
		if (change.table === 'consent_notices') notice.run(change);
		else (change.id === 'processing_records' ? records : times).run(change);
	};
}
