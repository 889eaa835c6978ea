import sharp from 'sharp';
import type { Look } from './drawing/look.js';
import { earToEar, personElements } from './drawing/person.js';

const photo = { width: 960, height: 720, quality: 85 } as const;

/** How each photograph differs: ear to ear in pixels, tilt in degrees, light. */
const takes: readonly { readonly ear: number; readonly tilt: number; readonly light: number }[] = [
	{ ear: 128, tilt: 0, light: 1 },
	{ ear: 142, tilt: -5, light: 1 },
	{ ear: 118, tilt: 4, light: 0.88 },
	{ ear: 134, tilt: 2, light: 1.1 },
];

/** Photographs of a drawn person to enrol them with: from the front, a little tilted, in more than one light; JPEG. */
export async function enrolmentPhotos(look: Look): Promise<Buffer[]> {
	return Promise.all(
		takes.map(({ ear, tilt, light }) => {
			const place = `translate(${photo.width / 2},${photo.height * 0.42}) scale(${ear / earToEar}) rotate(${tilt})`;
			const wall = `<rect width="${photo.width}" height="${photo.height}" fill="#d9d6d0"/>`;
			const person = `<g transform="${place}">${personElements(look, 'front', 0)}</g>`;
			const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${photo.width}" height="${photo.height}">${wall}${person}</svg>`;
			return sharp(Buffer.from(drawing)).removeAlpha().linear(light, 0).jpeg({ quality: photo.quality }).toBuffer();
		}),
	);
}
