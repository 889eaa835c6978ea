import { beard, moustache } from './beard.js';
import { body, clothesGradient, type Stride } from './body.js';
import { brows, eyes, glasses } from './eyes.js';
import { hairFromBehind, hairFromFront, hairGradient } from './hair.js';
import { ears, faceGround, freckles, lines, neck, skinGradient } from './head.js';
import { softnesses } from './ink.js';
import type { Look } from './look.js';
import { mouth, nose } from './nose-mouth.js';

/** How a person is seen: facing the camera, facing it with the head turned away, or walking away from it. */
export type View = 'front' | 'turned' | 'back';

/** The drawing's sheet in its own units: the head's centre lies `left` and `top` inside it. */
export const sheet = { width: 800, height: 1920, left: 400, top: 320 } as const;

/** Ear to ear in the drawing's units, for a head of width 1. */
export const earToEar = 260;

/** The person on a transparent sheet, as elements to be placed inside an `<svg>` whose user units are the drawing's. */
export function personElements(look: Look, view: View, stride: Stride): string {
	const paints = `<defs>${skinGradient(look)}${hairGradient(look)}${clothesGradient(look)}${softnesses}</defs>`;
	if (view !== 'front') return `${paints}${body(look, stride, view === 'turned')}${neck(look, false)}${ears(look)}${hairFromBehind(look)}`;
	const hair = hairFromFront(look);
	const marks = lines(look) + freckles(look);
	const features = eyes(look) + brows(look) + nose(look) + beard(look) + mouth(look) + moustache(look);
	const head = ears(look) + faceGround(look) + marks + features + hair.over + glasses(look);
	return `${paints}${hair.behind}${body(look, stride, true)}${neck(look, true)}${head}`;
}

/** The person as an SVG file of `scale` pixels a unit. */
export function drawPerson(look: Look, view: View, stride: Stride, scale: number): string {
	const { width, height, left, top } = sheet;
	const size = `width="${Math.round(width * scale)}" height="${Math.round(height * scale)}"`;
	const box = `viewBox="${-left} ${-top} ${width} ${height}"`;
	return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box}>${personElements(look, view, stride)}</svg>`;
}
