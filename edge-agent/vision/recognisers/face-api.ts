import { wholeFrame } from '../crop.js';
import type { Recogniser } from '../engine.types.js';
import { FaceBatch } from '../face-batch.js';
import { fivePointsOf, LandmarkFinder, recognitionSquare } from '../landmarks.js';
import { type Network, output } from '../onnx.client.js';
import { makesAFace, qualityOf } from '../quality.js';
import type { DescribedFace, DetectedFace, FaceQuality, YuvFrame } from '../vision.types.js';

const size = 150;
/** Faces that the networks look at together: enough to be worth it, few enough to keep little memory. */
const together = 4;

/** face-api's recogniser on the square its landmarks make, turned upright. Descriptors are not of unit length. */
export class FaceApiRecogniser implements Recogniser {
	readonly descriptorLength = 128;
	readonly metric = 'euclidean';
	readonly modelId: string;
	readonly #landmarks: LandmarkFinder;
	readonly #batch = new FaceBatch(size, together);

	constructor(
		readonly network: Network,
		landmarks: Network,
		precision: 'fp32' | 'int8',
	) {
		this.#landmarks = new LandmarkFinder(landmarks, together);
		this.modelId = `face-api/${precision}/a1`;
	}

	async describe(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(DescribedFace | null)[]> {
		const described: (DescribedFace | null)[] = [];
		for (let i = 0; i < faces.length; i += together) described.push(...(await this.#describe(frame, faces.slice(i, i + together))));
		return described;
	}

	async #describe(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(DescribedFace | null)[]> {
		const described: (DescribedFace | null)[] = faces.map(() => null);
		const drawn: { readonly index: number; readonly quality: FaceQuality }[] = [];
		const found = await this.#landmarks.find(
			frame,
			faces.map(({ box }) => box),
		);
		found.forEach((landmarks, index) => {
			const crop = this.#batch.crops[drawn.length];
			if (landmarks === null || crop === undefined) return;
			const points = fivePointsOf(landmarks);
			if (!makesAFace(points)) return;
			crop.draw(frame, recognitionSquare(landmarks, size), wholeFrame(frame));
			drawn.push({ index, quality: qualityOf(points, crop) });
		});
		if (drawn.length === 0) return described;
		const descriptors = output(await this.network.run(this.#batch.tensor(drawn.length)), 'descriptor');
		drawn.forEach(({ index, quality }, k) => {
			const at = k * this.descriptorLength;
			described[index] = { descriptor: descriptors.slice(at, at + this.descriptorLength), quality };
		});
		// Whoever gets a descriptor wipes it; this is the only other place where it stood.
		descriptors.fill(0);
		return described;
	}

	ranMs(): number {
		return this.network.ranMs + this.#landmarks.network.ranMs;
	}

	async stop(): Promise<void> {
		await this.network.stop();
		await this.#landmarks.network.stop();
	}
}
