import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ClipJob, ClipProgress } from './clip.worker.js';
import type { Film } from './film.js';

export interface ClipOptions {
	/** Folder that keeps rendered clips; made if missing. */
	readonly directory: string;
	/** The ffmpeg program. */
	readonly ffmpeg: string;
	/** Called about once a film second with the part done, 0..1. */
	readonly onProgress: (done: number) => void;
	/** Stops the rendering; nothing is left behind. */
	readonly signal: AbortSignal;
}

/**
 * The film as an H.264 file (MP4, 1280 x 720, 25 frames a second). Rendered once under `name` and taken from the folder after
 * that; a file under that name is always whole.
 *
 * @throws Error saying what to do, where ffmpeg or libx264 is missing or the folder cannot be written
 */
export async function renderClip(film: Film, name: string, options: ClipOptions): Promise<string> {
	const file = join(options.directory, `${name}.mp4`);
	if (await exists(file)) return file;
	await mkdir(options.directory, { recursive: true });
	const unfinished = join(options.directory, `.${name}-${process.pid}.part`);
	try {
		await runWorker({ film, file: unfinished, ffmpeg: options.ffmpeg }, options);
		await rename(unfinished, file);
	} finally {
		await rm(unfinished, { force: true });
	}
	return file;
}

async function runWorker(job: ClipJob, options: ClipOptions): Promise<void> {
	options.signal.throwIfAborted();
	const worker = new Worker(new URL('./clip.worker.js', import.meta.url), { workerData: job });
	const stop = (): void => void worker.terminate();
	options.signal.addEventListener('abort', stop, { once: true });
	try {
		await new Promise<void>((resolve, reject) => {
			worker.on('message', (progress: ClipProgress) => options.onProgress(progress.done));
			worker.on('error', reject);
			worker.on('exit', () => resolve());
		});
		options.signal.throwIfAborted();
		options.onProgress(1);
	} finally {
		options.signal.removeEventListener('abort', stop);
	}
}

async function exists(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}
