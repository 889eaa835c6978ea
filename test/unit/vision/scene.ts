import type { YuvFrame } from '../../../edge-agent/vision/vision.types.js';

/** Something grey that stands in the drawn scene, in pixels. */
export interface Block {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly grey: number;
}

export interface Drawing {
	readonly width: number;
	readonly height: number;
	readonly mediaMs: number;
	readonly blocks?: readonly Block[];
	/** Standard deviation of the noise, grey levels. */
	readonly noise?: number;
	/** Added to everything: the light. */
	readonly light?: number;
	/** The scene behind, grey by place. */
	readonly scene?: (x: number, y: number) => number;
	readonly seed?: number;
}

/** A room: a wall with a gradient and some structure. */
export function room(x: number, y: number): number {
	return 110 + ((x >> 5) % 3) * 12 + (y >> 6) * 3;
}

/** Draws a frame; the same drawing gives the same bytes. */
export function draw(drawing: Drawing): YuvFrame {
	const { width, height, mediaMs, blocks = [], noise = 0, light = 0, scene = room } = drawing;
	const data = new Uint8Array((width * height * 3) / 2).fill(128);
	const clamp = new Uint8ClampedArray(data.buffer, 0, width * height);
	let state = (drawing.seed ?? Math.round(mediaMs) + 1) >>> 0 || 1;
	const random = () => {
		state ^= state << 13;
		state >>>= 0;
		state ^= state >>> 17;
		state ^= state << 5;
		state >>>= 0;
		return state / 4294967296;
	};
	for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) clamp[y * width + x] = scene(x, y) + light;
	for (const block of blocks) {
		const right = Math.min(width, Math.round(block.x + block.width));
		const bottom = Math.min(height, Math.round(block.y + block.height));
		for (let y = Math.max(0, Math.round(block.y)); y < bottom; y++) {
			clamp.fill(block.grey + light, y * width + Math.max(0, Math.round(block.x)), y * width + Math.max(0, right));
		}
	}
	// The sum of three uniform numbers is near enough to normal, and cheap.
	if (noise > 0) for (let i = 0; i < clamp.length; i++) clamp[i] = (clamp[i] ?? 0) + (random() + random() + random() - 1.5) * 2 * noise;
	return { width, height, data, mediaMs, receivedMs: mediaMs };
}

/** A person of rectangles: a head on a body. `x` is the middle, `y` the top of the head. */
export function person(x: number, y: number, height: number, grey = 40): Block[] {
	const head = height / 7;
	return [
		{ x: x - head / 2, y, width: head, height: head * 1.2, grey: grey + 10 },
		{ x: x - head, y: y + head * 1.2, width: head * 2, height: height - head * 1.2, grey },
	];
}
