import { Tensor } from 'onnxruntime-node';
import { FaceCrop } from './crop.js';

/**
 * Crops of several faces behind one another in memory. A network that looks at them in one run reads its weights once for all,
 * which for three faces takes a fifth less time than three runs.
 */
export class FaceBatch {
	/** Drawn from the first on; as many as a batch holds. */
	readonly crops: readonly FaceCrop[];
	readonly #tensors: readonly Tensor[];

	/** @param size side of a crop in pixels */
	constructor(size: number, faces: number) {
		const bytes = size * size * 3;
		const memory = new Uint8Array(bytes * faces);
		this.crops = Array.from({ length: faces }, (_, i) => new FaceCrop(size, memory.subarray(i * bytes, (i + 1) * bytes)));
		this.#tensors = this.crops.map((_, i) => new Tensor('uint8', memory.subarray(0, (i + 1) * bytes), [i + 1, size, size, 3]));
	}

	/** The first `count` crops, laid out [count, size, size, RGB] bytes; 1 <= count <= as many as the batch holds. */
	tensor(count: number): Tensor {
		const tensor = this.#tensors[count - 1];
		if (tensor === undefined) throw new RangeError(`A batch of ${this.#tensors.length} faces holds no ${count}`);
		return tensor;
	}
}
