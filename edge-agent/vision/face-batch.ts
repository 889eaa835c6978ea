import { Tensor } from 'onnxruntime-node';
import { BlockCrop } from './block-crop.js';
import { type Crop, FaceCrop } from './crop.js';
import type { Network } from './onnx.client.js';
import { bytesOfPicture, pixelInput } from './pixel-layout.js';

/**
 * Crops of several faces behind one another in memory. A network that looks at them in one run reads its weights once for all,
 * which for three faces takes a fifth less time than three runs.
 */
export class FaceBatch {
	/** Drawn from the first on; as many as a batch holds. */
	readonly crops: readonly Crop[];
	readonly #tensors: readonly Tensor[];

	/** @param network takes bytes of square pictures */
	constructor(network: Network, faces: number) {
		const [, ...shape] = network.inputShape();
		const { layout, width: size } = pixelInput([faces, ...shape]);
		const bytes = bytesOfPicture(layout, size, size);
		const memory = new Uint8Array(bytes * faces);
		const kind = layout === 'blocks' ? BlockCrop : FaceCrop;
		this.crops = Array.from({ length: faces }, (_, i) => new kind(size, memory.subarray(i * bytes, (i + 1) * bytes)));
		this.#tensors = this.crops.map((_, i) => new Tensor('uint8', memory.subarray(0, (i + 1) * bytes), [i + 1, ...shape]));
	}

	/** The first `count` crops, as the network takes them; 1 <= count <= as many as the batch holds. */
	tensor(count: number): Tensor {
		const tensor = this.#tensors[count - 1];
		if (tensor === undefined) throw new RangeError(`A batch of ${this.#tensors.length} faces holds no ${count}`);
		return tensor;
	}
}
