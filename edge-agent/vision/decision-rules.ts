import type { FaceQuality } from './vision.types.js';

/** When a face is worth describing, and when that is enough to know. Distances are the recogniser's own. */
export interface DecisionRules {
	/** The largest distance at which a face counts as a known person's. */
	readonly threshold: number;
	/** Pixels between the eyes: smaller faces cannot be read. */
	readonly minEyeDistance: number;
	/** 0 frontal .. 1 profile. */
	readonly maxTurn: number;
	/** Mean squared Laplacian of the aligned crop. */
	readonly minSharpness: number;
	/** Mean grey of the face, 0 black .. 255 white. */
	readonly minBrightness: number;
	readonly maxBrightness: number;
	/** Standard deviation of the face's grey. */
	readonly minContrast: number;
}

/**
 * Measured on 170 public faces of 24 pixels between the eyes and more, made darker (with a dark camera's noise), brighter, hazier and
 * blurred: beyond these limits MobileFaceNet's and face-api's descriptors have moved as far as to somebody else. None of the
 * photographs as they were lies beyond those of light.
 */
export const defaultRules: Omit<DecisionRules, 'threshold'> = {
	minEyeDistance: 24,
	maxTurn: 0.7,
	minSharpness: 10,
	minBrightness: 20,
	maxBrightness: 235,
	minContrast: 4,
};

/** Whether a face may count in a decision. */
export function isFit(
	{ eyeDistance, turn, sharpness, brightness, contrast }: FaceQuality,
	rules: Omit<DecisionRules, 'threshold'>,
): boolean {
	const lit = brightness >= rules.minBrightness && brightness <= rules.maxBrightness && contrast >= rules.minContrast;
	return lit && eyeDistance >= rules.minEyeDistance && turn <= rules.maxTurn && sharpness >= rules.minSharpness;
}
