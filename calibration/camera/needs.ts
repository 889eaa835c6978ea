import { defaultRules } from '../../edge-agent/vision/decision-rules.js';

/** From `least` to `most`; null: no bound on that side. */
export interface Range {
	readonly least: number | null;
	readonly most: number | null;
}

export const criterionNames = ['eyes', 'sharpness', 'brightness', 'backlight', 'contrast', 'turn', 'down', 'tilt', 'rate'] as const;
export type CriterionName = (typeof criterionNames)[number];

/** What a face needs to be recognised at all, and what makes it easy. */
export interface Need {
	readonly needed: Range;
	readonly good: Range;
}

const atLeast = (least: number): Range => ({ least, most: null });
const atMost = (most: number): Range => ({ least: null, most });
const between = (least: number, most: number): Range => ({ least, most });

/**
 * Eyes (pixels), sharpness, brightness and contrast (of grey, 0..255) and turn are needed as recognition's own rules say. It has none for backlight (the
 * face's grey to the whole picture's), the angle from above and tilt (degrees): those are an installer's rules of thumb. `good` is where 19 of
 * 20 faces on photographs lie. The rate is a share of the frames asked for.
 */
export const needs: Readonly<Record<CriterionName, Need>> = {
	eyes: { needed: atLeast(defaultRules.minEyeDistance), good: atLeast(40) },
	sharpness: { needed: atLeast(defaultRules.minSharpness), good: atLeast(30) },
	brightness: { needed: between(defaultRules.minBrightness, defaultRules.maxBrightness), good: between(70, 195) },
	backlight: { needed: atLeast(0.45), good: atLeast(0.7) },
	contrast: { needed: atLeast(defaultRules.minContrast), good: atLeast(18) },
	turn: { needed: atMost(defaultRules.maxTurn), good: atMost(0.4) },
	down: { needed: between(-30, 30), good: between(-15, 15) },
	tilt: { needed: between(-30, 30), good: between(-12, 12) },
	rate: { needed: atLeast(0.5), good: atLeast(0.9) },
};

/** Where the nose of a face seen from its own height lies between eyes and mouth: the median of 150 photographs. */
const LEVEL_NOSE = 0.59;
/**
 * By how much it sinks for each degree from above. A head turned by `a` about its ears' axis moves a point at height h and depth d (in eye
 * distances; nose 0.65 and 0.6, mouth 1.1 and 0.1) to h cos a + d sin a.
 */
const NOSE_A_DEGREE = 0.0088;

/** Degrees by which the camera looks down on the face; negative: up at it. Good to about 6 degrees. */
export function degreesFromAbove(noseHeight: number): number {
	return (noseHeight - LEVEL_NOSE) / NOSE_A_DEGREE;
}

/** `≥ 24`, `20 – 235`, `± 15`. */
export function rangeText({ least, most }: Range): string {
	if (least === null) return `≤ ${most}`;
	if (most === null) return `≥ ${least}`;
	return least === -most ? `± ${most}` : `${least} – ${most}`;
}

export function within(value: number, { least, most }: Range): boolean {
	return (least === null || value >= least) && (most === null || value <= most);
}
