import { parentPort, workerData } from 'node:worker_threads';
import { openForReading } from '../store/database.store.js';
import { findKeys } from '../store/keys.store.js';
import { LogReader } from './log-reader.store.js';
import { type Answer, type Answers, failure, serve, type ThreadData } from './thread-calls.js';

/** Answers questions about the log over a read-only connection: queries, export, verify. */
const { dataDir, sources } = workerData as ThreadData;
const port = parentPort;
if (!port) throw new Error('log-reader.worker runs as a worker thread');

serve(port, dataDir, () => {
	const database = openForReading(dataDir);
	const reader = new LogReader(database, () => findKeys(database, sources).keys);
	// Main calls only what LogReader has: `Thread<LogReader>` sees to it.
	const methods = reader as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
	return {
		started: null,
		async receive({ call, method, args }) {
			const answer = await Promise.resolve()
				.then(() => methods[method]?.(...args))
				.then(
					(value): Answer => ({ call, value }),
					(error): Answer => ({ call, failure: failure(error, dataDir) }),
				);
			port.postMessage({ answers: [answer] } satisfies Answers);
		},
		stop: () => database.close(),
	};
});
