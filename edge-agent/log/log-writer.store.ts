import Database, { type Statement, type Transaction } from 'better-sqlite3';
import type { EventDraft, LoggedEvent } from '../contract/events.js';
import type { Connection } from '../store/database.store.js';
import { Eraser } from '../store/erasure.store.js';
import type { StoreKeys } from '../store/keys.js';
import { explain, StoreError } from '../store/store-error.js';
import { consentGuard } from './consent-changes.store.js';
import { CHAIN_START, chainHash } from './event-chain.js';
import { checkDraft, checkRowChange } from './event-check.js';
import { EventRows, eventRow } from './event-rows.store.js';
import type { RowChange } from './log.types.js';
import { rowChanger } from './row-changes.store.js';
import { RowUpdates } from './row-updates.store.js';
import { currentVersion } from './upcast.js';

/** One thing to write, whole or not at all. */
export type WriteJob =
	| { readonly kind: 'append'; readonly drafts: readonly EventDraft[]; readonly changes: readonly RowChange[] }
	| { readonly kind: 'move-cursor'; readonly name: string; readonly seq: number };

/**
 * What became of a job: the events that are new in the log, or why nothing of it was written. With an error and events: they are written, but
 * what was erased is still in a file.
 */
export type WriteOutcome =
	| { readonly events: readonly LoggedEvent[] }
	| { readonly error: StoreError; readonly events?: readonly LoggedEvent[] };

/** Appends to the log over the one writing connection. Knows no threads; every call blocks until the disk has it. */
export class LogWriter {
	readonly #database: Connection;
	readonly #insert: Statement<(number | string | Buffer | null)[]>;
	readonly #mayWrite: (change: RowChange) => void;
	readonly #change: (change: RowChange) => void;
	readonly #eraser: Eraser;
	readonly #moveCursor: Statement<[string, number]>;
	readonly #transaction: Transaction<(jobs: readonly WriteJob[]) => WriteOutcome[]>;
	readonly #rows: RowUpdates;
	#head: { readonly seq: number; readonly hash: Uint8Array };

	constructor(database: Connection, keys: StoreKeys) {
		this.#database = database;
		this.#insert = database.prepare(`
			INSERT INTO events (seq, id, type, version, wall, mono, boot, actor, subject, cause, body, hash)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`);
		this.#mayWrite = consentGuard(database);
		this.#rows = new RowUpdates(database);
		this.#eraser = new Eraser(database);
		this.#change = rowChanger(database, keys, this.#eraser);
		this.#moveCursor = database.prepare('INSERT INTO cursors (name, seq) VALUES (?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq');
		this.#transaction = database.transaction((jobs) => jobs.map((job) => this.#run(job)));
		this.#head = new EventRows(database).head() ?? { seq: 0, hash: CHAIN_START };
	}

	/** The seq of the last durable event; 0 in an empty log. */
	get lastSeq(): number {
		return this.#head.seq;
	}

	/** The last durable event's seq and link in the chain. */
	get head(): { readonly seq: number; readonly hash: Uint8Array } {
		return this.#head;
	}

	/**
	 * Group commit: all jobs in one transaction. An invalid one fails alone. When the commit itself fails (the disk is full),
	 * nothing of any job is written and each answers that error. What a job erased is out of the database's files when this returns.
	 */
	commit(jobs: readonly WriteJob[]): WriteOutcome[] {
		const head = this.#head;
		try {
			const outcomes = this.#transaction.immediate(jobs);
			return this.#finishErasures(jobs, outcomes);
		} catch (error) {
			this.#head = head;
			this.#eraser.forgetNothing();
			// One of them broke a rule of the database: each for itself then, so that the others do not suffer for it.
			if (jobs.length > 1 && concernsOneJob(error)) return jobs.flatMap((job) => this.commit([job]));
			const failure = { error: explain(error, this.#database.name) };
			return jobs.map(() => failure);
		}
	}

	/** The rows are gone in any case; a job that erased somebody fails when their bytes could not be taken out of the files. */
	#finishErasures(jobs: readonly WriteJob[], outcomes: WriteOutcome[]): WriteOutcome[] {
		if (!jobs.some(erases)) return outcomes;
		try {
			this.#eraser.finish();
			return outcomes;
		} catch (error) {
			const failure = explain(error, this.#database.name);
			return outcomes.map((outcome, index) => (erases(jobs[index]) && !('error' in outcome) ? { ...outcome, error: failure } : outcome));
		}
	}

	#run(job: WriteJob): WriteOutcome {
		const checked = checkJob(job);
		return 'error' in checked ? checked : { events: this.#write(checked) };
	}

	#write(job: WriteJob): readonly LoggedEvent[] {
		if (job.kind === 'move-cursor') {
			this.#moveCursor.run(job.name, job.seq);
			return [];
		}
		const events = job.drafts.map((draft) => this.#append(draft)).filter((event) => event !== null);
		// Sent again after a lost answer: its rows may have been changed since, so they are left alone too.
		const repeated = job.drafts.length > 0 && events.length === 0;
		if (repeated) return events;
		for (const change of job.changes) {
			this.#mayWrite(change);
			this.#change(change);
		}
		return events;
	}

	/** The new event; null when its id is in the log already. */
	#append(draft: EventDraft): LoggedEvent | null {
		const event: LoggedEvent = { ...draft, seq: this.#head.seq + 1, version: currentVersion(draft.type) };
		const row = eventRow(event);
		const hash = chainHash(this.#head.hash, row);
		const { seq, id, type, version, wall, mono, boot, actor, subject, cause, body } = row;
		if (this.#insert.run(seq, id, type, version, wall, mono, boot, actor, subject, cause, body, hash).changes === 0) return null;
		this.#head = { seq, hash };
		this.#rows.write(event);
		return event;
	}
}

function erases(job: WriteJob | undefined): boolean {
	return job?.kind === 'append' && job.changes.some(({ table }) => table === 'persons');
}

/** The job as it may be written, or why not. */
function checkJob(job: WriteJob): WriteJob | { readonly error: StoreError } {
	if (job.kind === 'move-cursor') return job;
	try {
		return { kind: 'append', drafts: job.drafts.map(checkDraft), changes: job.changes.map(checkRowChange) };
	} catch (error) {
		if (error instanceof StoreError) return { error };
		throw error;
	}
}

/** Whether the fault lies in what one job asked for, rather than in the disk or the database, which concerns all of them. */
function concernsOneJob(error: unknown): boolean {
	return !(error instanceof Database.SqliteError) || error.code.startsWith('SQLITE_CONSTRAINT');
}
