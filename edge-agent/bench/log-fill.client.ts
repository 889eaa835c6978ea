import { Worker } from 'node:worker_threads';
import type { Filled, FillJob } from './log-fill.js';

/** Fills a log on a thread of its own. @param note gets how far it has come */
export function fillLogThere(job: FillJob, note: (text: string) => void): Promise<Filled> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./log-fill.worker.js', import.meta.url), { workerData: job });
		let filled: Filled | undefined;
		worker.on('message', (said: string | Filled) => {
			if (typeof said === 'string') note(said);
			else filled = said;
		});
		worker.once('error', reject);
		// Its database is closed by then.
		worker.once('exit', (code) => (filled ? resolve(filled) : reject(new Error(`the filling ended early (exit code ${code})`))));
	});
}
