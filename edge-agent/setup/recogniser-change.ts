import { FetchError } from '../../models/model-error.js';
import type { ModelProgress, ModelStore } from '../../models/model-store.js';
import type { RecogniserChange, RecogniserOrder } from '../contract/setup.api.js';
import { notCalibrated, thresholdBasis } from '../gallery/threshold-basis.js';

export interface RecogniserChangesOptions {
	/** `models` in the data directory. */
	readonly modelsDir: string;
	/** recognition.threshold of the settings. */
	readonly threshold: number | null;
	/** Its networks. */
	readonly openModels: (onProgress: (progress: ModelProgress) => void) => ModelStore;
}

class NotCalibrated extends Error {}

function faultOf(error: unknown): RecogniserChange['fault'] {
	if (error instanceof FetchError) return error.fault;
	return error instanceof NotCalibrated ? 'not-calibrated' : 'other';
}

/** Fetching and choosing a recogniser from the console: one at a time, its state to be asked for. */
export class RecogniserChanges {
	readonly #options: RecogniserChangesOptions;
	readonly #models: ModelStore;
	#change: RecogniserChange | null = null;
	#running: Promise<void> | null = null;
	readonly #stopping = new AbortController();

	constructor(options: RecogniserChangesOptions) {
		this.#options = options;
		this.#models = options.openModels(({ model, fetched }) => {
			if (fetched && this.#change) this.#change = { ...this.#change, network: model, ...fetched };
		});
	}

	/** The last change that was asked for; null: none was. */
	get change(): RecogniserChange | null {
		return this.#change;
	}

	/** Brings what a recogniser needs and chooses it; answers at once how far that is. Does nothing while another change runs. */
	begin({ name, from }: RecogniserOrder): RecogniserChange | null {
		if (this.#running) return this.#change;
		this.#change = { name, state: 'fetching', network: null, bytes: 0, of: 0, bytesPerSecond: 0, fault: null, message: null };
		this.#running = this.#bring(name, from)
			.then(
				() => this.#finish({ state: 'done' }),
				(error: unknown) => {
					const message = error instanceof Error ? error.message : String(error);
					this.#finish({ state: 'failed', fault: faultOf(error), message });
				},
			)
			.finally(() => {
				this.#running = null;
			});
		return this.#change;
	}

	/** Interrupts a download, which a later one continues. */
	async stop(): Promise<void> {
		this.#stopping.abort(new Error('the agent stops'));
		await this.#running;
	}

	#finish(end: Pick<RecogniserChange, 'state'> & Partial<RecogniserChange>): void {
		if (this.#change) this.#change = { ...this.#change, ...end };
	}

	async #bring(name: string, from: string | undefined): Promise<void> {
		const models = this.#models;
		const { modelId } = await models.recogniser(name);
		const missing: string[] = [];
		if (from !== undefined) await models.fetchFrom(from);
		for (const network of await models.needs(name)) if ((await models.verify(network))[0]?.state !== 'ok') missing.push(network);
		if (from !== undefined && missing.length > 0)
			throw new FetchError('not-in-folder', `${from} does not hold ${missing.join(' and ')}: damaged, cut off, or another version.`);
		for (const network of missing) await models.fetch(network, { signal: this.#stopping.signal });
		const { modelsDir, threshold } = this.#options;
		if ((await thresholdBasis(modelsDir, modelId, threshold)).from === 'none') throw new NotCalibrated(notCalibrated(name));
		await models.use(name);
	}
}
