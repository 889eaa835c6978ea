import sharp from 'sharp';
import { drawBackground, picture } from '../demo/drawing/background.js';
import { earToEar } from '../demo/drawing/person.js';
import { persons } from '../demo/persons.js';
import { blit, rasterise } from '../demo/sprite.js';
import type { YuvFrame } from '../vision/vision.types.js';
import { yuvFromRgb } from '../vision/yuv.js';

/** Where the three stand: the head's centre, and from ear to ear, in pixels. All of their faces are free. */
const places = [
	{ id: 'p01', x: 230, y: 250, ear: 130 },
	{ id: 'p02', x: 640, y: 240, ear: 150 },
	{ id: 'p07', x: 1050, y: 260, ear: 140 },
] as const;

/** Frames of 1280 x 720 in which three drawn persons stand and sway a little, as a decoder would hand them over. */
export async function threeFaces(frames: number): Promise<YuvFrame[]> {
	const rgb = await sharp(Buffer.from(drawBackground())).removeAlpha().raw().toBuffer();
	const background = yuvFromRgb(rgb, picture.width, picture.height);
	const sprites = await Promise.all(
		places.map(async ({ id, ...place }) => {
			const look = persons.find((person) => person.id === id);
			if (look === undefined) throw new Error(`There is no drawn person ${id}`);
			return { ...place, sprite: await rasterise(look, 'front', 0, [1, 0.5]) };
		}),
	);
	return Array.from({ length: frames }, (_, frame) => {
		const data = Uint8Array.from(background);
		sprites.forEach(({ sprite, x, y, ear }, i) => {
			const roll = 0.06 * Math.sin(frame + 2 * i);
			const clip = { x: 0, y: 0, ...picture };
			blit(new Uint8ClampedArray(data.buffer), picture.width, picture.height, sprite, {
				x: x + 3 * frame,
				y,
				scale: ear / earToEar,
				roll,
				light: 1,
				clip,
			});
		});
		return { ...picture, data, mediaMs: frame * 40, receivedMs: 0 };
	});
}
