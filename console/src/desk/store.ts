import { type DeskInput, type DeskState, initialDeskState, reduceDesk } from './state.js';

/** The one state of the console and the only way to change it. */
export interface DeskStore {
	get(): DeskState;
	put(input: DeskInput): void;
	/** Calls back after each change; answers how to stop. */
	subscribe(listener: () => void): () => void;
}

export function createDeskStore(): DeskStore {
	let state = initialDeskState;
	const listeners = new Set<() => void>();
	return {
		get: () => state,
		put(input) {
			const next = reduceDesk(state, input);
			if (next === state) return;
			state = next;
			for (const listener of [...listeners]) listener();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
