import type { EventType, LoggedEvent } from '../contract/events.js';
import type { Connection } from '../store/database.store.js';
import type { EventRow } from './event-chain.js';
import { currentVersion, upcast } from './upcast.js';

/** An event's row with its link in the chain. */
export interface ChainedRow extends EventRow {
	readonly hash: Uint8Array;
}

/** Reads the table of events. */
export class EventRows {
	readonly #head;
	readonly #after;
	readonly #newest;

	constructor(database: Connection) {
		this.#head = database.prepare<[], { seq: number; hash: Uint8Array }>('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1');
		this.#after = database.prepare<[number, string | null, string | null, number], ChainedRow>(
			'SELECT * FROM events WHERE seq > ? AND (? IS NULL OR type = ?) ORDER BY seq LIMIT ?',
		);
		this.#newest = database.prepare<[string | null, string | null, number], ChainedRow>(
			'SELECT * FROM (SELECT * FROM events WHERE ? IS NULL OR type = ? ORDER BY seq DESC LIMIT ?) ORDER BY seq',
		);
	}

	/** The last event's seq and link; undefined while the log is empty. */
	head(): { seq: number; hash: Uint8Array } | undefined {
		return this.#head.get();
	}

	/** Rows with seq > `after` (of one type, if given), oldest first. */
	after(after: number, limit: number, type: string | null = null): ChainedRow[] {
		return this.#after.all(after, type, type, limit);
	}

	/** The last `limit` rows (of one type, if given), oldest first. */
	newest(limit: number, type: string | null = null): ChainedRow[] {
		return this.#newest.all(type, type, limit);
	}
}

/** The row of a checked draft; its link is not part of it. */
export function eventRow(event: LoggedEvent): EventRow {
	const { seq, id, type, version, at, actor, subject, cause, body } = event;
	const { wall, mono, boot } = at;
	return { seq, id, type, version, wall, mono, boot, actor, subject, cause, body: JSON.stringify(body) };
}

/**
 * The event that a row holds, its body lifted to the current version.
 *
 * @throws Error for a version newer than this program's.
 */
export function loggedEvent(row: EventRow): LoggedEvent {
	const { seq, id, version, wall, mono, boot, actor, subject, cause } = row;
	const type = row.type as EventType;
	const body = upcast(type, version, JSON.parse(row.body));
	return { seq, id, type, version: currentVersion(type), at: { wall, mono, boot }, actor, subject, cause, body } as LoggedEvent;
}
