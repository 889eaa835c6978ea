import { middle, tilt } from './align.js';
import type { Crop } from './crop.js';
import type { AssessedFace, FaceQuality, FivePoints, Point } from './vision.types.js';

/** The points as the eyes see them: origin between the eyes, x from the right eye to the left, y down the face, unit: the eyes' distance. */
function upright(points: FivePoints): { nose: Point; mouth: Point; eyeDistance: number; roll: number } {
	const [right, left, nose, mouthRight, mouthLeft] = points;
	const eyes = middle([right, left]);
	const eyeDistance = Math.hypot(left.x - right.x, left.y - right.y);
	const roll = tilt(right, left);
	const cos = Math.cos(roll) / eyeDistance;
	const sin = Math.sin(roll) / eyeDistance;
	const turned = (p: Point): Point => ({ x: (p.x - eyes.x) * cos + (p.y - eyes.y) * sin, y: (p.y - eyes.y) * cos - (p.x - eyes.x) * sin });
	return { nose: turned(nose), mouth: turned(middle([mouthRight, mouthLeft])), eyeDistance, roll };
}

/**
 * Whether five points can be a face that a recogniser should see: eyes apart, mouth below them by about their distance
 * (0.4 to 2.5 of it; a profile's eyes are too near each other), nose between eyes and mouth. Landmark networks always
 * answer; on what is no face their points fall together or out of order.
 */
export function makesAFace(points: FivePoints): boolean {
	const { nose, mouth, eyeDistance } = upright(points);
	return eyeDistance >= 4 && mouth.y > 0.4 && mouth.y < 2.5 && nose.y > -0.1 && nose.y < mouth.y;
}

/** @param crop the aligned crop that the recogniser sees */
export function assessed(points: FivePoints, crop: Crop): AssessedFace {
	const { nose, mouth } = upright(points);
	return { points, quality: qualityOf(points, crop), noseHeight: nose.y / mouth.y };
}

/** @param crop the aligned crop that the recogniser sees */
export function qualityOf(points: FivePoints, crop: Crop): FaceQuality {
	const { nose, eyeDistance, roll } = upright(points);
	return { eyeDistance, roll, turn: Math.min(1, Math.abs(nose.x) * 2), ...greyOf(crop) };
}

/**
 * Sharpness (mean squared Laplacian of 4 neighbours), mean and standard deviation of the grey crop, over its middle half a side:
 * there is the face, and neither background nor what lies beyond the picture's edge.
 */
function greyOf(crop: Crop): Pick<FaceQuality, 'sharpness' | 'brightness' | 'contrast'> {
	const { size } = crop;
	const from = size >> 2;
	const to = size - from;
	/** Three rows at a time: each pixel is made grey once. */
	const line = (y: number, into: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
		crop.greyRow(y, from - 1, to + 1, into);
		return into;
	};
	let above = line(from - 1, new Float64Array(size));
	let here = line(from, new Float64Array(size));
	let below = new Float64Array(size);
	let laplacians = 0;
	let sum = 0;
	let squares = 0;
	for (let y = from; y < to; y++) {
		line(y + 1, below);
		for (let x = from; x < to; x++) {
			const around = (here[x - 1] as number) + (here[x + 1] as number) + (above[x] as number) + (below[x] as number);
			const grey = here[x] as number;
			const laplacian = around - 4 * grey;
			laplacians += laplacian * laplacian;
			sum += grey;
			squares += grey * grey;
		}
		[above, here, below] = [here, below, above];
	}
	const pixelCount = (to - from) * (to - from);
	const brightness = sum / pixelCount;
	// Rounding may leave a flat picture's variance a hair below nothing.
	const contrast = Math.sqrt(Math.max(0, squares / pixelCount - brightness * brightness));
	return { sharpness: laplacians / pixelCount, brightness, contrast };
}
