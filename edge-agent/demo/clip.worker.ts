import { parentPort, workerData } from 'node:worker_threads';
import { startEncoder } from './encoder.source.js';
import { type Film, frameCount, frameMs } from './film.js';
import { Stage } from './stage.js';

/** Draws a film and encodes it, away from the main thread: a frame costs some 5 ms. */
export interface ClipJob {
	readonly film: Film;
	readonly file: string;
	readonly ffmpeg: string;
}

/** worker -> main: part of the film that is done, 0..1. The worker's end says that the file is whole. */
export interface ClipProgress {
	readonly done: number;
}

const { film, file, ffmpeg } = workerData as ClipJob;
const encoder = startEncoder(ffmpeg, file);
try {
	const stage = await Stage.build(film);
	const frames = frameCount(film);
	for (let frame = 0; frame < frames; frame++) {
		await encoder.write(stage.frame(frameMs(frame)));
		if (frame % 25 === 0) parentPort?.postMessage({ done: frame / frames } satisfies ClipProgress);
	}
	await encoder.finish();
} finally {
	encoder.abort();
}
