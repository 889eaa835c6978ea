import sharp from 'sharp';
import { yuvFromRgb } from '../vision/yuv.js';
import { drawBackground, picture } from './drawing/background.js';
import type { Stride } from './drawing/body.js';
import type { Look } from './drawing/look.js';
import type { View } from './drawing/person.js';
import { type Film, posesAt } from './film.js';
import { blit, rasterise, type Sprite } from './sprite.js';

/** Draws a film's frames. Everything is rasterised once; a frame is then a copy of the background and some blits. */
export class Stage {
	private constructor(
		private readonly film: Film,
		private readonly background: Uint8Array,
		private readonly sprites: ReadonlyMap<string, Sprite>,
	) {}

	static async build(film: Film): Promise<Stage> {
		const rgb = await sharp(Buffer.from(drawBackground())).removeAlpha().raw().toBuffer();
		const sprites = new Map<string, Sprite>();
		for (const { look, walks } of film.actors) {
			for (const view of new Set(walks.map((walk) => walk.view))) {
				sprites.set(spriteKey(look, view, 0), await rasterise(look, view, 0, [0.72, 0.36, 0.18, 0.09]));
				for (const stride of [-1, 1] as const) {
					sprites.set(spriteKey(look, view, stride), await rasterise(look, view, stride, [strideScale, 0.25, 0.125]));
				}
			}
		}
		return new Stage(film, yuvFromRgb(rgb, picture.width, picture.height), sprites);
	}

	/** The picture at a film time, planar YUV 4:2:0, limited range BT.709, in a buffer of its own. */
	frame(ms: number): Uint8Array {
		const data = Uint8Array.from(this.background);
		const planes = new Uint8ClampedArray(data.buffer);
		for (const pose of posesAt(this.film, ms)) {
			const stride = pose.place.scale > strideScale ? 0 : pose.stride;
			const sprite = this.sprites.get(spriteKey(pose.look, pose.view, stride));
			if (sprite) blit(planes, picture.width, picture.height, sprite, pose.place);
		}
		return data;
	}
}

/** Up to here strides are drawn; nearer to the camera the legs are below the picture. */
const strideScale = 0.5;

const spriteKey = (look: Look, view: View, stride: Stride): string => `${look.id} ${view} ${stride}`;
