import { describe, expect, it } from 'vitest';
import { apply } from '../../../../edge-agent/vision/align.js';
import { FaceCrop, wholeFrame } from '../../../../edge-agent/vision/crop.js';
import { makesAFace, qualityOf } from '../../../../edge-agent/vision/quality.js';
import type { FivePoints } from '../../../../edge-agent/vision/vision.types.js';
import { frameOf, noiseFrame } from './pictures.js';

const face: FivePoints = [
	{ x: -30, y: 0 },
	{ x: 30, y: 0 },
	{ x: 0, y: 35 },
	{ x: -22, y: 65 },
	{ x: 22, y: 65 },
];

function moved(turn: number, scale: number): FivePoints {
	const s = { a: scale * Math.cos(turn), b: scale * Math.sin(turn), tx: 300, ty: 200 };
	const [a, b, c, d, e] = face;
	return [apply(s, a), apply(s, b), apply(s, c), apply(s, d), apply(s, e)];
}

function cropOf(grey: (x: number, y: number) => number): FaceCrop {
	const data = new Uint8Array((64 * 64 * 3) / 2).fill(128);
	for (let y = 0; y < 64; y++) for (let x = 0; x < 64; x++) data[y * 64 + x] = grey(x, y);
	const frame = frameOf(64, 64, data);
	const crop = new FaceCrop(64);
	crop.draw(frame, { a: 1, b: 0, tx: 0, ty: 0 }, wholeFrame(frame));
	return crop;
}

describe('qualityOf', () => {
	const flat = cropOf(() => 100);

	it('measures eyes and roll: positive is clockwise in the picture', () => {
		const quality = qualityOf(moved(0.35, 0.5), flat);
		expect(quality.eyeDistance).toBeCloseTo(30);
		expect(quality.roll).toBeCloseTo(0.35);
		expect(quality.turn).toBeCloseTo(0);
	});

	it('sees a turned head by its nose, however it is rolled', () => {
		const [right, left, nose, a, b] = moved(0.6, 1);
		const aside = { x: nose.x + 15 * Math.cos(0.6), y: nose.y + 15 * Math.sin(0.6) };
		expect(qualityOf([right, left, aside, a, b], flat).turn).toBeCloseTo(0.5);
		const beyond = { x: nose.x + 80 * Math.cos(0.6), y: nose.y + 80 * Math.sin(0.6) };
		expect(qualityOf([right, left, beyond, a, b], flat).turn).toBe(1);
	});

	it('calls a blurred picture less sharp, and a flat one not sharp at all', () => {
		expect(qualityOf(face, flat).sharpness).toBe(0);
		const edge = qualityOf(
			face,
			cropOf((x) => (x < 32 ? 50 : 200)),
		).sharpness;
		const ramp = qualityOf(
			face,
			cropOf((x) => Math.min(200, Math.max(50, 50 + (x - 22) * 7.5))),
		).sharpness;
		expect(edge).toBeGreaterThan(10 * ramp);
		const noise = new FaceCrop(64);
		const frame = noiseFrame(64, 64, 1);
		noise.draw(frame, { a: 1, b: 0, tx: 0, ty: 0 }, wholeFrame(frame));
		expect(qualityOf(face, noise).sharpness).toBeGreaterThan(edge);
	});

	it('says how bright the middle is, and how much it varies', () => {
		const grey = (luma: number) => ((luma - 16) * 255) / 219;
		expect(qualityOf(face, flat).brightness).toBeCloseTo(grey(100), 0);
		expect(qualityOf(face, flat).contrast).toBeCloseTo(0);
		const halves = qualityOf(
			face,
			cropOf((x) => (x < 32 ? 50 : 200)),
		);
		expect(halves.brightness).toBeCloseTo(grey(125), 0);
		expect(halves.contrast).toBeCloseTo((grey(200) - grey(50)) / 2, 0);
		const frame = cropOf((x, y) => (x >= 16 && x < 48 && y >= 16 && y < 48 ? 100 : 235));
		expect(qualityOf(face, frame).brightness).toBeCloseTo(grey(100), 0);
	});
});

describe('makesAFace', () => {
	it('takes faces at any angle and refuses what is none', () => {
		for (const turn of [-1, 0, 1, 2]) expect(makesAFace(moved(turn, 0.3))).toBe(true);
		const [right, left, nose, a, b] = face;
		expect(makesAFace([right, right, nose, a, b])).toBe(false);
		expect(makesAFace(moved(0, 0.05))).toBe(false);
		expect(makesAFace([left, right, nose, a, b])).toBe(false);
		expect(makesAFace([right, left, { x: 0, y: 80 }, a, b])).toBe(false);
		expect(makesAFace([right, left, nose, { x: -22, y: 10 }, { x: 22, y: 10 }])).toBe(false);
		expect(makesAFace([right, left, { x: Number.NaN, y: 0 }, a, b])).toBe(false);
	});
});
