import { parentPort, workerData } from 'node:worker_threads';
import { now } from '../clock.js';
import type { EventDraft, LoggedEvent } from '../contract/events.js';
import { openForWriting } from '../store/database.store.js';
import type { RowChange } from './log.types.js';
import { HeadWriter } from './log-heads.store.js';
import { LogWriter, type WriteJob } from './log-writer.store.js';
import { type Answer, type Answers, type Call, failure, serve, type ThreadData } from './thread-calls.js';

/** What main asks of the writing thread. */
export interface WriterMethods {
	/** `drafts`: JSON of EventDraft[]. */
	append(drafts: string, changes: readonly RowChange[]): LoggedEvent[];
	moveCursor(name: string, seq: number): void;
}

/** The most events that one commit takes, so that its answer keeps the main thread busy for a few ms only. */
const MAX_EVENTS = 500;
/** How often the log's head is authenticated while events come. */
const HEAD_MS = 60_000;

interface Queued {
	readonly call: number;
	readonly job: WriteJob;
}

/** The showroom log's only writer. Whatever has come in while the disk was busy goes into the next commit together. */
const { dataDir, sources } = workerData as ThreadData;
const port = parentPort;
if (!port) throw new Error('log-writer.worker runs as a worker thread');

serve(port, dataDir, () => {
	const connection = openForWriting(dataDir, sources);
	const writer = new LogWriter(connection.database, connection.master.keys);
	const heads = new HeadWriter(connection.database, connection.master.keys);
	const headClock = setInterval(writeHead, HEAD_MS);
	let queue: Queued[] = [];

	function writeHead(): void {
		try {
			heads.write(writer.head, now().wall);
		} catch (error) {
			port?.postMessage({ answers: [], problem: failure(error, dataDir) } satisfies Answers);
		}
	}

	function commitNext(): void {
		const batch = queue.slice(0, batchLength(queue));
		queue = queue.slice(batch.length);
		const outcomes = writer.commit(batch.map(({ job }) => job));
		const appended: LoggedEvent[] = [];
		const answers = outcomes.map((outcome, index): Answer => {
			const call = batch[index]?.call ?? 0;
			const from = appended.length;
			for (const event of outcome.events ?? []) appended.push(event);
			return 'error' in outcome ? { call, failure: failure(outcome.error, dataDir) } : { call, part: [from, appended.length] };
		});
		port?.postMessage({ answers, appended: JSON.stringify(appended) } satisfies Answers);
		if (queue.length > 0) setImmediate(commitNext);
	}

	return {
		started: writer.lastSeq,
		receive(call) {
			queue.push({ call: call.call, job: writeJob(call) });
			// After this turn's other messages, which are in the queue by then.
			if (queue.length === 1) setImmediate(commitNext);
		},
		stop() {
			clearInterval(headClock);
			while (queue.length > 0) commitNext();
			writeHead();
			connection.close();
		},
	};
});

function writeJob({ method, args }: Call): WriteJob {
	if (method === 'moveCursor') {
		const [name, seq] = args as Parameters<WriterMethods['moveCursor']>;
		return { kind: 'move-cursor', name, seq };
	}
	const [drafts, changes] = args as Parameters<WriterMethods['append']>;
	// They are checked before they are written, as whatever comes over is.
	return { kind: 'append', drafts: JSON.parse(drafts) as EventDraft[], changes };
}

/** How many jobs from the front make up one commit: at least one, and together no more events than allowed. */
function batchLength(queue: readonly Queued[]): number {
	let events = 0;
	const over = queue.findIndex(({ job }) => {
		events += job.kind === 'append' ? job.drafts.length : 0;
		return events > MAX_EVENTS;
	});
	return over === -1 ? queue.length : Math.max(1, over);
}
