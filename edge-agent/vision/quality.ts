import { middle, tilt } from './align.js';
import type { FaceCrop } from './crop.js';
import type { FaceQuality, Point } from './vision.types.js';

/** Right eye, left eye (the person's), nose tip, right and left mouth corner. */
export type FivePoints = readonly [Point, Point, Point, Point, Point];

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
export function qualityOf(points: FivePoints, crop: FaceCrop): FaceQuality {
	const { nose, eyeDistance, roll } = upright(points);
	return { eyeDistance, roll, turn: Math.min(1, Math.abs(nose.x) * 2), sharpness: sharpness(crop) };
}

/**
 * Mean squared Laplacian (4 neighbours) of the grey crop, over its middle half a side: there is the face, and neither
 * background nor what lies beyond the picture's edge.
 */
function sharpness(crop: FaceCrop): number {
	const { size, pixels } = crop;
	const from = size >> 2;
	const to = size - from;
	const grey = (x: number, y: number): number => {
		const at = (y * size + x) * 3;
		return 0.299 * (pixels[at] as number) + 0.587 * (pixels[at + 1] as number) + 0.114 * (pixels[at + 2] as number);
	};
	let sum = 0;
	for (let y = from; y < to; y++) {
		for (let x = from; x < to; x++) {
			const laplacian = grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1) - 4 * grey(x, y);
			sum += laplacian * laplacian;
		}
	}
	return sum / ((to - from) * (to - from));
}
