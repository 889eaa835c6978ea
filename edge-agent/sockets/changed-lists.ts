import type { ListsChange, ShownList } from '../contract/sockets.js';

/** Screens are told at most so often: each that shows one of the lists asks for it again. */
const TOGETHER_MS = 500;

/** Gathers which lists have changed, and tells it for a while together. */
export class ChangedLists {
	readonly #tell: (change: ListsChange) => void;
	readonly #lists = new Set<ShownList>();
	#seq = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor(tell: (change: ListsChange) => void) {
		this.#tell = tell;
	}

	/** @param seq of the last event so far; null: no event did it */
	add(seq: number | null, lists: readonly ShownList[]): void {
		this.#seq = seq ?? this.#seq;
		for (const list of lists) this.#lists.add(list);
		if (this.#lists.size === 0) return;
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#tell({ seq: this.#seq, lists: [...this.#lists] });
			this.#lists.clear();
		}, TOGETHER_MS);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#lists.clear();
	}
}
