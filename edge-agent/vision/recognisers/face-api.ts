import { wholeFrame } from '../crop.js';
import type { Recogniser } from '../engine.types.js';
import { FaceBatch } from '../face-batch.js';
import { fivePointsOf, LandmarkFinder, recognitionSquare } from '../landmarks.js';
import { type Network, output } from '../onnx.client.js';
import { assessed, makesAFace } from '../quality.js';
import type { AssessedFace, DescribedFace, DetectedFace, YuvFrame } from '../vision.types.js';

const size = 150;
/** Faces that the networks look at together: enough to be worth it, few enough to keep little memory. */
const together = 4;

/** A face that lies in a crop, by its place among those asked for. */
interface Drawn {
	readonly index: number;
	readonly face: AssessedFace;
}

/** face-api's recogniser on the square its landmarks make, turned upright. Descriptors are not of unit length. */
export class FaceApiRecogniser implements Recogniser {
	readonly descriptorLength = 128;
	readonly metric = 'euclidean';
	readonly #landmarks: LandmarkFinder;
	readonly #batch: FaceBatch;

	constructor(
		readonly network: Network,
		landmarks: Network,
		readonly modelId: string,
	) {
		this.#landmarks = new LandmarkFinder(landmarks, together);
		this.#batch = new FaceBatch(network, together);
	}

	async describe(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(DescribedFace | null)[]> {
		const described: (DescribedFace | null)[] = [];
		for (let i = 0; i < faces.length; i += together) described.push(...(await this.#describe(frame, faces.slice(i, i + together))));
		return described;
	}

	async assess(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(AssessedFace | null)[]> {
		const all: (AssessedFace | null)[] = faces.map(() => null);
		for (let i = 0; i < faces.length; i += together) {
			for (const { index, face } of await this.#draw(frame, faces.slice(i, i + together))) all[i + index] = face;
		}
		return all;
	}

	/** Lays into the batch's crops, from the first on, the faces that the landmarks make. */
	async #draw(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<Drawn[]> {
		const drawn: Drawn[] = [];
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
			drawn.push({ index, face: assessed(points, crop) });
		});
		return drawn;
	}

	async #describe(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(DescribedFace | null)[]> {
		const described: (DescribedFace | null)[] = faces.map(() => null);
		const drawn = await this.#draw(frame, faces);
		if (drawn.length === 0) return described;
		const descriptors = output(await this.network.run(this.#batch.tensor(drawn.length)), 'descriptor');
		drawn.forEach(({ index, face }, k) => {
			const at = k * this.descriptorLength;
			described[index] = { descriptor: descriptors.slice(at, at + this.descriptorLength), quality: face.quality, points: face.points };
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
