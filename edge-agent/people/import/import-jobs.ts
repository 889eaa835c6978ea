import type { ImportRecord } from '../../log/import-rows.store.js';
import type { ShowroomQueries } from '../../log/log.types.js';
import { StoreError } from '../../store/store-error.js';
import type { ImportWriter } from './import-writer.js';
import type { LiveImport } from './live-import.js';

export interface ImportJobsOptions {
	readonly queries: Pick<ShowroomQueries, 'imports'>;
	readonly writer: ImportWriter;
	readonly onProblem: (message: string, error: unknown) => void;
	/** A job has ended, however it did. */
	readonly onEnded: (live: LiveImport) => void;
}

interface Owed {
	readonly live: LiveImport;
	readonly record: ImportRecord;
}

/** What is being written or taken back. What could not be done whole (the disk is full) is taken back, and tried again until it is. */
export class ImportJobs {
	readonly #options: ImportJobsOptions;
	readonly #running = new Map<string, Promise<void>>();
	/** Imports that are in the store by halves. */
	readonly #owed = new Map<string, Owed>();
	#paying = false;

	constructor(options: ImportJobsOptions) {
		this.#options = options;
	}

	/** Whether anything is being done, or has still to be. */
	get busy(): boolean {
		return this.#running.size + this.#owed.size > 0;
	}

	has(id: string): boolean {
		return this.#running.has(id) || this.#owed.has(id);
	}

	/** Resolves when nothing more is being done about this one; without an id, about any. */
	async ended(id?: string): Promise<void> {
		await (id === undefined ? Promise.all(this.#running.values()) : this.#running.get(id));
	}

	/** @param record says what is being done (`writing` or `undoing`), and for whom */
	begin(live: LiveImport, record: ImportRecord, work: () => Promise<void>): void {
		const job = work()
			.catch((error) => this.#failed({ live, record }, error))
			.finally(() => {
				this.#running.delete(live.id);
				this.#options.onEnded(live);
			});
		this.#running.set(live.id, job);
	}

	/** Brings to an end what another run of the program left by halves. What fails is reported, and tried again. */
	async finish(live: LiveImport, record: ImportRecord): Promise<void> {
		this.#owed.set(live.id, { live, record });
		await this.payBack();
	}

	/** Tries again to take back what could not be. */
	async payBack(): Promise<void> {
		if (this.#paying || this.#running.size > 0) return;
		this.#paying = true;
		for (const owed of this.#owed.values()) await this.#payBack(owed);
		this.#paying = false;
	}

	async #failed(owed: Owed, error: unknown): Promise<void> {
		const { live } = owed;
		this.#options.onProblem('an import could not be written, or not be taken back', error);
		const reason = error instanceof StoreError && error.code === 'disk-full' ? 'disk-full' : 'other';
		Object.assign(live, { draft: null, progress: null, failure: { reason, takenBack: false } });
		this.#owed.set(live.id, owed);
		await this.#payBack(owed);
		// Only now, because nobody asks again about what has failed.
		if (live.failure) live.state = 'failed';
	}

	async #payBack({ live, record: { state, actor } }: Owed): Promise<void> {
		const { queries, writer, onProblem } = this.#options;
		try {
			// As the store has it: some people may have been taken back before it failed.
			const stored = (await queries.imports()).find(({ id }) => id === live.id);
			if (stored) {
				const undone = await writer.takeBack({ ...stored, state, actor });
				if (state === 'undoing') Object.assign(live, { state: 'undone', undone, failure: null });
			}
			if (live.failure) live.failure = { ...live.failure, takenBack: true };
			this.#owed.delete(live.id);
		} catch (error) {
			onProblem('half an import is still in the store; taking it back is tried again within a minute', error);
		}
	}
}
