import { statSync } from 'node:fs';
import type { EventDraft } from '../contract/events.js';
import { seededRandom } from '../demo/random.js';
import type { RowChange } from '../log/log.types.js';
import { LogWriter, type WriteJob } from '../log/log-writer.store.js';
import { databaseFile, openForWriting } from '../store/database.store.js';
import { drawnName } from './log-names.js';
import { noKeySources } from './log-open.js';
import { consultants, customers, dayOfEvents, visitDays } from './log-visits.js';

export interface FillJob {
	readonly dataDir: string;
	readonly visits: number;
}

export interface Filled {
	readonly visits: number;
	readonly events: number;
	/** What `PRAGMA synchronous` says of the writing connection: 2 is FULL. */
	readonly synchronous: number;
	/** Of the database. */
	readonly megabytes: number;
	/** null: it was full already. */
	readonly eventsPerSecond: number | null;
}

/** Events a commit: what the log's writing thread takes at most. */
const together = 500;

/**
 * Fills a data directory's log through the writer itself, as the agent's writing thread does when it cannot keep up: one event an append,
 * as many appends a commit as one takes. A log that holds so many visits already stays as it is. Blocks its thread for minutes.
 *
 * @param note gets how far it has come, for people
 * @throws Error when the log holds fewer visits than asked, but some; StoreError
 */
export function fillLog({ dataDir, visits }: FillJob, note: (text: string) => void): Filled {
	const { database, master, close } = openForWriting(dataDir, noKeySources);
	try {
		const count = (table: 'visits' | 'events') => Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
		const there = count('visits');
		if (there > 0 && there < visits)
			throw new Error(`${dataDir} holds ${there} visits, not ${visits}: name an empty folder, or as many visits`);
		const writer = new LogWriter(database, master.keys);
		const eventsPerSecond = there === 0 ? fill(writer, visits, note) : null;
		const synchronous = Number(database.pragma('synchronous', { simple: true }));
		const megabytes = Math.round(statSync(databaseFile(dataDir)).size / 2 ** 20);
		return { visits: count('visits'), events: count('events'), synchronous, megabytes, eventsPerSecond };
	} finally {
		close();
	}
}

function fill(writer: LogWriter, visits: number, note: (text: string) => void): number {
	const random = seededRandom(visits);
	commit(
		writer,
		people(random).map((change) => ({ kind: 'append', drafts: [], changes: [change] })),
	);
	const begun = performance.now();
	let events = 0;
	let waiting: EventDraft[] = [];
	let saidAt = begun;
	for (const day of visitDays(visits)) {
		waiting.push(...dayOfEvents(day, random));
		for (; waiting.length >= together; waiting = waiting.slice(together)) {
			commit(writer, waiting.slice(0, together).map(append));
			events += together;
		}
		if (performance.now() - saidAt > 10_000) {
			saidAt = performance.now();
			note(`${events} of ${8 * visits} events, ${Math.round(events / ((saidAt - begun) / 1000))} a second`);
		}
	}
	commit(writer, waiting.map(append));
	return Math.round((8 * visits) / ((performance.now() - begun) / 1000));
}

const append = (draft: EventDraft): WriteJob => ({ kind: 'append', drafts: [draft], changes: [] });

function commit(writer: LogWriter, jobs: readonly WriteJob[]): void {
	for (const outcome of writer.commit(jobs)) if ('error' in outcome) throw outcome.error;
}

function people(random: () => number): RowChange[] {
	const digit = () => Math.floor(random() * 10);
	const staff = Array.from({ length: consultants }, (_, index): RowChange => {
		return { table: 'staff', id: `consultant-${index}`, name: drawnName(random), role: 'consultant', onDuty: true };
	});
	const known = Array.from({ length: customers }, (_, index): RowChange => {
		const telephone = `199${Array.from({ length: 8 }, digit).join('')}`;
		return {
			table: 'customers',
			id: `customer-${index}`,
			name: drawnName(random),
			telephone,
			consultant: `consultant-${index % consultants}`,
		};
	});
	return [...staff, { table: 'staff', id: 'manager-0', name: drawnName(random), role: 'manager', onDuty: true }, ...known];
}
