import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { type GalleryModel, templateFault } from '../gallery/gallery.js';
import type { Template } from '../gallery/gallery.types.js';
import type { VisionEvent } from './vision-events.types.js';
import type { AnalysedPicture, CameraStats, VisionAnswer, VisionCamera, VisionRequest, VisionSettings } from './vision-messages.js';

export interface VisionOptions extends VisionSettings {
	/** Worker threads; each loads the networks and takes its share of the cameras. */
	readonly workers: number;
	/** What is being built or loaded, for people. */
	readonly onProgress?: (message: string) => void;
}

/** Vision from the main thread: workers look at the cameras' frames, main hears what they saw. */
export class Vision {
	readonly #options: VisionOptions;
	readonly #eventListeners = new Set<(events: readonly VisionEvent[]) => void>();
	readonly #pictureListeners = new Set<(picture: AnalysedPicture) => void>();
	readonly #waiting = new Map<number, (cameras: readonly CameraStats[]) => void>();
	/** Which worker has which cameras. */
	readonly #workers = new Map<Worker, Set<string>>();
	#model: GalleryModel | null = null;
	#lastId = 0;

	constructor(options: VisionOptions) {
		this.#options = options;
	}

	/** The recogniser's. @throws Error before `start` */
	get model(): GalleryModel {
		if (!this.#model) throw new Error('Vision is not started');
		return this.#model;
	}

	/** Loads the networks, building what has to be built. @throws Error saying what to do, when one cannot be had */
	async start(): Promise<void> {
		if (this.#workers.size > 0) throw new Error('Vision is started already');
		try {
			// One after the other: the first builds what the others then find.
			for (let i = 0; i < this.#options.workers; i++) this.#model = await this.#startWorker();
		} catch (error) {
			await this.stop();
			throw error;
		}
	}

	/**
	 * Gives a camera to the worker with the fewest.
	 * @returns the port for `Cameras.open`, which brings the frames
	 */
	addCamera(camera: VisionCamera): MessagePort {
		if (this.#workerOf(camera.id)) throw new Error(`Camera ${camera.id} is watched already`);
		const [least] = [...this.#workers].sort(([, a], [, b]) => a.size - b.size);
		if (!least) throw new Error('Vision is not started');
		const [worker, cameras] = least;
		cameras.add(camera.id);
		const { port1, port2 } = new MessageChannel();
		send(worker, { kind: 'camera', camera, port: port1 }, [port1]);
		return port2;
	}

	/** Forgets a camera and everybody on it; no events come of that. One that is not there does nothing. */
	removeCamera(id: string): void {
		const worker = this.#workerOf(id);
		if (!worker) return;
		this.#workers.get(worker)?.delete(id);
		send(worker, { kind: 'remove-camera', camera: id });
	}

	/** The gallery is these templates and no others. @throws TypeError for one that this recogniser has not made */
	setGallery(templates: readonly Template[]): void {
		this.#sendTemplates(templates, true);
	}

	/** Adds templates; one of a known id is replaced. @throws TypeError for one that this recogniser has not made */
	addTemplates(templates: readonly Template[]): void {
		this.#sendTemplates(templates, false);
	}

	/** From the next frame on nobody is taken for this person. */
	removePerson(person: string): void {
		this.#broadcast({ kind: 'remove-person', person });
	}

	/** Whose pictures `onPicture` brings from now on; those of no other camera are encoded. */
	watch(cameras: Iterable<string>): void {
		this.#broadcast({ kind: 'watch', cameras: [...cameras] });
	}

	/** What the cameras see, in order for each camera. Answers how to stop listening. */
	onEvents(listener: (events: readonly VisionEvent[]) => void): () => void {
		this.#eventListeners.add(listener);
		return () => this.#eventListeners.delete(listener);
	}

	/** The watched cameras' pictures with their boxes. Answers how to stop listening. */
	onPicture(listener: (picture: AnalysedPicture) => void): () => void {
		this.#pictureListeners.add(listener);
		return () => this.#pictureListeners.delete(listener);
	}

	/** Work done so far, a camera each. */
	async stats(): Promise<CameraStats[]> {
		const answers = [...this.#workers.keys()].map(
			(worker) =>
				new Promise<readonly CameraStats[]>((resolve) => {
					const id = ++this.#lastId;
					this.#waiting.set(id, resolve);
					send(worker, { kind: 'stats', id });
				}),
		);
		return (await Promise.all(answers)).flat();
	}

	/** Ends the workers; the frame that one looks at is finished first. */
	async stop(): Promise<void> {
		const workers = [...this.#workers.keys()];
		this.#workers.clear();
		await Promise.all(
			workers.map(async (worker) => {
				const ended = once(worker, 'exit');
				send(worker, { kind: 'stop' });
				await ended;
			}),
		);
		for (const resolve of this.#waiting.values()) resolve([]);
		this.#waiting.clear();
	}

	async #startWorker(): Promise<GalleryModel> {
		const { recogniser, modelsDir, threshold, onProgress } = this.#options;
		const worker = new Worker(new URL('./vision.worker.js', import.meta.url), {
			name: 'vision',
			workerData: { recogniser, modelsDir, threshold } satisfies VisionSettings,
		});
		// Later faults are faults in the program: unheard, they end the agent, whose supervisor starts it again.
		const model = await new Promise<GalleryModel>((resolve, reject) => {
			worker.once('error', reject);
			worker.once('exit', (code) => {
				const death = new Error(`A vision thread has ended by itself (${code})`);
				reject(death);
				if (this.#workers.has(worker)) throw death;
			});
			worker.on('message', (answer: VisionAnswer) => {
				if (answer.kind === 'ready') {
					worker.off('error', reject);
					const { modelId, descriptorLength, metric } = answer;
					resolve({ modelId, descriptorLength, metric });
				} else if (answer.kind === 'failed') reject(new Error(answer.message));
				else if (answer.kind === 'progress') onProgress?.(answer.message);
				else this.#hear(answer);
			});
		});
		this.#workers.set(worker, new Set());
		return model;
	}

	#hear(answer: Extract<VisionAnswer, { kind: 'events' | 'picture' | 'stats' }>): void {
		if (answer.kind === 'events') for (const listener of this.#eventListeners) listener(answer.events);
		else if (answer.kind === 'picture') for (const listener of this.#pictureListeners) listener(answer.picture);
		else {
			this.#waiting.get(answer.id)?.(answer.cameras);
			this.#waiting.delete(answer.id);
		}
	}

	#workerOf(camera: string): Worker | undefined {
		return [...this.#workers].find(([, cameras]) => cameras.has(camera))?.[0];
	}

	#sendTemplates(templates: readonly Template[], replace: boolean): void {
		for (const template of templates) {
			const fault = templateFault(this.model, template);
			if (fault !== null) throw new TypeError(fault);
		}
		this.#broadcast({ kind: 'templates', templates, replace });
	}

	#broadcast(request: VisionRequest): void {
		for (const worker of this.#workers.keys()) send(worker, request);
	}
}

function send(worker: Worker, request: VisionRequest, transfer: readonly MessagePort[] = []): void {
	worker.postMessage(request, transfer);
}
