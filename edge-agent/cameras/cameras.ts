import { once } from 'node:events';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { CameraReport, CameraSource } from './camera.types.js';
import type { CamerasAnswer, CamerasRequest } from './cameras.worker.js';
import { parseSource } from './source-url.js';

type Draft<Request> = Request extends { id: number } ? Omit<Request, 'id'> : never;

/**
 * The cameras, from the main thread: one worker thread supervises an ffmpeg a camera and lays the frames into shared memory. Frames go
 * straight to each camera's reader; main hears reports only.
 */
export class Cameras {
	readonly #ffmpeg: string;
	readonly #listeners = new Set<(report: CameraReport) => void>();
	readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
	#worker: Worker | null = null;
	#lastId = 0;

	/** @param options.ffmpeg the program's path; by default `ffmpeg` on the PATH */
	constructor(options: { readonly ffmpeg?: string }) {
		this.#ffmpeg = options.ffmpeg ?? 'ffmpeg';
	}

	async start(): Promise<void> {
		if (this.#worker) throw new Error('Cameras are started already');
		const worker = new Worker(new URL('./cameras.worker.js', import.meta.url), { name: 'cameras' });
		worker.on('message', (answer: CamerasAnswer) => this.#hear(answer));
		// A later fault in the worker is a fault in the program: unheard, it ends the agent, whose supervisor starts it again.
		worker.on('exit', (code) => {
			const stopped = this.#worker !== worker;
			this.#gone();
			if (!stopped) throw new Error(`The cameras thread has ended by itself (${code})`);
		});
		this.#worker = worker;
		await once(worker, 'online');
	}

	/**
	 * Starts reading a camera. Resolves once it is being tried; how it goes is told by reports.
	 *
	 * @param reader gets CameraMessages, and gives back FrameTaken in `every-frame` pace; handed over to the cameras thread
	 * @throws {BadSourceError} when the address cannot be a camera; an Error when a camera of this id is open
	 */
	async open(camera: CameraSource, reader: MessagePort): Promise<void> {
		parseSource(camera.url);
		if (!(camera.rate > 0)) throw new RangeError(`Camera ${camera.id}: rate is ${camera.rate}; it must be above 0 frames a second`);
		await this.#ask({ kind: 'open', camera, reader, ffmpeg: this.#ffmpeg }, [reader]);
	}

	/** Stops reading a camera. Resolves once its ffmpeg is gone; closing one that is not open does nothing. */
	async close(cameraId: string): Promise<void> {
		await this.#ask({ kind: 'close', camera: cameraId });
	}

	/** Every change of a camera's state, and about once a second while it is live. Answers how to stop listening. */
	onReport(listener: (report: CameraReport) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Closes all cameras and ends the thread. */
	async stop(): Promise<void> {
		const worker = this.#worker;
		if (!worker) return;
		await this.#ask({ kind: 'close-all' });
		this.#worker = null;
		await worker.terminate();
	}

	#ask(request: Draft<CamerasRequest>, transfer: readonly MessagePort[] = []): Promise<void> {
		const worker = this.#worker;
		if (!worker) return Promise.reject(new Error('Cameras are not started'));
		this.#lastId += 1;
		const id = this.#lastId;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			worker.postMessage({ ...request, id }, transfer);
		});
	}

	#hear(answer: CamerasAnswer): void {
		if (answer.kind === 'report') {
			for (const listener of this.#listeners) listener(answer.report);
			return;
		}
		const waiting = this.#waiting.get(answer.id);
		this.#waiting.delete(answer.id);
		if (answer.error === null) waiting?.resolve();
		else waiting?.reject(new Error(answer.error));
	}

	#gone(): void {
		this.#worker = null;
		for (const { reject } of this.#waiting.values()) reject(new Error('The cameras thread has ended'));
		this.#waiting.clear();
	}
}
