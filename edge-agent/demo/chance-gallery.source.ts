import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { chanceLook } from './chance-look.js';
import { earToEar, personElements } from './drawing/person.js';
import { seededRandom } from './random.js';

const [width, height] = [640, 640];

/**
 * Writes a folder of photographs a drawn person, made up by chance: `evaluate` can be tried on it where there are no photographs of real
 * people. Each view has a size (30 to 90 px between the eyes), tilt, light, blur and JPEG quality of its own.
 */
export async function writeChanceGallery(folder: string, people: number, views: number): Promise<void> {
	for (let seed = 1; seed <= people; seed++) {
		const random = seededRandom(seed);
		const elements = personElements(chanceLook(seed), 'front', 0);
		const own = join(folder, `drawn-${String(seed).padStart(4, '0')}`);
		await mkdir(own, { recursive: true });
		for (let view = 1; view <= views; view++) {
			const ear = 75 + 150 * random();
			const place = `translate(${width * (0.4 + 0.2 * random())},${height * 0.4}) scale(${ear / earToEar}) rotate(${24 * random() - 12})`;
			const wall = `<rect width="${width}" height="${height}" fill="#d9d6d0"/>`;
			const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${wall}<g transform="${place}">${elements}</g></svg>`;
			const photo = await sharp(Buffer.from(drawing))
				.removeAlpha()
				.blur(0.3 + random())
				.linear(0.65 + 0.5 * random(), 0)
				.jpeg({ quality: 50 + Math.round(40 * random()) })
				.toBuffer();
			await writeFile(join(own, `${view}.jpg`), photo);
		}
	}
}
