/** An answer as it went out. */
export interface KeptAnswer {
	readonly status: number;
	/** null: nothing was said. */
	readonly contentType: string | null;
	readonly body: Uint8Array<ArrayBuffer>;
}

/** What becomes of a request with a key. `run`: it is the first; whoever runs it says `keep` or `drop` with the same ticket. */
export type Verdict =
	| { readonly do: 'run'; readonly ticket: Ticket }
	| { readonly do: 'replay'; readonly answer: KeptAnswer }
	| { readonly do: 'refuse'; readonly because: 'still-running' | 'key-reused' };

export interface Ticket {
	readonly key: string;
	readonly request: string;
}

export interface MemoryBounds {
	/** Answers at most; the oldest goes first. */
	readonly answers: number;
	/** Bytes of bodies at most. */
	readonly bytes: number;
	readonly keepMs: number;
}

interface Kept {
	readonly request: string;
	readonly answer: KeptAnswer;
	readonly until: number;
}

/** The answers to writes that carried a key, for sending them again. In memory only. */
export class AnswerMemory {
	readonly #bounds: MemoryBounds;
	/** Oldest first. */
	readonly #kept = new Map<string, Kept>();
	readonly #running = new Map<string, Ticket>();
	#bytes = 0;

	constructor(bounds: MemoryBounds) {
		this.#bounds = bounds;
	}

	get size(): number {
		return this.#kept.size;
	}

	get bytes(): number {
		return this.#bytes;
	}

	/**
	 * @param key unique to who asks and the key they chose
	 * @param request what tells requests apart
	 * @param now monotonic ms
	 */
	begin(key: string, request: string, now: number): Verdict {
		this.#expire(now);
		const before = this.#running.get(key) ?? this.#kept.get(key);
		if (!before) {
			const ticket = { key, request };
			this.#running.set(key, ticket);
			return { do: 'run', ticket };
		}
		if (before.request !== request) return { do: 'refuse', because: 'key-reused' };
		return 'answer' in before ? { do: 'replay', answer: before.answer } : { do: 'refuse', because: 'still-running' };
	}

	/** The request has been answered so. */
	keep(ticket: Ticket, answer: KeptAnswer, now: number): void {
		if (!this.#end(ticket) || answer.body.byteLength > this.#bounds.bytes) return;
		this.#kept.set(ticket.key, { request: ticket.request, answer, until: now + this.#bounds.keepMs });
		this.#bytes += answer.body.byteLength;
		for (const key of this.#kept.keys()) {
			if (this.#kept.size <= this.#bounds.answers && this.#bytes <= this.#bounds.bytes) break;
			this.#forget(key);
		}
	}

	/** It was not answered in a way that may be told again: the next one with its key runs. */
	drop(ticket: Ticket): void {
		this.#end(ticket);
	}

	/** Somebody was erased, and may stand in any answer: none is told again, nor is one kept that is being made now. */
	forgetAll(): void {
		this.#kept.clear();
		this.#running.clear();
		this.#bytes = 0;
	}

	/** Whether it was running, and not forgotten since. */
	#end(ticket: Ticket): boolean {
		return this.#running.get(ticket.key) === ticket && this.#running.delete(ticket.key);
	}

	#expire(now: number): void {
		for (const [key, { until }] of this.#kept) {
			if (until > now) break;
			this.#forget(key);
		}
	}

	#forget(key: string): void {
		this.#bytes -= this.#kept.get(key)?.answer.body.byteLength ?? 0;
		this.#kept.delete(key);
	}
}
