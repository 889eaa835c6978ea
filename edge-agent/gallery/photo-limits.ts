import type { PhotographRefusal } from '../contract/consent.api.js';
import { defaultRules } from '../vision/decision-rules.js';
import type { FaceQuality, YuvFrame } from '../vision/vision.types.js';

/**
 * What a photograph for enrolment must be like. Somebody stands there who can take another one, so it must be better lit than a face at the
 * door. Measured with MobileFaceNet and face-api on the 62 public photographs that show one face: as they were, none was refused for its
 * light or sharpness (grey 54 to 201, contrast 18 and more, sharpness 17 and more) and 3 and 4 for the angle, seen from the side. At a
 * fifth of the light all were refused as too dark; blurred by 8 % of the eyes' distance 44 of 57 and 52 of 53 as blurred, by 12 % all but
 * 2 and 1; three times as bright 38 and 26 as too bright, most of the others had been dark or showed no face any more.
 */
const limits = {
	eyeDistance: defaultRules.minEyeDistance,
	turn: defaultRules.maxTurn,
	sharpness: 12,
	darkest: 40,
	brightest: 220,
	contrast: 10,
};

/** Grey below which a face without contrast counts as dark, and above which as bright. */
const MIDDLE_GREY = 118;

/** Sampled: every so many pixels of the picture. */
const STEP = 7;

/** Of a face, or of a whole picture in which none can be found. */
export const tooDark = {
	reason: 'too-dark',
	message: 'the face is too dark; use a photograph with light on the face, not behind it',
} as const;

/** Whether a picture is as dark as a face must not be. */
export function isDark({ width, height, data }: YuvFrame): boolean {
	let sum = 0;
	let count = 0;
	for (let i = 0; i < width * height; i += STEP, count++) sum += data[i] as number;
	return ((sum / count - 16) * 255) / 219 < limits.darkest;
}

/** What is wrong with a face for enrolment and what to do about it; null: nothing. */
export function unfit(quality: FaceQuality): { readonly reason: PhotographRefusal; readonly message: string } | null {
	const { eyeDistance, turn, sharpness, brightness, contrast } = quality;
	if (eyeDistance < limits.eyeDistance) {
		const pixels = `${Math.round(eyeDistance)} px between the eyes, at least ${limits.eyeDistance} are needed`;
		return { reason: 'too-small', message: `the face is too small (${pixels}); use a larger photograph` };
	}
	if (turn > limits.turn) return { reason: 'looking-away', message: 'the face is looking away; use a photograph from the front' };
	const flat = contrast < limits.contrast;
	if (brightness < limits.darkest || (flat && brightness < MIDDLE_GREY)) return tooDark;
	if (brightness > limits.brightest || flat)
		return { reason: 'too-bright', message: 'the face is too bright or without contrast; use a photograph in softer light' };
	if (sharpness < limits.sharpness) return { reason: 'blurred', message: 'the face is blurred; use a sharp photograph' };
	return null;
}
