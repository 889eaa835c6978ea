import { type KeySources, keySources } from '../../config/environment.source.js';
import type { ImportKind } from '../../contract/import.api.js';
import { Thread } from '../../log/thread.client.js';
import type { DraftAnswer, ImportDesk } from './import.worker.js';
import { ImportRefused } from './import-refused.js';
import { MAX_FILE_BYTES } from './limits.js';

/** Main's end of the thread that reads files: it is started when there is something to do, and with its end goes all that it read. */
export class ImportThread {
	readonly #dataDir: string;
	readonly #keys: KeySources;
	readonly #needed: () => boolean;
	readonly #onDeath: () => void;
	#thread: Promise<Thread<ImportDesk>> | null = null;
	#ended: Promise<unknown> = Promise.resolve();
	#users = 0;

	/**
	 * @param needed whether it has to stay although nobody is asking it for anything
	 * @param onDeath it ended by itself, and what it held is gone
	 */
	constructor(dataDir: string, keys: KeySources = keySources(), needed: () => boolean, onDeath: () => void) {
		this.#dataDir = dataDir;
		this.#keys = keys;
		this.#needed = needed;
		this.#onDeath = onDeath;
	}

	/** @throws StoreError when it cannot start, or ends meanwhile */
	async use<T>(work: (thread: Thread<ImportDesk>) => Promise<T>): Promise<T> {
		this.#users += 1;
		try {
			this.#thread ??= this.#ended.then(() => this.#start());
			return await work(await this.#thread);
		} finally {
			this.#users -= 1;
			this.retire();
		}
	}

	/** Hands over a file and has it read and judged. @throws ImportRefused `too-large`, and what `body` throws: then the file is forgotten */
	read(id: string, kind: ImportKind, file: string, body: AsyncIterable<Uint8Array>): Promise<DraftAnswer> {
		return this.use(async (thread) => {
			try {
				let bytes = 0;
				for await (const piece of body) {
					bytes += piece.length;
					if (bytes > MAX_FILE_BYTES) throw new ImportRefused('too-large', { code: 'too-large', what: '' });
					// A copy, because a piece may be part of a larger buffer, all of which would go along.
					await thread.call('push', id, new Uint8Array(piece));
				}
				return await thread.call('read', id, kind, file);
			} catch (error) {
				await thread.call('drop', id).catch(() => {});
				throw error;
			}
		});
	}

	/** Makes it forget a file. */
	async drop(id: string): Promise<void> {
		if (this.#thread) await this.use((thread) => thread.call('drop', id));
	}

	/** Ends it if nobody needs it. */
	retire(): void {
		if (this.#users > 0 || this.#needed() || !this.#thread) return;
		this.#ended = this.#thread.then(
			(thread) => thread.stop(),
			() => {},
		);
		this.#thread = null;
	}

	/** Resolves when a thread that was retired has ended. */
	ended(): Promise<unknown> {
		return this.#ended;
	}

	async #start(): Promise<Thread<ImportDesk>> {
		const { credentialsDirectory, environmentKey } = this.#keys;
		const data = { dataDir: this.#dataDir, sources: { credentialsDirectory, environmentKey } };
		const onDeath = () => {
			this.#thread = null;
			this.#onDeath();
		};
		const thread = new Thread<ImportDesk>('import', new URL('./import.worker.js', import.meta.url), data, { onDeath });
		try {
			await thread.start();
			return thread;
		} catch (error) {
			// The next one to need it tries again.
			this.#thread = null;
			throw error;
		}
	}
}
