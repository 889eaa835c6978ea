/** What describes photographs: the gallery's enrolment desk. */
export interface Describer {
	readonly modelId: string;
	readonly metric: 'euclidean' | 'cosine';
	start(): Promise<void>;
	/** @throws EnrolmentError when the photograph cannot be used */
	describe(photo: Uint8Array): Promise<Float32Array>;
	stop(): Promise<void>;
}

export interface Described extends Pick<Describer, 'modelId' | 'metric'> {
	readonly descriptor: Float32Array;
}

/** The networks are let go of when nobody needed them for this long. */
const IDLE_MS = 60_000;

/** Describes photographs as they come in. Loads the networks when they are needed. */
export class DescriberOnDemand {
	readonly #newDescriber: () => Promise<Describer>;
	#describer: Promise<Describer> | null = null;
	#asked = 0;
	#idle: NodeJS.Timeout | undefined;

	/** @param newDescriber makes one that is not started */
	constructor(newDescriber: () => Promise<Describer>) {
		this.#newDescriber = newDescriber;
	}

	/** @throws EnrolmentError when the photograph cannot be used */
	async describe(photo: Uint8Array): Promise<Described> {
		clearTimeout(this.#idle);
		this.#asked++;
		try {
			const describer = await this.#ready();
			const { modelId, metric } = describer;
			return { modelId, metric, descriptor: await describer.describe(photo) };
		} finally {
			this.#asked--;
			if (this.#asked === 0) {
				this.#idle = setTimeout(() => void this.stop(), IDLE_MS);
				this.#idle.unref();
			}
		}
	}

	/** Whoever still waits for a description gets it. */
	async stop(): Promise<void> {
		clearTimeout(this.#idle);
		const describer = await this.#describer?.catch(() => null);
		this.#describer = null;
		await describer?.stop();
	}

	async #ready(): Promise<Describer> {
		this.#describer ??= this.#newDescriber().then(async (describer) => {
			await describer.start();
			return describer;
		});
		try {
			return await this.#describer;
		} catch (error) {
			this.#describer = null;
			throw error;
		}
	}
}
