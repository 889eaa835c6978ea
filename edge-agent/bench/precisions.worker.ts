import { parentPort, workerData } from 'node:worker_threads';
import { openModelStore } from '../../models/model-store.js';
import { timePrecisions } from './precisions.js';
import { threeFaces } from './three-faces.js';

// Times both precisions on three drawn persons and ends. What it throws reaches the main thread as the worker's `error`.
const { modelsDir, forMs } = workerData as { readonly modelsDir: string; readonly forMs: number };
parentPort?.postMessage(await timePrecisions(openModelStore({ dir: modelsDir }), await threeFaces(5), forMs));
