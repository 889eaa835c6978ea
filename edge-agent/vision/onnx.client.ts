import { InferenceSession, type Tensor } from 'onnxruntime-node';

/** One network in ONNX Runtime, on the calling thread alone. */
export class Network {
	/** ms spent inside ONNX Runtime so far. */
	ranMs = 0;
	readonly #session: InferenceSession;

	private constructor(session: InferenceSession) {
		this.#session = session;
	}

	/** Throws with the file's name where it cannot be read or is no network that ONNX Runtime knows. */
	static async load(source: string | Uint8Array): Promise<Network> {
		const options: InferenceSession.SessionOptions = {
			intraOpNumThreads: 1,
			interOpNumThreads: 1,
			executionMode: 'sequential',
			graphOptimizationLevel: 'all',
			logSeverityLevel: 3,
		};
		try {
			return new Network(
				await (typeof source === 'string' ? InferenceSession.create(source, options) : InferenceSession.create(source, options)),
			);
		} catch (cause) {
			const name = typeof source === 'string' ? source : 'the network in memory';
			throw new Error(`${name} cannot be loaded by ONNX Runtime: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
		}
	}

	/** The shape of the network's only input; symbolic dimensions are -1. */
	inputShape(): number[] {
		const input = this.#session.inputMetadata[0];
		if (input === undefined || !input.isTensor) throw new Error('This network takes no tensor');
		return input.shape.map((size) => (typeof size === 'number' ? size : -1));
	}

	/** Runs the network on its only input; answers its outputs by name. The outputs are the caller's own. */
	async run(input: Tensor): Promise<ReadonlyMap<string, Float32Array>> {
		const name = this.#session.inputNames[0] ?? '';
		const begun = performance.now();
		const outputs = await this.#session.run({ [name]: input });
		this.ranMs += performance.now() - begun;
		return new Map(Object.entries(outputs).map(([key, tensor]) => [key, tensor.data as Float32Array]));
	}

	async stop(): Promise<void> {
		await this.#session.release();
	}
}

/** The output `name` (or the only one); throws where the network has none such: it is another network than was meant. */
export function output(outputs: ReadonlyMap<string, Float32Array>, name?: string): Float32Array {
	const found = name === undefined ? outputs.values().next().value : outputs.get(name);
	if (found === undefined) throw new Error(`This network has no output ${name}; it has ${[...outputs.keys()].join(', ')}`);
	return found;
}
