import type { LoggedEvent } from '../contract/events.js';
import type { Follower, Handle } from './log.types.js';

const BATCH = 500;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 10_000;

/** What a follower needs of the log. */
export interface FollowedLog {
	/** null: there is no such cursor yet. */
	cursor(name: string): Promise<number | null>;
	moveCursor(name: string, seq: number): Promise<void>;
	read(after: number, limit: number): Promise<LoggedEvent[]>;
	/** The last durable event's seq, as far as known at this moment. */
	newestSeq(): number;
	/** A turn failed and is tried again after `retryMs`. */
	failed(name: string, error: unknown, retryMs: number): void;
}

/**
 * Takes the log to one handler, in order, from a durable cursor on. A batch whose handler fails comes again, after 0.1 s and
 * then twice as long each time up to 10 s; nothing later overtakes it. A handler that comes part of the way says how far.
 */
export class LogFollower implements Follower {
	readonly #log: FollowedLog;
	readonly #name: string;
	readonly #begin: number;
	readonly #handle: Handle;
	#running: Promise<void> = Promise.resolve();
	#stopping = false;
	/** Ends the current wait, if there is one. */
	#endWait: (() => void) | null = null;
	#idle = false;
	#done: number | null = null;
	#failures = 0;

	/** @param begin where a cursor begins that is not there yet */
	constructor(log: FollowedLog, name: string, begin: number, handle: Handle) {
		this.#log = log;
		this.#name = name;
		this.#begin = begin;
		this.#handle = handle;
	}

	/** The last event that was handled, and how many turns failed since. */
	get place(): { readonly seq: number; readonly failures: number } {
		return { seq: this.#done ?? 0, failures: this.#failures };
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
		let saved: number | null = null;
		let delay = FIRST_DELAY_MS;
		while (!this.#stopping) {
			try {
				if (this.#done === null) {
					saved = await this.#log.cursor(this.#name);
					this.#done = saved ?? this.#begin;
				}
				const events = await this.#log.read(this.#done, BATCH);
				const last = events.at(-1);
				if (last) this.#done = (await this.#handle(events)) ?? last.seq;
				// Whatever was handled is not handled again while this runs, even if the cursor could not be saved (a full disk).
				if (this.#done !== saved) {
					await this.#log.moveCursor(this.#name, this.#done);
					saved = this.#done;
				}
				delay = FIRST_DELAY_MS;
				this.#failures = 0;
				if (this.#log.newestSeq() <= this.#done) await this.#wait(null);
			} catch (error) {
				this.#failures += 1;
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
