import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { threeFaces } from '../../../edge-agent/bench/three-faces.js';
import { createFaceEngine, type MeasuredFaceEngine } from '../../../edge-agent/vision/engine.js';
import type { DetectedFace, YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import { noiseFrame } from '../../unit/vision/engine/pictures.js';
import { modelsForTests } from './engine-models.js';

describe('face-api’s model set on drawn persons', () => {
	let engine: MeasuredFaceEngine;
	let models: Awaited<ReturnType<typeof modelsForTests>>;
	let frames: YuvFrame[];

	beforeAll(async () => {
		models = await modelsForTests();
		engine = await createFaceEngine({ recogniser: 'face-api', models });
		frames = await threeFaces(2);
	});

	afterAll(async () => {
		await engine.stop();
		models.remove();
	});

	const first = (): YuvFrame => {
		const [frame] = frames;
		if (frame === undefined) throw new Error('no frame');
		return frame;
	};

	it('finds and describes all three, and knows them again 40 ms later', async () => {
		const seen: Float32Array[][] = [];
		for (const frame of frames) {
			const found = await engine.detect(frame);
			expect(found.length).toBe(3);
			expect(found.map((f) => f.score)).toEqual(found.map((f) => f.score).sort((a, b) => b - a));
			const byPlace = [...found].sort((a, b) => a.box.x - b.box.x);
			const described = await engine.describe(frame, byPlace);
			for (const face of described) {
				expect(face?.quality.eyeDistance).toBeGreaterThan(30);
				expect(Math.abs(face?.quality.roll ?? 9)).toBeLessThan(0.3);
				expect(face?.quality.turn).toBeLessThan(0.5);
				expect(face?.quality.sharpness).toBeGreaterThan(0);
			}
			seen.push(described.flatMap((face) => (face ? [face.descriptor] : [])));
		}
		const distance = (i: number, j: number) => Math.hypot(...(seen[0]?.[i] ?? []).map((value, k) => value - (seen[1]?.[j]?.[k] ?? 0)));
		for (let i = 0; i < 3; i++) {
			for (let j = 0; j < 3; j++) if (j !== i) expect(distance(i, i)).toBeLessThan(distance(i, j));
		}
	});

	it('gives the same answers when calls overlap', async () => {
		const frame = first();
		const [alone] = await engine.describe(frame, (await engine.detect(frame)).slice(0, 1));
		const found = await engine.detect(frame);
		const [, [a], [b]] = await Promise.all([
			engine.detect(noiseFrame(640, 360, 5)),
			engine.describe(frame, found.slice(0, 1)),
			engine.describe(frame, found.slice(0, 1)),
			engine.detect(noiseFrame(320, 640, 6)),
		]);
		expect(a?.descriptor).toEqual(alone?.descriptor);
		expect(b?.descriptor).toEqual(alone?.descriptor);
		expect(await engine.detect(frame)).toEqual(found);
	});

	it('describes many faces together as it describes each alone, whatever stands between them', async () => {
		const frame = first();
		const found = await engine.detect(frame);
		const [a, b, c] = found;
		if (a === undefined || b === undefined || c === undefined) throw new Error('three faces are drawn');
		const beside: DetectedFace = { box: { x: 5000, y: 10, width: 80, height: 80 }, score: 1, points: null };
		const many = [a, beside, b, c, beside, a, c, b, beside, beside, a];
		const together = await engine.describe(frame, many);
		expect(together.map((face) => face !== null)).toEqual(many.map((face) => face !== beside));
		for (const [i, face] of many.entries()) {
			if (face === beside) continue;
			const [alone] = await engine.describe(frame, [face]);
			expect(together[i]?.quality.roll).toBeCloseTo(alone?.quality.roll ?? Number.NaN, 4);
			expect(Math.hypot(...(alone?.descriptor ?? []).map((v, k) => v - (together[i]?.descriptor[k] ?? Number.NaN)))).toBeLessThan(1e-4);
		}
		// Each descriptor has memory of its own: wiping one leaves the others.
		together[0]?.descriptor.fill(0);
		expect(Math.hypot(...(together[2]?.descriptor ?? []))).toBeGreaterThan(1);
		expect(together[0]?.descriptor.buffer.byteLength).toBe(128 * 4);
	});

	it('answers null for what is no face, in its place', async () => {
		const frame = first();
		const [face] = await engine.detect(frame);
		if (face === undefined) throw new Error('no face');
		const beside: DetectedFace = { box: { x: 5000, y: 10, width: 80, height: 80 }, score: 1, points: null };
		const floor: DetectedFace = { box: { x: 30, y: 640, width: 6, height: 6 }, score: 1, points: null };
		const described = await engine.describe(frame, [beside, face, floor]);
		expect(described.map((d) => d !== null)).toEqual([false, true, false]);
	});

	it.each([
		[2, 2],
		[16, 1000],
		[1000, 2],
		[640, 338],
	])('finds nothing in noise of %i x %i, and does not fall over it', async (width, height) => {
		const frame = noiseFrame(width, height, 7);
		const found = await engine.detect(frame);
		expect(found).toEqual([]);
		await engine.describe(frame, [{ box: { x: -3, y: -3, width, height }, score: 1, points: null }]);
	});

	it('refuses frames that are not what they say', async () => {
		const frame = noiseFrame(64, 64, 1);
		await expect(engine.detect({ ...frame, width: 63 })).rejects.toThrow(/63x64.*even/);
		await expect(engine.detect({ ...frame, height: 66 })).rejects.toThrow(/needs 6336 bytes.*6144/);
		await expect(engine.describe({ ...frame, width: 0 }, [])).rejects.toThrow(RangeError);
	});

	it('counts the time in ONNX Runtime', async () => {
		const before = engine.ranMs();
		const begun = performance.now();
		await engine.detect(first());
		const took = performance.now() - begun;
		expect(engine.ranMs() - before).toBeGreaterThan(0);
		expect(engine.ranMs() - before).toBeLessThan(took);
	});
});

describe('createFaceEngine', () => {
	it('says which network is missing and what to do', async () => {
		const models = await modelsForTests();
		await expect(createFaceEngine({ recogniser: 'sface', models })).rejects.toThrow(/yunet.*models fetch/s);
		models.remove();
	});

	it('says which file is no network', async () => {
		const models = await modelsForTests();
		const text = { ...models, ensure: async () => import.meta.filename };
		await expect(createFaceEngine({ recogniser: 'sface', models: text })).rejects.toThrow(/engine\.test\.ts cannot be loaded/);
		models.remove();
	});

	it('does nothing more once it has stopped', async () => {
		const models = await modelsForTests();
		const engine = await createFaceEngine({ recogniser: 'face-api', models });
		const pending = engine.detect(noiseFrame(64, 64, 1));
		await Promise.all([engine.stop(), engine.stop()]);
		expect(await pending).toEqual([]);
		await expect(engine.detect(noiseFrame(64, 64, 1))).rejects.toThrow(/stopped/);
		models.remove();
	});
});
