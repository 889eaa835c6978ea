import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { convert, type NetworkChoice } from './convert.js';

/** What the worker is to convert, and from where. */
export interface ConversionOrder {
	readonly choice: NetworkChoice;
	readonly weightsFolder: string;
}

/** The file's bytes and their SHA-256. */
export interface Conversion {
	readonly bytes: Uint8Array;
	readonly sha256: string;
}

// Converts one network and ends. What it throws reaches the main thread as the worker's `error`.
const { choice, weightsFolder } = workerData as ConversionOrder;
const bytes = Uint8Array.from(convert(choice, weightsFolder));
const conversion: Conversion = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
parentPort?.postMessage(conversion, [bytes.buffer]);
