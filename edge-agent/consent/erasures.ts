import type { ErasurePlace } from '../contract/consent.api.js';
import type { ListTail } from './erasure-list.js';
import { catchUp } from './erasures.store.js';

export interface ErasuresOptions {
	/** Folders that keep a list: the data directory first, then every backup destination. */
	readonly places: readonly string[];
	/** What a list lacks of the log's erasures. */
	readonly tailOf: (list: string) => Promise<ListTail>;
}

/** Keeps the lists of erasures as new as the log. What could not be written is found missing at the next turn, also after a restart. */
export class Erasures {
	readonly #options: ErasuresOptions;
	#turn: Promise<unknown> = Promise.resolve();
	#state: readonly ErasurePlace[];

	constructor(options: ErasuresOptions) {
		this.#options = options;
		this.#state = options.places.map((place) => ({ place, written: true, problem: null }));
	}

	/** The places whose list lacks something, by the last turn. */
	get pending(): readonly ErasurePlace[] {
		return this.#state.filter(({ written }) => !written);
	}

	/** Writes what is missing everywhere, and answers once each list is on its disk or has said why it cannot be. */
	write(): Promise<readonly ErasurePlace[]> {
		const turn = this.#turn.then(async () => {
			this.#state = await Promise.all(this.#options.places.map((place) => this.#writeTo(place)));
			return this.#state;
		});
		this.#turn = turn;
		return turn;
	}

	async #writeTo(place: string): Promise<ErasurePlace> {
		try {
			await catchUp(place, this.#options.tailOf);
			return { place, written: true, problem: null };
		} catch (error) {
			return { place, written: false, problem: error instanceof Error ? error.message : String(error) };
		}
	}
}
