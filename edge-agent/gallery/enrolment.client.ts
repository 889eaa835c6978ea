import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { EnrolmentError } from './enrolment.js';
import type { DescribeRequest, EnrolmentMessage, EnrolmentSettings } from './enrolment.messages.js';

interface Waiting {
	resolve(descriptor: Float32Array): void;
	reject(error: Error): void;
}

/** Turns photographs into descriptors on a thread of its own. */
export class EnrolmentDesk {
	/** Of the descriptors that it makes; known once started. */
	modelId = '';
	metric: 'euclidean' | 'cosine' = 'euclidean';
	descriptorLength = 0;
	#worker: Worker | undefined;
	#waiting = new Map<number, Waiting>();
	#nextId = 1;

	constructor(
		private readonly settings: EnrolmentSettings,
		/** What is being built or loaded, for people. */
		private readonly onProgress: (message: string) => void = () => {},
	) {}

	/** Loads the networks. @throws Error saying what to do, when they cannot be had */
	async start(): Promise<void> {
		const worker = new Worker(new URL('./enrolment.worker.js', import.meta.url), { workerData: this.settings });
		this.#worker = worker;
		await new Promise<void>((resolve, reject) => {
			worker.on('message', (message: EnrolmentMessage) => {
				if (message.kind === 'ready') {
					this.modelId = message.modelId;
					this.metric = message.metric;
					this.descriptorLength = message.descriptorLength;
					resolve();
				} else if (message.kind === 'failed') reject(new Error(message.message));
				else if (message.kind === 'progress') this.onProgress(message.message);
				else this.#answered(message);
			});
			worker.on('error', (error) => {
				reject(error);
				this.#giveUp(error);
			});
			worker.on('exit', () => this.#giveUp(new Error('the enrolment thread has ended')));
		});
	}

	/**
	 * The descriptor of the one face in a photograph.
	 * @param photo a picture file's path or bytes, or a frame
	 * @throws EnrolmentError when the photograph cannot be used; the message is for people
	 */
	describe(photo: DescribeRequest['photo']): Promise<Float32Array> {
		return this.#ask(photo, 'enrol');
	}

	/**
	 * The descriptor of the face that a photograph is of, whoever else is on it: for measuring.
	 * @throws EnrolmentError when it cannot be read or shows no face
	 */
	measure(photo: string): Promise<Float32Array> {
		return this.#ask(photo, 'measure');
	}

	#ask(photo: DescribeRequest['photo'], purpose: DescribeRequest['purpose']): Promise<Float32Array> {
		const worker = this.#worker;
		if (!worker) throw new Error('the enrolment desk is not started');
		const id = this.#nextId++;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			worker.postMessage({ id, photo, purpose } satisfies DescribeRequest);
		});
	}

	async stop(): Promise<void> {
		const worker = this.#worker;
		if (!worker) return;
		this.#worker = undefined;
		const ended = once(worker, 'exit');
		worker.postMessage('stop');
		await ended;
	}

	#answered(message: Extract<EnrolmentMessage, { id: number }>): void {
		const waiting = this.#waiting.get(message.id);
		this.#waiting.delete(message.id);
		if (message.kind === 'described') waiting?.resolve(message.descriptor);
		else waiting?.reject(new EnrolmentError(message.reason, message.message));
	}

	#giveUp(error: Error): void {
		for (const waiting of this.#waiting.values()) waiting.reject(error);
		this.#waiting.clear();
	}
}
