import { CHAIN_START, chainHash } from './event-chain.js';
import type { ChainedRow } from './event-rows.store.js';

/** What `log verify` found. `events`: how many are right, from the first one on. */
export type Verification =
	| { readonly ok: true; readonly events: number }
	| { readonly ok: false; readonly events: number; readonly first: BadEvent };

/** The first event at which the chain breaks. `id` is null where the event itself is gone or unreadable. */
export interface BadEvent {
	readonly seq: number;
	readonly id: string | null;
	readonly problem: 'changed' | 'missing' | 'unreadable';
}

/** How far the chain has been found right. */
export interface ChainHead {
	readonly seq: number;
	readonly hash: Uint8Array;
}

export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: CHAIN_START };

/** Follows the chain through the next rows: the new head, or the first row that is not what was once appended. */
export function followChain(head: ChainHead, rows: readonly ChainedRow[]): ChainHead | BadEvent {
	let { seq, hash } = head;
	for (const row of rows) {
		if (row.seq !== seq + 1) return { seq: seq + 1, id: null, problem: 'missing' };
		const expected = chainHash(hash, row);
		if (!expected.equals(row.hash)) return { seq: row.seq, id: row.id, problem: 'changed' };
		seq = row.seq;
		hash = expected;
	}
	return { seq, hash };
}
