import type { FivePoints } from '../vision.types.js';

/** How a head is held, from its five points. */
export interface Pose {
	/**
	 * How far the nose stands off the face's middle line (from between the eyes to between the mouth's corners), along the eyes, in half
	 * eye distances; positive: towards the person's own left. Moving, turning, tilting and scaling a plane leaves it as it is (an affine
	 * map keeps the parts in which one point divides the way between others), so a photograph held at any angle keeps the one it was
	 * taken with. A head's nose stands out of the plane of eyes and mouth: about 0.4 at 20 degrees, 0.6 at 30, 0.9 at 40.
	 */
	readonly turn: number;
	/** Eye distance over the way from eyes to mouth: shrinks when head or photograph turns sideways. */
	readonly aspect: number;
	/** Pixels between the eyes. */
	readonly eyeDistance: number;
}

export function poseOf([right, left, nose, mouthRight, mouthLeft]: FivePoints): Pose {
	const eyesX = left.x - right.x;
	const eyesY = left.y - right.y;
	const middleX = (right.x + left.x) / 2;
	const middleY = (right.y + left.y) / 2;
	const downX = (mouthRight.x + mouthLeft.x) / 2 - middleX;
	const downY = (mouthRight.y + mouthLeft.y) / 2 - middleY;
	// nose = middle + along * eyes + … * down
	const along = ((nose.x - middleX) * downY - (nose.y - middleY) * downX) / (eyesX * downY - eyesY * downX);
	const eyeDistance = Math.hypot(eyesX, eyesY);
	return { turn: 2 * along, aspect: eyeDistance / Math.hypot(downX, downY), eyeDistance };
}
