import { mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { now } from '../clock.js';
import type { EventDraft } from '../contract/events.js';
import { seededRandom } from '../demo/random.js';
import { openShowroomLog } from '../log/showroom-log.js';
import { type Awaited, type Commits, measureAwaited, measureCommits } from './log-commits.js';
import { fillLogThere } from './log-fill.client.js';
import { fsyncsPerCommit } from './log-fsyncs.js';
import { noKeySources, openLogElsewhere } from './log-open.js';
import { measureQueries, type Queries } from './log-queries.js';
import { type VisitDay, visitDays, visitEvents } from './log-visits.js';

/** What `showroom bench log --json` prints. */
export interface LogBench extends Commits, Pick<Awaited, 'groupedPerSecond'>, Queries {
	/** `PRAGMA synchronous` of the writing connection; 2 is FULL. */
	readonly synchronous: number;
	/** Syncs of the write-ahead log a commit; null where they cannot be counted (no strace). */
	readonly fsyncs: number | null;
	readonly visits: number;
	readonly events: number;
	/** From opening the filled log, in a process that has just begun, to the first answer. */
	readonly openMs: number;
}

export interface LogBenchOptions {
	readonly visits: number;
	/** Filled unless it is, and kept; null: a temporary folder, which goes at the end. */
	readonly data: string | null;
	/** How often each query is timed. */
	readonly queries: number;
	/** How many turns of each kind of commit are timed. */
	readonly turns: number;
}

/** Visits of an invented store are made up backwards from now by as much, so that none of them is in the future. */
const longestVisitMs = 3 * 3_600_000;
/** `statfs` of a folder in memory (tmpfs). */
const inMemory = 0x01021994;

/** @param note gets what is being done, for people */
export async function benchLog({ visits, data, queries, turns }: LogBenchOptions, note: (text: string) => void): Promise<LogBench> {
	const dataDir = data ?? (await mkdtemp(join(tmpdir(), 'showroom-bench-')));
	await mkdir(dataDir, { recursive: true, mode: 0o700 });
	try {
		if ((await statfs(dataDir)).type === inMemory)
			note(`${dataDir} is in memory: name a folder on a disk with --data, or commits cost nothing`);
		const days = visitDays(visits);
		note(`${visits} visits over ${days.length} days`);
		const filled = await fillLogThere({ dataDir, visits }, note);
		const rate = filled.eventsPerSecond === null ? 'there already' : `${filled.eventsPerSecond} a second`;
		note(`${filled.events} events, ${rate}, ${filled.megabytes} MB`);
		const fsyncs = await fsyncsPerCommit(dataDir);
		if (fsyncs === null) note('syncs were not counted: strace is missing, or may not trace');
		const { openMs } = await openLogElsewhere({ dataDir, day: days.at(-1) ?? { from: 0, to: 0 } });
		note(`opened in ${openMs} ms`);
		return {
			...{ synchronous: filled.synchronous, fsyncs, visits: filled.visits, events: filled.events, openMs },
			...(await measureLog(dataDir, days, { queries, turns }, note)),
		};
	} finally {
		if (data === null) await rm(dataDir, { recursive: true, force: true });
	}
}

/** What is measured on the running log, this thread being the agent's main one, and then on its writer alone. */
async function measureLog(
	dataDir: string,
	days: readonly VisitDay[],
	{ queries, turns }: Pick<LogBenchOptions, 'queries' | 'turns'>,
	note: (text: string) => void,
): Promise<Commits & Pick<Awaited, 'groupedPerSecond'> & Queries> {
	const random = seededRandom(now().wall);
	const drafts = ongoing(random);
	const log = openShowroomLog({ dataDir, keys: noKeySources, onProblem: (message, error) => note(`${message}: ${error}`) });
	await log.start();
	try {
		note('queries');
		const asked = await measureQueries(log, days, drafts, random, queries);
		const { groupedPerSecond, awaitedPerSecond } = await measureAwaited(log, drafts, turns);
		note(`one caller on another thread gets ${awaitedPerSecond} events a second, waiting for each`);
		await log.stop();
		note('commits');
		const { appendsPerSecond, rawPerSecond, ratio } = await measureCommits(dataDir, drafts, turns);
		return { appendsPerSecond, rawPerSecond, ratio, groupedPerSecond, ...asked };
	} finally {
		await log.stop();
	}
}

/** The events of visits that go on now, without end. */
function* ongoing(random: () => number): Generator<EventDraft, never> {
	for (;;) yield* visitEvents(now().wall - longestVisitMs, random);
}
