import type { Colour } from './look.js';

/** SVG text from a template: numbers are written with one decimal, which keeps drawings small and equal on every machine. */
export function svg(parts: TemplateStringsArray, ...values: readonly (number | string)[]): string {
	return parts.reduce((text, part, i) => {
		const value = values[i - 1];
		return text + (typeof value === 'number' ? String(Math.round(value * 10) / 10) : (value ?? '')) + part;
	});
}

const css = (channels: readonly number[]): string =>
	`rgb(${channels.map((channel) => Math.max(0, Math.min(255, Math.round(channel)))).join(',')})`;

/** The colour, darker (factor below 1) or lighter. */
export function tone(colour: Colour, factor = 1): string {
	return css(colour.map((channel) => channel * factor));
}

/** Skin in shadow or blush: darker and a little redder, as skin is where light passes through it. */
export function blush(skin: Colour, factor: number): string {
	return css([skin[0] * factor * 1.04, skin[1] * factor * 0.86, skin[2] * factor * 0.84]);
}

/** Attribute for a soft edge; the blurs are defined once in the person's drawing. */
export type Softness = 1 | 2 | 3 | 5;
export const soft = (softness: Softness): string => `filter="url(#soft${softness})"`;

/** Definitions of the blurs that `soft` names. */
export const softnesses: string = ([1, 2, 3, 5] as const)
	.map(
		(blur) =>
			`<filter id="soft${blur}" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="${blur === 1 ? 1.3 : blur}"/></filter>`,
	)
	.join('');

/** The drawing of the right half and of the left half: `side` is 1, then -1. */
export function bothSides(draw: (side: 1 | -1) => string): string {
	return draw(-1) + draw(1);
}
