import { Worker } from 'node:worker_threads';
import type { Precision } from './precisions.js';

/** Times face-api's networks in both precisions on a thread of its own; builds those that are missing. */
export function timePrecisionsHere(modelsDir: string, forMs: number): Promise<Record<Precision, number>> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./precisions.worker.js', import.meta.url), { workerData: { modelsDir, forMs } });
		worker.once('message', resolve);
		worker.once('error', reject);
		worker.once('exit', (code) => reject(new Error(`the timing ended early (exit code ${code})`)));
	});
}
