import type { LoggedEvent } from '../contract/events.js';
import type { Follower } from './log.types.js';

const BATCH = 500;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;

/** What a follower needs of the log. */
export interface FollowedLog {
	cursor(name: string): Promise<number>;
	moveCursor(name: string, seq: number): Promise<void>;
	read(after: number, limit: number): Promise<LoggedEvent[]>;
	/** The last durable event's seq, as far as known at this moment. */
	newestSeq(): number;
	/** A turn failed and is tried again after `retryMs`. */
	failed(name: string, error: unknown, retryMs: number): void;
}

/**
 * Takes the log to one handler, in order, from a durable cursor on. A batch whose handler fails comes again, after 0.1 s and
 * then twice as long each time up to 10 s; nothing later overtakes it.
 */
export class LogFollower implements Follower {
	readonly #log: FollowedLog;
	readonly #name: string;
	readonly #handle: (events: readonly LoggedEvent[]) => Promise<void>;
	#running: Promise<void> = Promise.resolve();
	#stopping = false;
	/** Ends the current wait, if there is one. */
	#endWait: (() => void) | null = null;
	#idle = false;

	constructor(log: FollowedLog, name: string, handle: (events: readonly LoggedEvent[]) => Promise<void>) {
		this.#log = log;
		this.#name = name;
		this.#handle = handle;
	}

	start(): void {
		this.#running = this.#run();
	}

	/** There is something new. Cuts no waiting after a failure short. */
	wake(): void {
		if (this.#idle) this.#endWait?.();
	}

	/** Waits for the handler's current turn. */
	async stop(): Promise<void> {
		this.#stopping = true;
		this.#endWait?.();
		await this.#running;
	}

	async #run(): Promise<void> {
		let done: number | null = null;
		let saved = 0;
		let delay = FIRST_DELAY_MS;
		while (!this.#stopping) {
			try {
				done ??= saved = await this.#log.cursor(this.#name);
				const events = await this.#log.read(done, BATCH);
				const last = events.at(-1);
				if (last) {
					await this.#handle(events);
					done = last.seq;
				}
				// Whatever was handled is not handled again while this runs, even if the cursor could not be saved (a full disk).
				if (done !== saved) {
					await this.#log.moveCursor(this.#name, done);
					saved = done;
				}
				delay = FIRST_DELAY_MS;
				if (this.#log.newestSeq() <= done) await this.#wait(null);
			} catch (error) {
				this.#log.failed(this.#name, error, delay);
				await this.#wait(delay);
				delay = Math.min(delay * 2, LONGEST_DELAY_MS);
			}
		}
	}

	/** Until woken or stopped; with `ms`, until they have passed or stopped. */
	async #wait(ms: number | null): Promise<void> {
		if (this.#stopping) return;
		let timer: NodeJS.Timeout | undefined;
		this.#idle = ms === null;
		await new Promise<void>((resolve) => {
			this.#endWait = resolve;
			if (ms !== null) timer = setTimeout(resolve, ms);
		});
		clearTimeout(timer);
		this.#endWait = null;
		this.#idle = false;
	}
}
