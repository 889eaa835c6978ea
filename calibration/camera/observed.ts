import type { FaceQuality } from '../../edge-agent/vision/vision.types.js';

/** What the detector saw in one picture of a camera, for judging how the camera hangs. */
export interface Look {
	/** Media time. */
	readonly ms: number;
	/** Of the camera's picture, pixels. */
	readonly width: number;
	readonly height: number;
	/** Mean grey of the whole picture, 0 black .. 255 white. */
	readonly brightness: number;
	readonly faces: readonly ObservedFace[];
}

/** A face as recognition would see it; no descriptor, and nobody's name. */
export interface ObservedFace extends FaceQuality {
	/** One person's walk past the camera: the same number for all its faces. */
	readonly pass: number;
	/** The face's middle, in fractions of the picture. */
	readonly x: number;
	readonly y: number;
	/** Where the nose's tip lies between the eyes (0) and the mouth (1). */
	readonly noseHeight: number;
}
