import { CHAIN_START, chainHash } from './event-chain.js';
import type { ChainedRow } from './event-rows.store.js';
import { checkHead, type HeadKeys, type LogHead } from './log-head.js';

/** What `log verify` found. `events`: how many are right, from the first one on. */
export type Verification =
	| { readonly ok: true; readonly events: number; readonly heads: HeadsChecked }
	| { readonly ok: false; readonly events: number; readonly first: BadEvent; readonly heads: HeadsChecked };

/** The first event at which the log is not what was once written. `id` is null where the event itself is gone or unreadable. */
export interface BadEvent {
	readonly seq: number;
	readonly id: string | null;
	/**
	 * cut: this event and all after it are gone. rewritten: the chain was made anew somewhere from this event on up to `until`. head-forged,
	 * head-missing: somebody tampered with the heads, so the events after this one prove nothing.
	 */
	readonly problem: 'changed' | 'missing' | 'unreadable' | 'cut' | 'rewritten' | 'head-forged' | 'head-missing';
	/** For cut, rewritten and the heads: the event that the log is known to have reached. */
	readonly until?: number;
}

/** How far the heads of the log vouch for the events. */
export interface HeadsChecked {
	/** Heads that agree with the events and were made by who has the key. */
	readonly authentic: number;
	/** Heads that agree, of a key that is not here: what they say may be anybody's. */
	readonly unchecked: number;
	/** The last event that an authentic head covers; 0: none does. */
	readonly covered: number;
	/** Whether the database's key was there to check with. */
	readonly key: boolean;
}

/** How far the chain has been found right. */
export interface ChainHead {
	readonly seq: number;
	readonly hash: Uint8Array;
}

export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: CHAIN_START };

/** Follows the chain through the next rows: the new head, or the first row that is not what was once appended. */
export function followChain(head: ChainHead, rows: readonly ChainedRow[], heads?: HeadCheck): ChainHead | BadEvent {
	let { seq, hash } = head;
	for (const row of rows) {
		if (row.seq !== seq + 1) return { seq: seq + 1, id: null, problem: 'missing' };
		const expected = chainHash(hash, row);
		if (!expected.equals(row.hash)) return { seq: row.seq, id: row.id, problem: 'changed' };
		const rewritten = heads?.disagrees(row.seq, expected);
		if (rewritten) return rewritten;
		seq = row.seq;
		hash = expected;
	}
	return { seq, hash };
}

/** Holds the heads of database and file against the chain while it is followed. */
export class HeadCheck {
	readonly #bySeq = new Map<number, LogHead[]>();
	readonly #key: boolean;
	/** What is wrong with the heads themselves; judged after the events, which are worse. */
	readonly #fault: BadEvent | null;
	#newest = 0;
	#agreed = 0;
	#authentic = 0;
	#unchecked = 0;
	#covered = 0;
	readonly #keys: HeadKeys | null;

	/** @param filed null: there is no file to go by (a log in memory) */
	constructor(keys: HeadKeys | null, stored: readonly LogHead[], filed: readonly LogHead[] | null) {
		this.#keys = keys;
		this.#key = keys !== null;
		const inFile = new Set(filed?.map(({ code }) => code));
		const missing = filed ? stored.find(({ code }) => !inFile.has(code)) : undefined;
		const all = new Map([...stored, ...(filed ?? [])].map((head) => [`${head.seq} ${head.code}`, head]));
		const forged = [...all.values()].find((head) => checkHead(keys, head) === 'forged');
		const bad = forged ?? missing;
		this.#fault = bad ? { seq: bad.seq, id: null, problem: forged ? 'head-forged' : 'head-missing', until: bad.seq } : null;
		for (const head of all.values()) {
			if (checkHead(keys, head) === 'forged') continue;
			this.#newest = Math.max(this.#newest, head.seq);
			this.#bySeq.set(head.seq, [...(this.#bySeq.get(head.seq) ?? []), head]);
		}
	}

	/** The event at which the chain and a head part, once the chain has come to this event. */
	disagrees(seq: number, hash: Buffer): BadEvent | null {
		const link = hash.toString('hex');
		for (const head of this.#bySeq.get(seq) ?? []) {
			if (head.hash !== link) return { seq: this.#agreed + 1, id: null, problem: 'rewritten', until: seq };
			if (checkHead(this.#keys, head) === 'authentic') {
				this.#authentic++;
				this.#covered = seq;
			} else this.#unchecked++;
			this.#agreed = seq;
		}
		return null;
	}

	/** What is wrong although every event there fits the one before: the end is missing, or the heads were tampered with. */
	atEnd(last: number): BadEvent | null {
		if (this.#newest > last) return { seq: last + 1, id: null, problem: 'cut', until: this.#newest };
		return this.#fault;
	}

	get found(): HeadsChecked {
		return { authentic: this.#authentic, unchecked: this.#unchecked, covered: this.#covered, key: this.#key };
	}
}
