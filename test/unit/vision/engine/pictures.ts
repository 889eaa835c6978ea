import fc from 'fast-check';
import type { YuvFrame } from '../../../../edge-agent/vision/vision.types.js';

export const even = (max: number) => fc.integer({ min: 1, max: max / 2 }).map((half) => half * 2);

/** Frames' sizes and what of them a crop shows: turned, scaled, half outside, cut by an odd box. */
export const views = fc.record({
	width: even(60),
	height: even(60),
	seed: fc.nat(),
	turn: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
	scale: fc.double({ min: 0.2, max: 4, noNaN: true }),
	tx: fc.double({ min: -20, max: 60, noNaN: true }),
	ty: fc.double({ min: -20, max: 60, noNaN: true }),
	box: fc.record({ x: fc.integer({ min: -9, max: 30 }), y: fc.integer({ min: -9, max: 30 }), width: fc.nat(70), height: fc.nat(70) }),
});

/** A frame of given size whose planes come from a function or from bytes. */
export function frameOf(width: number, height: number, data: Uint8Array): YuvFrame {
	return { width, height, data, mediaMs: 0, receivedMs: 0 };
}

/** Noise from a seed (mulberry32), so that every pixel differs from its neighbours. */
export function noiseFrame(width: number, height: number, seed: number): YuvFrame {
	const data = new Uint8Array((width * height * 3) / 2);
	let state = seed >>> 0;
	for (let i = 0; i < data.length; i++) {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		data[i] = (t ^ (t >>> 14)) & 255;
	}
	return frameOf(width, height, data);
}

/** One colour at a place between pixels, the slow and plain way: the reference for everything that samples frames. */
export function sample(
	frame: YuvFrame,
	x: number,
	y: number,
	clip = { x: 0, y: 0, width: frame.width, height: frame.height },
	chromaFrom: 'around' | 'nearest' = 'around',
): number[] {
	const { width, height, data } = frame;
	const hd = width >= 1280 || height > 576;
	const [kr, kb] = hd ? [0.2126, 0.0722] : [0.299, 0.114];
	const kg = 1 - kr - kb;
	const x0 = Math.floor(x);
	const y0 = Math.floor(y);
	let luma = 0;
	let inside = 0;
	for (const [dx, dy] of [
		[0, 0],
		[1, 0],
		[0, 1],
		[1, 1],
	] as const) {
		const px = x0 + dx;
		const py = y0 + dy;
		const weight = (dx ? x - x0 : 1 - (x - x0)) * (dy ? y - y0 : 1 - (y - y0));
		if (px < clip.x || py < clip.y || px >= clip.x + clip.width || py >= clip.y + clip.height) continue;
		inside += weight;
		luma += weight * ((data[py * width + px] ?? 0) - 16);
	}
	const chroma = (offset: number): number => {
		const cw = width / 2;
		const ch = height / 2;
		const place = (at: number) => (chromaFrom === 'nearest' ? Math.round((at - 0.5) / 2) : (at - 0.5) / 2);
		const cx = Math.min(cw - 1, Math.max(0, place(x)));
		const cy = Math.min(ch - 1, Math.max(0, place(y)));
		let sum = 0;
		for (let dy = 0; dy < 2; dy++) {
			for (let dx = 0; dx < 2; dx++) {
				const px = Math.min(cw - 1, Math.floor(cx) + dx);
				const py = Math.min(ch - 1, Math.floor(cy) + dy);
				const weight = (dx ? cx - Math.floor(cx) : 1 - cx + Math.floor(cx)) * (dy ? cy - Math.floor(cy) : 1 - cy + Math.floor(cy));
				sum += weight * ((data[offset + py * cw + px] ?? 0) - 128);
			}
		}
		return sum * inside;
	};
	const u = chroma(width * height) * (255 / 224);
	const v = chroma((width * height * 5) / 4) * (255 / 224);
	const grey = luma * (255 / 219);
	const red = grey + 2 * (1 - kr) * v;
	const blue = grey + 2 * (1 - kb) * u;
	const green = grey - (2 * (1 - kb) * kb * u) / kg - (2 * (1 - kr) * kr * v) / kg;
	return [red, green, blue].map((value) => Math.min(255, Math.max(0, value)));
}
