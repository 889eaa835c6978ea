import { Tensor } from 'onnxruntime-node';
import { invert, similarity } from '../align.js';
import { FaceCrop, wholeFrame } from '../crop.js';
import type { Recogniser } from '../engine.types.js';
import { type Network, output } from '../onnx.client.js';
import { rgbPlanes } from '../planes.js';
import { makesAFace, qualityOf } from '../quality.js';
import type { DescribedFace, DetectedFace, Point, YuvFrame } from '../vision.types.js';

const size = 112;

/** Where eyes, nose tip and mouth corners lie in the 112 x 112 crop on which ArcFace and its successors are trained. */
export const trainedPoints: readonly Point[] = [
	{ x: 38.2946, y: 51.6963 },
	{ x: 73.5318, y: 51.5014 },
	{ x: 56.0252, y: 71.7366 },
	{ x: 41.5493, y: 92.3655 },
	{ x: 70.7299, y: 92.2041 },
];

/** What a network of this family is called, and how it wants its pixels: `(value - mean) / deviation`, RGB. */
export interface FivePointModel {
	readonly modelId: string;
	readonly mean: readonly [number, number, number];
	readonly deviation: readonly [number, number, number];
}

/** Recognisers that take a 112 x 112 crop laid over five trained points, and whose descriptors compare by their angle. */
export class FivePointRecogniser implements Recogniser {
	readonly descriptorLength = 128;
	readonly metric = 'cosine';
	readonly modelId: string;
	readonly #crop = new FaceCrop(size);
	readonly #planes = new Float32Array(this.#crop.pixels.length);
	readonly #input = new Tensor('float32', this.#planes, [1, 3, size, size]);

	constructor(
		readonly network: Network,
		readonly model: FivePointModel,
	) {
		this.modelId = model.modelId;
	}

	/** One after the other: SFace's file takes no more than one face a run. */
	async describe(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(DescribedFace | null)[]> {
		const described: (DescribedFace | null)[] = [];
		for (const face of faces) described.push(await this.#describe(frame, face));
		return described;
	}

	async #describe(frame: YuvFrame, { points }: DetectedFace): Promise<DescribedFace | null> {
		if (points === null) throw new Error(`${this.modelId} needs a detector that finds eyes, nose and mouth`);
		if (!makesAFace(points)) return null;
		const toCrop = similarity(points, trainedPoints);
		const toFrame = toCrop && invert(toCrop);
		if (!toFrame) return null;
		this.#crop.draw(frame, toFrame, wholeFrame(frame));
		rgbPlanes(this.#crop.pixels, this.#planes, this.model.mean, this.model.deviation);
		const descriptor = output(await this.network.run(this.#input));
		toUnitLength(descriptor);
		return { descriptor, quality: qualityOf(points, this.#crop) };
	}

	ranMs(): number {
		return this.network.ranMs;
	}

	stop(): Promise<void> {
		return this.network.stop();
	}
}

function toUnitLength(vector: Float32Array): void {
	let sum = 0;
	for (const value of vector) sum += value * value;
	const factor = sum > 0 ? 1 / Math.sqrt(sum) : 0;
	for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) * factor;
}
