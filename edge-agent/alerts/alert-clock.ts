import type { Timers } from '../timers.js';

/** Longest wait of one timer; setTimeout overflows beyond 2^31 ms. */
const LONGEST_MS = 60 * 60_000;

/**
 * One timer for whatever is due next. The wait is computed anew from the state each time, on the monotonic clock, so a jump
 * of the wall clock moves nothing, and what fell due while the agent was down rings at once.
 */
export class AlertClock {
	readonly #remainingMs: () => number | null;
	readonly #ring: () => void;
	readonly #timers: Timers;
	#cancel = () => {};
	#running = false;

	/**
	 * @param remainingMs ms until the next deadline, zero or less when it is due, null for none
	 * @param ring called when the deadline has come; must call `set` once it has dealt with it
	 */
	constructor(remainingMs: () => number | null, ring: () => void, timers: Timers) {
		this.#timers = timers;
		this.#remainingMs = remainingMs;
		this.#ring = ring;
	}

	start(): void {
		this.#running = true;
		this.set();
	}

	/** To be called whenever the state has changed. `atLeastMs` holds back a deadline that could not be dealt with. */
	set(atLeastMs = 0): void {
		this.#cancel();
		this.#cancel = () => {};
		if (!this.#running) return;
		const remaining = this.#remainingMs();
		if (remaining === null) return;
		// A timer may fire a fraction of a millisecond early; ringing then finds nothing due and sets it again.
		this.#cancel = this.#timers.after(Math.min(Math.max(Math.ceil(remaining), atLeastMs), LONGEST_MS), () => this.#ring());
	}

	stop(): void {
		this.#running = false;
		this.#cancel();
	}
}
