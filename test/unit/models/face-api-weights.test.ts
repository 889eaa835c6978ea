import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { faceApiFolder, readWeights } from '../../../models/face-api-weights.js';

const manifest = 'tiny_face_detector_model-weights_manifest.json';
const shard = 'tiny_face_detector_model.bin';
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'weights-'));
	for (const file of [manifest, shard]) copyFileSync(join(faceApiFolder(), file), join(folder, file));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('reads bytes as TensorFlow.js does: value * scale + min, stored as float32', () => {
	const [group] = JSON.parse(readFileSync(join(folder, manifest), 'utf8'));
	const first = group.weights[0];
	const stored = readFileSync(join(folder, shard));
	const weight = readWeights('tiny_face_detector_model', folder).get(first.name);
	expect(weight.shape).toEqual(first.shape);
	expect(weight.data[5]).toBe(Math.fround((stored[5] ?? 0) * first.quantization.scale + first.quantization.min));
});

it('reads 16-bit, plain float and whole-number tensors by their size', () => {
	writeFileSync(
		join(folder, 'made-weights_manifest.json'),
		JSON.stringify([
			{
				paths: ['a.bin', 'b.bin'],
				weights: [
					{ name: 'axis', shape: [], dtype: 'int32', quantization: { dtype: 'uint8', scale: 1, min: 3 } },
					{ name: 'wide', shape: [2], dtype: 'float32', quantization: { dtype: 'uint16', scale: 0.5, min: -1 } },
					{ name: 'plain', shape: [1, 1], dtype: 'float32' },
				],
			},
		]),
	);
	writeFileSync(join(folder, 'a.bin'), Buffer.of(9, 0, 1, 2));
	writeFileSync(join(folder, 'b.bin'), Buffer.of(0, 0, 0, 0x20, 0x40));
	const weights = readWeights('made', folder);
	expect(Array.from(weights.get('wide').data)).toEqual([127, 0]);
	expect(Array.from(weights.get('plain').data)).toEqual([2.5]);
	expect(() => weights.get('axis')).toThrow('no weights called axis');
});

it('says what to do when the weights are cut short, missing or no manifest', () => {
	writeFileSync(join(folder, shard), readFileSync(join(folder, shard)).subarray(0, 1000));
	expect(() => readWeights('tiny_face_detector_model', folder)).toThrow(/has 1000 bytes, its manifest wants 193321.*npm ci/);
	rmSync(join(folder, shard));
	expect(() => readWeights('tiny_face_detector_model', folder)).toThrow(/cannot be read.*npm ci/);
	writeFileSync(join(folder, manifest), '[{"paths": 3}]');
	expect(() => readWeights('tiny_face_detector_model', folder)).toThrow(/is no weights manifest.*npm ci/);
});
