import { middle, type Similarity, tilt, turnedSquare } from './align.js';
import { clipTo } from './crop.js';
import { FaceBatch } from './face-batch.js';
import { type Network, output } from './onnx.client.js';
import type { Box, FivePoints, Point, YuvFrame } from './vision.types.js';

/** The 68 points of the iBUG 300-W scheme, in pixels of the picture. */
export type Landmarks = readonly Point[];

const inputSize = 112;

/** face-api's 68-point network on detectors' boxes: cut at the picture's edge, centred in a black square, as face-api runs it. */
export class LandmarkFinder {
	readonly #batch: FaceBatch;

	/** @param faces boxes that one call may bring */
	constructor(
		readonly network: Network,
		faces: number,
	) {
		this.#batch = new FaceBatch(network, faces);
	}

	/** In the order of the boxes; null where a box lies outside the picture. */
	async find(frame: YuvFrame, boxes: readonly Box[]): Promise<(Landmarks | null)[]> {
		const found: (Landmarks | null)[] = boxes.map(() => null);
		const drawn: { readonly index: number; readonly left: number; readonly top: number; readonly side: number }[] = [];
		boxes.forEach((box, index) => {
			const clip = clipTo(frame, box);
			const crop = this.#batch.crops[drawn.length];
			if (clip === null || crop === undefined) return;
			const side = Math.max(clip.width, clip.height);
			const left = clip.x - (side - clip.width) / 2;
			const top = clip.y - (side - clip.height) / 2;
			crop.draw(frame, { a: side / inputSize, b: 0, tx: left, ty: top }, clip);
			drawn.push({ index, left, top, side });
		});
		if (drawn.length === 0) return found;
		const points = output(await this.network.run(this.#batch.tensor(drawn.length)), 'landmarks');
		drawn.forEach(({ index, left, top, side }, k) => {
			found[index] = Array.from({ length: 68 }, (_, i) => ({
				x: left + (points[k * 136 + 2 * i] ?? Number.NaN) * side,
				y: top + (points[k * 136 + 2 * i + 1] ?? Number.NaN) * side,
			}));
		});
		return found;
	}
}

function centre(landmarks: Landmarks, from: number, to: number): Point {
	return middle(landmarks.slice(from, to));
}

/** The five points that alignment and quality need. Landmarks are counted along the picture: 36 to 41 is the person's right eye. */
export function fivePointsOf(landmarks: Landmarks): FivePoints {
	const point = (i: number): Point => landmarks[i] ?? { x: Number.NaN, y: Number.NaN };
	return [centre(landmarks, 36, 42), centre(landmarks, 42, 48), point(30), point(48), point(54)];
}

/**
 * face-api's alignment for its recogniser (`FaceLandmarks.alignDlib`): a square of (eyes to mouth) / 0.45 a side, in which the
 * mean of both eyes and the mouth lies at (0.5, 0.43). Here it is also turned by the eyes' tilt.
 */
export function recognitionSquare(landmarks: Landmarks, size: number): Similarity {
	const right = centre(landmarks, 36, 42);
	const left = centre(landmarks, 42, 48);
	const mouth = centre(landmarks, 48, 68);
	const toMouth = (Math.hypot(mouth.x - right.x, mouth.y - right.y) + Math.hypot(mouth.x - left.x, mouth.y - left.y)) / 2;
	return turnedSquare(middle([right, left, mouth]), toMouth / 0.45, tilt(right, left), { x: 0.5, y: 0.43 }, size);
}
