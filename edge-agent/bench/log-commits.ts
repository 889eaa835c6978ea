import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { EventDraft } from '../contract/events.js';
import type { ShowroomLog } from '../log/log.types.js';
import { LogWriter } from '../log/log-writer.store.js';
import { openForWriting } from '../store/database.store.js';
import { noKeySources } from './log-open.js';
import { quantile } from './timing.js';

export interface Commits {
	/** One event a commit, in the writer's own thread. */
	readonly appendsPerSecond: number;
	/** A bare insert of such an event's text, one a commit. */
	readonly rawPerSecond: number;
	/** Of the two before, turn by turn. */
	readonly ratio: number;
}

/** What callers on another thread get, who wait for their answers. */
export interface Awaited {
	/** 64 callers at once, each waiting for its own event. */
	readonly groupedPerSecond: number;
	/** One caller, waiting for each event. */
	readonly awaitedPerSecond: number;
}

const callers = 64;
/** Each kind of commit, a turn. Short, so that one turn's kinds meet the disk in one mood. */
const turnMs = 150;
/** Turns before the first that counts: code is compiled, and the log's write-ahead log is as long as it gets. */
const warmUp = 4;
/** More than SQLite lets gather in a write-ahead log. */
const rowsBefore = 3000;

/**
 * Appends to the log by its writer and inserts into a database beside it, in turns, the order of which changes; medians of the turns, and of their ratios.
 *
 * @param drafts never ends; what is appended
 */
export async function measureCommits(dataDir: string, drafts: Iterator<EventDraft, never>, turns: number): Promise<Commits> {
	const connection = openForWriting(dataDir, noKeySources);
	const raw = await openRaw(join(dataDir, 'bare-inserts.db'));
	try {
		const writer = new LogWriter(connection.database, connection.master.keys);
		const measure = {
			ours: () => perSecond(1, async () => void writer.commit([{ kind: 'append', drafts: [drafts.next().value], changes: [] }])),
			raw: () => perSecond(1, async () => raw.insert(JSON.stringify(drafts.next().value))),
		};
		const rates: { readonly ours: number; readonly raw: number }[] = [];
		for (let turn = -warmUp; turn < turns; turn++) {
			const rate = { ours: 0, raw: 0 };
			for (const kind of turn % 2 === 0 ? (['ours', 'raw'] as const) : (['raw', 'ours'] as const)) rate[kind] = await measure[kind]();
			if (turn >= 0) rates.push(rate);
		}
		const median = (of: (rate: { readonly ours: number; readonly raw: number }) => number) => quantile(rates.map(of), 0.5);
		return {
			appendsPerSecond: Math.round(median(({ ours }) => ours)),
			rawPerSecond: Math.round(median(({ raw }) => raw)),
			ratio: Number(median(({ ours, raw }) => ours / raw).toFixed(3)),
		};
	} finally {
		await raw.remove();
		connection.close();
	}
}

/** The same through the log as the rooms use it, from another thread. */
export async function measureAwaited(
	log: Pick<ShowroomLog, 'append'>,
	drafts: Iterator<EventDraft, never>,
	turns: number,
): Promise<Awaited> {
	const append = async () => {
		await log.append([drafts.next().value]);
	};
	const rates = { one: [] as number[], many: [] as number[] };
	for (let turn = -warmUp; turn < turns; turn++) {
		const [one, many] = [await perSecond(1, append), await perSecond(callers, append)];
		if (turn < 0) continue;
		rates.one.push(one);
		rates.many.push(many);
	}
	return { groupedPerSecond: Math.round(quantile(rates.many, 0.5)), awaitedPerSecond: Math.round(quantile(rates.one, 0.5)) };
}

/** How often a second `work` gets done by so many who do it again and again. */
async function perSecond(callers: number, work: () => Promise<void>): Promise<number> {
	const begun = performance.now();
	let done = 0;
	const again = async () => {
		while (performance.now() - begun < turnMs) {
			await work();
			done++;
		}
	};
	await Promise.all(Array.from({ length: callers }, again));
	return done / ((performance.now() - begun) / 1000);
}

async function openRaw(file: string): Promise<{ insert(text: string): void; remove(): Promise<void> }> {
	const remove = async () => {
		for (const part of ['', '-wal', '-shm']) await rm(file + part, { force: true });
	};
	await remove();
	const database = new Database(file);
	database.pragma('journal_mode = WAL');
	database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)');
	const insert = database.prepare<[string]>('INSERT INTO rows (text) VALUES (?)');
	// From the first checkpoint on the write-ahead log is written over instead of growing, which is quicker: so it is for a log in use.
	database.pragma('synchronous = OFF');
	for (let row = 0; row < rowsBefore; row++) insert.run('x'.repeat(500));
	database.pragma('synchronous = FULL');
	return {
		insert: (text) => {
			insert.run(text);
		},
		remove: async () => {
			database.close();
			await remove();
		},
	};
}
