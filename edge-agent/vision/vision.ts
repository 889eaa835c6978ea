import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { GalleryModel } from '../gallery/gallery.js';
import type { Template } from '../gallery/gallery.types.js';
import { type PackedTemplates, packTemplates } from '../gallery/packed-templates.js';
import type { FaceAnswer, FaceAsk } from './presentation/face-messages.js';
import type { VisionEvent } from './vision-events.types.js';
import type {
	AnalysedPicture,
	CameraStats,
	Likeness,
	VisionAnswer,
	VisionCamera,
	VisionRequest,
	VisionSettings,
} from './vision-messages.js';
import type { Zone } from './zone.js';

export interface VisionOptions extends VisionSettings {
	/** Worker threads; each loads the networks and takes its share of the cameras. */
	readonly workers: number;
	/** What is being built or loaded, for people. */
	readonly onProgress?: (message: string) => void;
}

/** What a worker answers to a request of the same id. */
type Reply = Extract<VisionAnswer, { readonly id: number }>;

/** Vision from the main thread: workers look at the cameras' frames, main hears what they saw. */
export class Vision {
	readonly #options: VisionOptions;
	readonly #eventListeners = new Set<(events: readonly VisionEvent[]) => void>();
	readonly #pictureListeners = new Set<(picture: AnalysedPicture) => void>();
	/** Who waits for an answer, by the request's id; null: stopped. */
	readonly #waiting = new Map<number, (reply: Reply | null) => void>();
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

	/** From the next frame on nothing under these polygons is analysed or shown. A camera that is not there has none. */
	setMasks(id: string, masks: readonly Zone[]): void {
		const worker = this.#workerOf(id);
		if (worker) send(worker, { kind: 'masks', camera: id, masks });
	}

	/** The gallery is these templates and no others. Answers when it is. @throws TypeError for one that this recogniser has not made */
	async setGallery(templates: readonly Template[]): Promise<void> {
		await this.#sendTemplates(packTemplates(this.model, templates), 0, true);
	}

	/**
	 * The templates of the people in the pack are these and no others. Answers when they are; the pack's memory is overwritten then.
	 * @param expected while more is to come: the templates there will be in all, which the threshold goes by
	 * @throws TypeError for one that this recogniser has not made; then nobody's have changed
	 */
	async setPeople(templates: PackedTemplates, expected = 0): Promise<void> {
		await this.#sendTemplates(templates, expected, false);
	}

	/** From the next frame on nobody is taken for these people. */
	removePeople(people: readonly string[]): void {
		if (people.length > 0) this.#broadcast({ kind: 'remove-people', people });
	}

	/** Whose pictures `onPicture` brings from now on; those of no other camera are encoded. */
	watch(cameras: Iterable<string>): void {
		this.#broadcast({ kind: 'watch', cameras: [...cameras] });
	}

	/** Which of the watched cameras' pictures bring the figures of the faces in them from now on. */
	calibrate(cameras: Iterable<string>): void {
		this.#broadcast({ kind: 'calibrate', cameras: [...cameras] });
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

	/**
	 * About a visitor's session at a kiosk; what is known of their face stays in the worker. Pictures come one after the other, each when the
	 * one before is answered; their memory is the worker's from then on.
	 */
	async face(session: string, ask: FaceAsk): Promise<FaceAnswer> {
		// Always the same worker, and the one that gets its first camera last.
		const worker = [...this.#workers.keys()].at(-1);
		const transfer = ask.do === 'look' ? [ask.jpeg] : [];
		const reply = worker && (await this.#ask(worker, 'face', (id) => ({ kind: 'face', id, session, ask }), transfer));
		return reply?.answer ?? { state: 'gone' };
	}

	/** Who in the gallery is most like a descriptor, which is the worker's from then on. @throws Error when stopped before it answers */
	async nearest(probe: Float32Array<ArrayBuffer>): Promise<Likeness> {
		const [worker] = this.#workers.keys();
		if (!worker) throw new Error('Vision is not started');
		const likeness = await this.#ask(worker, 'nearest', (id) => ({ kind: 'nearest', id, probe }), [probe.buffer]);
		if (!likeness) throw new Error('Vision was stopped');
		return likeness;
	}

	/** Work done so far, a camera each. */
	async stats(): Promise<CameraStats[]> {
		const replies = [...this.#workers.keys()].map((worker) => this.#ask(worker, 'stats', (id) => ({ kind: 'stats', id })));
		return (await Promise.all(replies)).flatMap((reply) => reply?.cameras ?? []);
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
		for (const resolve of this.#waiting.values()) resolve(null);
		this.#waiting.clear();
	}

	async #startWorker(): Promise<GalleryModel> {
		const { recogniser, modelsDir, threshold, fpir, onProgress } = this.#options;
		const worker = new Worker(new URL('./vision.worker.js', import.meta.url), {
			name: 'vision',
			workerData: { recogniser, modelsDir, threshold, ...(fpir === undefined ? {} : { fpir }) } satisfies VisionSettings,
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

	#hear(answer: Reply | Extract<VisionAnswer, { kind: 'events' | 'picture' }>): void {
		if (answer.kind === 'events') for (const listener of this.#eventListeners) listener(answer.events);
		else if (answer.kind === 'picture') for (const listener of this.#pictureListeners) listener(answer.picture);
		else {
			this.#waiting.get(answer.id)?.(answer);
			this.#waiting.delete(answer.id);
		}
	}

	/** Asks a worker; null: stopped before it answered. @param kind of its answer */
	#ask<K extends Reply['kind']>(
		worker: Worker,
		kind: K,
		request: (id: number) => VisionRequest,
		transfer: readonly ArrayBuffer[] = [],
	): Promise<Extract<Reply, { kind: K }> | null> {
		const isOfKind = (reply: Reply): reply is Extract<Reply, { kind: K }> => reply.kind === kind;
		return new Promise((resolve, reject) => {
			const id = ++this.#lastId;
			this.#waiting.set(id, (reply) => {
				if (reply === null || isOfKind(reply)) resolve(reply);
				else reject(new Error(`A vision thread answered ${kind} with ${reply.kind}`));
			});
			send(worker, request(id), transfer);
		});
	}

	#workerOf(camera: string): Worker | undefined {
		return [...this.#workers].find(([, cameras]) => cameras.has(camera))?.[0];
	}

	/** Answers when every worker has copied them. */
	async #sendTemplates(templates: PackedTemplates, expected: number, replace: boolean): Promise<void> {
		const copies = [...this.#workers.keys()].map((worker) =>
			this.#ask(worker, 'copied', (id) => ({ kind: 'templates', id, templates, expected, replace })),
		);
		const [first] = await Promise.all(copies);
		templates.values.fill(0);
		if (first?.fault) throw new TypeError(first.fault);
	}

	#broadcast(request: VisionRequest): void {
		for (const worker of this.#workers.keys()) send(worker, request);
	}
}

function send(worker: Worker, request: VisionRequest, transfer: readonly (MessagePort | ArrayBuffer)[] = []): void {
	worker.postMessage(request, transfer);
}
