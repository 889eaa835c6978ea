import { Tensor } from 'onnxruntime-node';
import { FaceCrop, wholeFrame } from '../crop.js';
import type { Recogniser } from '../engine.types.js';
import { fivePointsOf, type LandmarkFinder, recognitionSquare } from '../landmarks.js';
import { type Network, output } from '../onnx.client.js';
import { makesAFace, qualityOf } from '../quality.js';
import type { DescribedFace, DetectedFace, YuvFrame } from '../vision.types.js';

const size = 150;

/** face-api's recogniser on the square its landmarks make, turned upright. Descriptors are not of unit length. */
export class FaceApiRecogniser implements Recogniser {
	readonly descriptorLength = 128;
	readonly metric = 'euclidean';
	readonly modelId: string;
	readonly #crop = new FaceCrop(size);
	readonly #input = new Tensor('uint8', this.#crop.pixels, [1, size, size, 3]);

	constructor(
		readonly network: Network,
		readonly landmarks: LandmarkFinder,
		precision: 'fp32' | 'int8',
	) {
		this.modelId = `face-api/${precision}/a1`;
	}

	async describe(frame: YuvFrame, face: DetectedFace): Promise<DescribedFace | null> {
		const landmarks = await this.landmarks.find(frame, face.box);
		if (landmarks === null) return null;
		const points = fivePointsOf(landmarks);
		if (!makesAFace(points)) return null;
		this.#crop.draw(frame, recognitionSquare(landmarks, size), wholeFrame(frame));
		const descriptor = output(await this.network.run(this.#input), 'descriptor');
		return { descriptor, quality: qualityOf(points, this.#crop) };
	}

	ranMs(): number {
		return this.network.ranMs + this.landmarks.network.ranMs;
	}

	async stop(): Promise<void> {
		await this.network.stop();
		await this.landmarks.network.stop();
	}
}
