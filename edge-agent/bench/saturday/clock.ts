import { monotonicMs } from '../../clock.js';
import type { Instant } from '../../contract/vocabulary.js';
import type { Timers } from '../../timers.js';

/** What a played day's clock needs to be the same in every process. */
export interface PlayedTime {
	/** CLOCK_MONOTONIC at which the day began, ms. */
	readonly began: number;
	/** How many times faster than it happens. */
	readonly speed: number;
	/** What the wall clock said then, Unix ms. */
	readonly wall: number;
}

/** A clock that runs faster than time. Its boot is the same in every process: an agent that is killed comes back on the same machine. */
export class PlayedClock implements Timers {
	readonly #time: PlayedTime;
	/** How far the wall clock has been set. */
	wallOffMs = 0;

	constructor(time: PlayedTime) {
		this.#time = time;
	}

	/** ms of the day. */
	get dayMs(): number {
		return (monotonicMs() - this.#time.began) * this.#time.speed;
	}

	now(): Instant {
		const { dayMs } = this;
		return { wall: Math.round(this.#time.wall + dayMs + this.wallOffMs), mono: dayMs, boot: 'played' };
	}

	after(ms: number, ring: () => void): () => void {
		const timer = setTimeout(ring, ms / this.#time.speed);
		return () => clearTimeout(timer);
	}

	/** Resolves when the day has come so far. */
	async until(dayMs: number): Promise<void> {
		await new Promise<void>((resolve) => this.after(Math.max(0, dayMs - this.dayMs), resolve));
	}
}
