import fc from 'fast-check';
import { expect, it } from 'vitest';
import { facesInPhoto, mainFace } from '../../../edge-agent/vision/photo-faces.js';
import { fromRegion, regionOf } from '../../../edge-agent/vision/region.js';
import { SmoothCrop } from '../../../edge-agent/vision/smooth-crop.js';
import type { DetectedFace, YuvFrame } from '../../../edge-agent/vision/vision.types.js';

/** Luma says where a pixel is; chroma is grey. */
function frame(width: number, height: number, luma: (x: number, y: number) => number): YuvFrame {
	const data = new Uint8Array((width * height * 3) / 2).fill(128);
	for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = luma(x, y);
	return { width, height, data, mediaMs: 0, receivedMs: 0 };
}

const face = (x: number, y: number, side: number): DetectedFace => ({ box: { x, y, width: side, height: side }, score: 0.9, points: null });

it('shows the part asked for, the mean of what each pixel covers, and black beyond the edge', () => {
	const source = frame(64, 48, (x, y) => 20 + x + 2 * y);
	const same = regionOf(source, { x: 10, y: 8, width: 20, height: 12 }, 100);
	expect([same.frame.width, same.frame.height, same.scale]).toEqual([20, 12, 1]);
	expect(same.frame.data[3 * 20 + 5]).toBe(20 + 15 + 2 * 11);
	const half = regionOf(source, { x: -32, y: -24, width: 128, height: 96 }, 64);
	expect([half.frame.width, half.frame.height, half.scale]).toEqual([64, 48, 2]);
	expect(half.frame.data[0]).toBe(16);
	// The first pixels of the source: 20, 21, 22, 23.
	expect(half.frame.data[12 * 64 + 16]).toBe(22);
	expect(half.frame.data[64 * 48]).toBe(128);
});

it('finds the way back from any region', () => {
	const source = frame(200, 200, () => 100);
	const number = fc.integer({ min: -80, max: 180 });
	fc.assert(
		fc.property(number, number, fc.integer({ min: 40, max: 400 }), fc.integer({ min: 20, max: 640 }), (x, y, size, side) => {
			const region = regionOf(source, { x, y, width: size, height: size }, side);
			const { left, top, scale } = region;
			// Where the middle of the source's pixel (30, 50) lies in the region.
			const inside = { x: (30.5 - left) / scale - 0.5, y: (50.5 - top) / scale - 0.5 };
			const { box } = fromRegion(region, { ...face(0, 0, 10), box: { ...inside, width: 10, height: 10 } });
			expect(box.x).toBeCloseTo(30, 6);
			expect(box.y).toBeCloseTo(50, 6);
			expect(box.width).toBeCloseTo(10 * scale, 6);
		}),
	);
});

it('looks again with room around, and then at parts, only where nothing was found', async () => {
	const photo = frame(1600, 1200, () => 100);
	const seen: string[] = [];
	const engine = (finds: (width: number, height: number) => boolean) => ({
		detect: async ({ width, height }: YuvFrame) => {
			seen.push(`${width}x${height}`);
			return finds(width, height) ? [face(100, 90, 50)] : [];
		},
	});
	expect(
		await facesInPhoto(
			engine(() => true),
			photo,
		),
	).toHaveLength(1);
	expect(seen).toEqual(['1600x1200']);
	// Twice the longer side, made smaller by 5: 3200 / 640.
	const [padded] = await facesInPhoto(
		engine((width) => width === 640),
		photo,
	);
	expect(padded?.box).toEqual({ x: -800 + 100.5 * 5 - 0.5, y: -1000 + 90.5 * 5 - 0.5, width: 250, height: 250 });
	seen.length = 0;
	expect(
		await facesInPhoto(
			engine(() => false),
			photo,
		),
	).toEqual([]);
	expect(seen).toEqual(['1600x1200', '640x640', '960x720', '960x720', '960x720', '960x720']);
});

it('takes the largest face near the centre for the one that is meant', () => {
	const photo = { width: 1000, height: 1000 };
	const centre = face(450, 450, 100);
	const larger = face(420, 430, 160);
	const corner = face(0, 0, 180);
	expect(mainFace([corner, centre], photo)).toBe(centre);
	expect(mainFace([corner, centre, larger], photo)).toBe(larger);
	expect(mainFace([], photo)).toBeNull();
});

it('draws crops of large faces as the mean of what they cover, in the same place', () => {
	const stripes = frame(900, 900, (x) => (x % 2 === 0 ? 16 : 235));
	const crop = new SmoothCrop(112);
	const whole = { x: 0, y: 0, width: 900, height: 900 };
	crop.draw(stripes, { a: 4, b: 0, tx: 100, ty: 100 }, whole);
	for (const at of [0, 5000, 12000]) expect(Math.abs((crop.pixels[at * 3] ?? 0) - 127)).toBeLessThan(3);
	const slope = frame(900, 900, (x) => 16 + Math.floor((x * 219) / 900));
	crop.draw(slope, { a: 4, b: 0, tx: 100, ty: 100 }, whole);
	// Pixel 50 lies at 300.
	expect(Math.abs((crop.pixels[(40 * 112 + 50) * 3] ?? 0) - (300 / 900) * 255)).toBeLessThan(2);
	crop.draw(slope, { a: 1, b: 0, tx: 100, ty: 100 }, whole);
	expect(Math.abs((crop.pixels[(40 * 112 + 50) * 3] ?? 0) - (150 / 900) * 255)).toBeLessThan(2);
});
