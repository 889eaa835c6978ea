import sharp from 'sharp';
import { headSize, type Look } from './drawing/look.js';
import { earToEar, personElements } from './drawing/person.js';

/** A picture of somebody, RGB, rows unpadded. */
export interface Portrait {
	readonly width: number;
	readonly height: number;
	readonly pixels: Uint8Array;
}

export const kioskPicture = { width: 640, height: 480 } as const;
const wall = '#d9d6d0';
/** Ear to ear in pixels, and where the head's middle is: as somebody stands before a kiosk. */
const EAR = 150;
const middle = { x: kioskPicture.width / 2, y: kioskPicture.height * 0.45 };

/** A drawn person before the kiosk's camera, looking straight into it. */
export async function drawPortrait(look: Look): Promise<Portrait> {
	const { width, height } = kioskPicture;
	const place = `translate(${middle.x},${middle.y}) scale(${EAR / earToEar})`;
	const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${wall}"/><g transform="${place}">${personElements(look, 'front', 0)}</g></svg>`;
	const { data } = await sharp(Buffer.from(drawing)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	return { width, height, pixels: data };
}

/**
 * The portrait with its head turned: what is nearer the camera moves farther. The drawing is flat; its depth is a dome over the face with a
 * nose on it, so it serves to 35 degrees, as far as nothing of the face hides behind the rest.
 *
 * @param degrees to the person's own left: to the right in the picture
 */
export function turnHead(portrait: Portrait, look: Look, degrees: number): Portrait {
	const unit = EAR / earToEar;
	const { w, h } = headSize(look);
	const by = Math.sin((Math.max(-35, Math.min(35, degrees)) * Math.PI) / 180);
	/** Pixels by which a point of the portrait moves. */
	const shift = (x: number, y: number): number => {
		const u = (x - middle.x) / unit;
		const v = (y - middle.y) / unit;
		const dome = Math.max(0, 1 - (u / (1.15 * w)) ** 2 - (v / (1.15 * h)) ** 2);
		const nose = Math.exp(-((u / 55) ** 2) - ((v - look.nose.tip) / 42) ** 2);
		return unit * by * (0.6 * w * dome + 78 * nose);
	};
	return warp(portrait, (x, y) => {
		// Where the point that is seen here was: each round comes nearer, since neighbours move by less than they are apart.
		let from = x;
		for (let round = 0; round < 10; round++) from = x - shift(from, y);
		return [from, y];
	});
}

/** Draws what `from` says of each pixel of the picture, bilinear; outside is wall. */
export function warp({ width, height, pixels }: Portrait, from: (x: number, y: number) => readonly [number, number] | null): Portrait {
	const out = new Uint8Array(pixels.length);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const at = from(x, y);
			const o = (y * width + x) * 3;
			if (at === null || !(at[0] >= 0 && at[1] >= 0 && at[0] < width - 1 && at[1] < height - 1)) {
				out.fill(0xd6, o, o + 3);
				continue;
			}
			const left = Math.floor(at[0]);
			const top = Math.floor(at[1]);
			const along = at[0] - left;
			const down = at[1] - top;
			const p = (top * width + left) * 3;
			const q = p + width * 3;
			for (let c = 0; c < 3; c++) {
				const upper = (pixels[p + c] as number) * (1 - along) + (pixels[p + 3 + c] as number) * along;
				const lower = (pixels[q + c] as number) * (1 - along) + (pixels[q + 3 + c] as number) * along;
				out[o + c] = Math.round(upper * (1 - down) + lower * down);
			}
		}
	}
	return { width, height, pixels: out };
}
