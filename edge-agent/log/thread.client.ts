import { Worker } from 'node:worker_threads';
import { StoreError } from '../store/store-error.js';
import { type Answer, type Answers, type Call, STARTED, STOP, type ThreadData } from './thread-calls.js';

interface Waiting {
	resolve(value: unknown): void;
	reject(error: StoreError): void;
}

/** Half of what V8 lets short-lived memory grow to, and a long reading is no slower for it: opening a gallery takes 25 MB less. */
const YOUNG_MB = 24;

/** What a thread says without being asked. */
export interface ThreadListeners {
	/** Every message before its answers are handed out: which are those that this answers. */
	readonly onMessage?: (message: Answers) => readonly Answer[];
	/** It ended although nobody stopped it. */
	readonly onDeath?: (error: StoreError) => void;
}

type Method = (...args: never[]) => unknown;
type MethodName<T> = { [K in keyof T]: T[K] extends Method ? K : never }[keyof T] & string;
type Args<M> = M extends (...args: infer A) => unknown ? A : never;
type Result<M> = M extends (...args: never[]) => infer R ? Awaited<R> : never;

/** The main thread's end of one of the log's threads, whose methods are those of `T`. */
export class Thread<T> {
	readonly #name: string;
	readonly #script: URL;
	readonly #data: ThreadData;
	readonly #listeners: ThreadListeners;
	readonly #waiting = new Map<number, Waiting>();
	#worker: Worker | null = null;
	#ended: Promise<void> = Promise.resolve();
	#nextCall = STARTED + 1;
	#why = '';
	#running = false;

	/** `name` is for messages. */
	constructor(name: string, script: URL, data: ThreadData, listeners: ThreadListeners = {}) {
		this.#name = name;
		this.#script = script;
		this.#data = data;
		this.#listeners = listeners;
	}

	/** Starts the thread; answers what it says on being ready. @throws StoreError when it cannot start. */
	async start(): Promise<unknown> {
		const worker = new Worker(this.#script, { workerData: this.#data, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
		this.#worker = worker;
		this.#why = 'it ended';
		worker.on('message', (message: Answers) => this.#receive(message));
		worker.on('error', (error) => {
			this.#why = error instanceof Error ? error.message : String(error);
		});
		this.#ended = new Promise((resolve) => {
			worker.on('exit', () => {
				this.#worker = null;
				for (const { reject } of this.#waiting.values()) reject(this.#notRunning());
				this.#waiting.clear();
				if (this.#running) this.#listeners.onDeath?.(this.#notRunning());
				this.#running = false;
				resolve();
			});
		});
		const said = await new Promise((resolve, reject) => this.#waiting.set(STARTED, { resolve, reject }));
		this.#running = true;
		return said;
	}

	/** Calls a method over there. @throws StoreError its own, or `stopped` when the thread is not running or dies meanwhile. */
	call<K extends MethodName<T>>(method: K, ...args: Args<T[K]>): Promise<Result<T[K]>> {
		return this.#send(method, args) as Promise<Result<T[K]>>;
	}

	/** Lets the thread finish what it was asked so far, and waits for its end. */
	async stop(): Promise<void> {
		if (this.#worker) {
			this.#running = false;
			this.#why = 'it was stopped';
			await this.#send(STOP, []).catch(() => {});
		}
		await this.#ended;
	}

	#send(method: string, args: readonly unknown[]): Promise<unknown> {
		const worker = this.#worker;
		if (!worker) return Promise.reject(this.#notRunning());
		const call = this.#nextCall++;
		return new Promise((resolve, reject) => {
			worker.postMessage({ call, method, args } satisfies Call);
			this.#waiting.set(call, { resolve, reject });
		});
	}

	#receive(message: Answers): void {
		for (const answer of this.#listeners.onMessage?.(message) ?? message.answers) {
			const waiting = this.#waiting.get(answer.call);
			this.#waiting.delete(answer.call);
			if ('failure' in answer) waiting?.reject(new StoreError(answer.failure.code, answer.failure.message));
			else if ('value' in answer) waiting?.resolve(answer.value);
		}
	}

	#notRunning(): StoreError {
		return new StoreError('stopped', `the ${this.#name} thread is not running (${this.#why || 'it was not started'}): restart the agent`);
	}
}
