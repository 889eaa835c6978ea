import { hash } from 'node:crypto';

/** An event as its row holds it; `body` is the stored JSON text. */
export interface EventRow {
	readonly seq: number;
	readonly id: string;
	readonly type: string;
	readonly version: number;
	readonly wall: number;
	readonly mono: number;
	readonly boot: string;
	readonly actor: string;
	readonly subject: string;
	readonly cause: string | null;
	readonly body: string;
}

/** What stands before the first event. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

/**
 * The event's link in the chain: SHA-256(previous link || canonical encoding). The encoding is the JSON array of the row's
 * columns in the order below, the body as the very text that is stored, so nothing depends on how an object is written out.
 */
export function chainHash(previous: Uint8Array, row: EventRow): Buffer {
	const { seq, id, type, version, wall, mono, boot, actor, subject, cause, body } = row;
	const encoding = JSON.stringify([seq, id, type, version, wall, mono, boot, actor, subject, cause, body]);
	return hash('sha256', Buffer.concat([previous, Buffer.from(encoding)]), 'buffer');
}
