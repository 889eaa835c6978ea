import { parentPort, workerData } from 'node:worker_threads';
import { type FillJob, fillLog } from './log-fill.js';

// Fills a log, says how far it is (a text), at last what came of it, and ends. What it throws reaches the main thread as the worker's `error`.
parentPort?.postMessage(fillLog(workerData as FillJob, (text) => parentPort?.postMessage(text)));
