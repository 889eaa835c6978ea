import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Look } from '../../calibration/camera/observed.js';
import type { PlacementAnswer, PlacementRequest, PlacementSettings, StillPicture } from './placement.messages.js';

export interface PlacementListener {
	/** What is being built or loaded, for people. */
	progress(message: string): void;
	/** A frame has been looked at; its media time, and how many have come so far. `look`: null where the detector did not look. */
	frame(ms: number, seq: number, look: Look | null): void;
	/** The file is at its end. */
	ended(): void;
}

/** Looks at a camera on a thread of its own, to judge how it hangs. */
export class PlacementDesk {
	readonly #settings: PlacementSettings;
	readonly #listener: PlacementListener;
	#worker: Worker | null = null;
	#finished: (still: StillPicture | null) => void = () => {};

	constructor(settings: PlacementSettings, listener: PlacementListener) {
		this.#settings = settings;
		this.#listener = listener;
	}

	/** Loads the networks. @throws Error saying what to do, when they or the installer's photograph cannot be had */
	async start(): Promise<void> {
		const worker = new Worker(new URL('./placement.worker.js', import.meta.url), { name: 'placement', workerData: this.#settings });
		this.#worker = worker;
		await new Promise<void>((resolve, reject) => {
			worker.once('error', reject);
			worker.on('message', (answer: PlacementAnswer) => {
				if (answer.kind === 'ready') {
					worker.off('error', reject);
					resolve();
				} else if (answer.kind === 'failed') reject(new Error(answer.message));
				else this.#hear(answer);
			});
		});
	}

	/** @returns the port for `Cameras.open`, which brings the frames */
	camera(pace: 'live' | 'every-frame'): MessagePort {
		const { port1, port2 } = new MessageChannel();
		this.#send({ kind: 'camera', pace, port: port1 }, [port1]);
		return port2;
	}

	/** The frames are over. Answers a picture that shows nobody's face who has not agreed; null when there is none. */
	finish(): Promise<StillPicture | null> {
		const finished = new Promise<StillPicture | null>((resolve) => {
			this.#finished = resolve;
		});
		this.#send({ kind: 'finish' });
		return finished;
	}

	async stop(): Promise<void> {
		const worker = this.#worker;
		this.#worker = null;
		if (!worker || worker.threadId < 0) return;
		const ended = once(worker, 'exit');
		worker.postMessage({ kind: 'stop' } satisfies PlacementRequest);
		await ended;
	}

	#send(request: PlacementRequest, transfer: readonly MessagePort[] = []): void {
		if (!this.#worker) throw new Error('the placement desk is not started');
		this.#worker.postMessage(request, transfer);
	}

	#hear(answer: Exclude<PlacementAnswer, { kind: 'ready' | 'failed' }>): void {
		if (answer.kind === 'progress') this.#listener.progress(answer.message);
		else if (answer.kind === 'frame') this.#listener.frame(answer.ms, answer.seq, answer.look);
		else if (answer.kind === 'ended') this.#listener.ended();
		else this.#finished(answer.still);
	}
}
