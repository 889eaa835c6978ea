import sharp from 'sharp';
import { drawBackground } from '../../../edge-agent/demo/drawing/background.js';
import type { Stride } from '../../../edge-agent/demo/drawing/body.js';
import type { Look } from '../../../edge-agent/demo/drawing/look.js';
import { blit, rasterise, type Sprite } from '../../../edge-agent/demo/sprite.js';
import type { YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import { yuvFromRgb } from '../../../edge-agent/vision/yuv.js';

/** Somebody who walks across the picture. */
export interface Walker {
	readonly look: Look;
	readonly view: 'front' | 'back';
	readonly from: 'left' | 'right';
	readonly startMs: number;
	/** m/s */
	readonly speed: number;
	/** Pixels of the picture a metre: how near they are. A person is 1.75 m tall and half a metre wide. */
	readonly metre: number;
	/** y of the head in the picture's height, 0..1. */
	readonly head: number;
}

export const size = { width: 640, height: 360 } as const;
/** A drawing's units a metre. */
const unitsAMetre = 1000;
/** Half of the widest drawing, arms and all, in metres. */
const reach = 0.4;
const stepsASecond = 1.7;
const strides = [1, 0, -1, 0] as const;
/** Grain of a camera: so many different ones, shown by turns. */
const grains = 5;

/** ms until a walker has left the picture. */
export function walkMs({ speed, metre }: Pick<Walker, 'speed' | 'metre'>): number {
	return ((size.width / metre + 2 * reach) / speed) * 1000;
}

/** Where a walker's head is, in pixels; null before and after. */
export function headAt({ from, startMs, speed, metre, head }: Walker, ms: number): { x: number; y: number } | null {
	const seconds = (ms - startMs) / 1000;
	const way = -reach * metre + seconds * speed * metre;
	if (seconds < 0 || way > size.width + reach * metre) return null;
	return { x: from === 'left' ? way : size.width - way, y: head * size.height };
}

/** Draws walkers into a showroom, frame by frame; the same walkers make the same frames. */
export class ClipScene {
	readonly #backgrounds: readonly Uint8Array[];
	readonly #sprites = new Map<string, Promise<Sprite>>();

	private constructor(backgrounds: readonly Uint8Array[]) {
		this.#backgrounds = backgrounds;
	}

	static async build(): Promise<ClipScene> {
		const { width, height } = size;
		const rgb = await sharp(Buffer.from(drawBackground())).resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer();
		const clean = yuvFromRgb(rgb, width, height);
		return new ClipScene(Array.from({ length: grains }, (_, i) => grained(clean, width * height, i + 1)));
	}

	async frame(walkers: readonly Walker[], ms: number): Promise<YuvFrame> {
		const data = Uint8Array.from(this.#backgrounds[Math.round(ms / 40) % grains] ?? []);
		const planes = new Uint8ClampedArray(data.buffer);
		for (const walker of walkers.toSorted((a, b) => a.metre - b.metre)) {
			const at = headAt(walker, ms);
			if (!at) continue;
			const seconds = (ms - walker.startMs) / 1000;
			const scale = walker.metre / unitsAMetre;
			const sprite = await this.#sprite(walker, strides[Math.floor(seconds * stepsASecond * 2) % 4] ?? 0);
			const y = at.y - Math.abs(Math.sin(seconds * Math.PI * stepsASecond)) * 9 * scale;
			const roll = 0.06 * Math.sin(2.4 * seconds);
			blit(planes, size.width, size.height, sprite, { x: at.x, y, scale, roll, light: 1, clip: { x: 0, y: 0, ...size } });
		}
		return { ...size, data, mediaMs: ms, receivedMs: ms };
	}

	#sprite({ look, view }: Walker, stride: Stride): Promise<Sprite> {
		const key = `${look.id} ${view} ${stride}`;
		const sprite = this.#sprites.get(key) ?? rasterise(look, view, stride, [0.16, 0.08]);
		this.#sprites.set(key, sprite);
		return sprite;
	}
}

/** With noise of about 3 grey levels. */
function grained(clean: Uint8Array, luma: number, seed: number): Uint8Array {
	const data = Uint8Array.from(clean);
	let state = seed * 7919;
	for (let i = 0; i < luma; i++) {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		data[i] = (data[i] ?? 0) + (state >>> 24) / 21 - 6;
	}
	return data;
}
