import { Tensor } from 'onnxruntime-node';
import type { Model } from '../../../models/catalogue.js';
import { invert, similarity } from '../align.js';
import { wholeFrame } from '../crop.js';
import type { Recogniser } from '../engine.types.js';
import { type Network, output } from '../onnx.client.js';
import { colourPlanes } from '../planes.js';
import { assessed, makesAFace } from '../quality.js';
import { SmoothCrop } from '../smooth-crop.js';
import type { AssessedFace, DescribedFace, DetectedFace, Point, YuvFrame } from '../vision.types.js';

const size = 112;

/** Where eyes, nose tip and mouth corners lie in the 112 x 112 crop on which ArcFace and its successors are trained. */
export const arcFacePoints: readonly Point[] = [
	{ x: 38.2946, y: 51.6963 },
	{ x: 73.5318, y: 51.5014 },
	{ x: 56.0252, y: 71.7366 },
	{ x: 41.5493, y: 92.3655 },
	{ x: 70.7299, y: 92.2041 },
];

/** What a network of this family is called, and how it wants its face and its pixels. */
export interface FivePointModel {
	readonly modelId: string;
	/** Numbers in a descriptor. */
	readonly dimension: number;
	/** Where YuNet's points have to lie in the crop; default ArcFace's. */
	readonly points?: readonly Point[] | undefined;
	readonly input: Pick<Model['input'], 'colour' | 'normalisation'>;
}

const asTheyAre = { mean: [0, 0, 0], deviation: [1, 1, 1] } as const;

/**
 * Recognisers that take a 112 x 112 crop laid over five trained points, and whose descriptors compare by their angle. A descriptor is
 * the sum of the face's and its mirror image's: a quarter of the misses fewer for twice the network's time (docs/benchmarks.md).
 */
export class FivePointRecogniser implements Recogniser {
	readonly descriptorLength: number;
	readonly metric = 'cosine';
	readonly modelId: string;
	readonly #points: readonly Point[];
	readonly #crop = new SmoothCrop(size);
	readonly #planes = new Float32Array(this.#crop.pixels.length);
	readonly #input = new Tensor('float32', this.#planes, [1, 3, size, size]);

	constructor(
		readonly network: Network,
		readonly model: FivePointModel,
	) {
		this.modelId = model.modelId;
		this.descriptorLength = model.dimension;
		this.#points = model.points ?? arcFacePoints;
	}

	/** One after the other: SFace's file takes no more than one face a run. */
	async describe(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(DescribedFace | null)[]> {
		const described: (DescribedFace | null)[] = [];
		for (const face of faces) described.push(await this.#describe(frame, face));
		return described;
	}

	async assess(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(AssessedFace | null)[]> {
		return faces.map((face) => this.#draw(frame, face));
	}

	/** Lays the face into the crop. Answers null where the points make none. */
	#draw(frame: YuvFrame, { points }: DetectedFace): AssessedFace | null {
		if (points === null) throw new Error(`${this.modelId} needs a detector that finds eyes, nose and mouth`);
		if (!makesAFace(points)) return null;
		const toCrop = similarity(points, this.#points);
		const toFrame = toCrop && invert(toCrop);
		if (!toFrame) return null;
		this.#crop.draw(frame, toFrame, wholeFrame(frame));
		return assessed(points, this.#crop);
	}

	async #describe(frame: YuvFrame, face: DetectedFace): Promise<DescribedFace | null> {
		const drawn = this.#draw(frame, face);
		if (!drawn) return null;
		const { colour, normalisation = asTheyAre } = this.model.input;
		colourPlanes(this.#crop.pixels, this.#planes, colour === 'BGR' ? 'BGR' : 'RGB', normalisation);
		const descriptor = toUnitLength(output(await this.network.run(this.#input)));
		mirror(this.#planes);
		const mirrored = toUnitLength(output(await this.network.run(this.#input)));
		for (let i = 0; i < descriptor.length; i++) descriptor[i] = (descriptor[i] as number) + (mirrored[i] as number);
		mirrored.fill(0);
		return { descriptor: toUnitLength(descriptor), quality: drawn.quality, points: drawn.points };
	}

	ranMs(): number {
		return this.network.ranMs;
	}

	stop(): Promise<void> {
		return this.network.stop();
	}
}

/** Turns the planes' rows round. */
function mirror(planes: Float32Array): void {
	for (let row = 0; row < planes.length; row += size) planes.subarray(row, row + size).reverse();
}

/** In place. */
function toUnitLength(vector: Float32Array): Float32Array {
	let sum = 0;
	for (const value of vector) sum += value * value;
	const factor = sum > 0 ? 1 / Math.sqrt(sum) : 0;
	for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) * factor;
	return vector;
}
