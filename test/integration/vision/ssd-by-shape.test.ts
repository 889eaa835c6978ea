import { afterAll, beforeAll, expect, it } from 'vitest';
import { threeFaces } from '../../../edge-agent/bench/three-faces.js';
import { SsdByShape } from '../../../edge-agent/vision/detectors/ssd-by-shape.js';
import type { Box, YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import { noiseFrame } from '../../unit/vision/engine/pictures.js';
import { modelsForTests } from './engine-models.js';

let models: Awaited<ReturnType<typeof modelsForTests>>;
let camera: string;
let other: string;

beforeAll(async () => {
	models = await modelsForTests();
	[camera, other] = [await models.ensure('face-api-ssd-256x448'), await models.ensure('face-api-ssd-320x512')];
});

afterAll(() => models.remove());

/** The frame's columns from `left` on; all even. */
function cut(frame: YuvFrame, left: number, width: number): YuvFrame {
	const data = new Uint8Array((width * frame.height * 3) / 2);
	let to = 0;
	let plane = 0;
	for (const [step, rows] of [
		[1, frame.height],
		[2, frame.height / 2],
		[2, frame.height / 2],
	] as const) {
		for (let row = 0; row < rows; row++, to += width / step) {
			const from = plane + (row * frame.width + left) / step;
			data.set(frame.data.subarray(from, from + width / step), to);
		}
		plane += (frame.width / step) * rows;
	}
	return { ...frame, width, data };
}

it('finds the same faces in a camera’s picture and in a part of it that has another shape', async () => {
	const ssd = new SsdByShape({ camera, other });
	const [frame] = await threeFaces(1);
	if (frame === undefined) throw new Error('no frame');
	const places = (found: readonly { readonly box: Box }[], left: number) =>
		found.map(({ box }) => left + box.x + box.width / 2).sort((a, b) => a - b);
	const all = places(await ssd.detect(frame), 0);
	expect(all.length).toBe(3);
	const two = places(await ssd.detect(cut(frame, 440, 840)), 440);
	expect(two.length).toBe(2);
	two.forEach((x, i) => {
		expect(Math.abs(x - (all[i + 1] ?? Number.NaN))).toBeLessThan(20);
	});
	await ssd.stop();
});

it('loads a network only for a picture of its shape', async () => {
	const missing = '/nowhere/ssd.onnx';
	for (const [width, height] of [
		[1280, 720],
		[1920, 1088],
		[640, 352],
	] as const) {
		const ssd = new SsdByShape({ camera, other: missing });
		await ssd.detect(noiseFrame(width, height, 1));
		expect(ssd.ranMs()).toBeGreaterThan(0);
		await expect(ssd.detect(noiseFrame(height, width, 1))).rejects.toThrow(/nowhere/);
		await ssd.stop();
	}
	for (const [width, height] of [
		[640, 480],
		[480, 640],
		[1280, 800],
		[1126, 660],
	] as const) {
		const ssd = new SsdByShape({ camera: missing, other });
		await ssd.detect(noiseFrame(width, height, 1));
		await expect(ssd.detect(noiseFrame(1280, 720, 1))).rejects.toThrow(/nowhere/);
		await ssd.stop();
	}
});
