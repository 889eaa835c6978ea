import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaceEngine } from '../../../edge-agent/vision/engine.js';
import type { NewRecogniser } from '../../../models/added.store.js';
import { openModelStore } from '../../../models/model-store.js';
import { modelsForTests } from '../vision/engine-models.js';
import { arcFaceShaped } from './arcface-shaped.js';

const testdata = process.env.SHOWROOM_TESTDATA;
let dir: string;
let file: string;

beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'add-'));
	file = join(dir, 'given.onnx');
});
afterEach(() => rmSync(dir, { recursive: true }));

const models = () => openModelStore({ dir: join(dir, 'models') });

function order(more: Partial<NewRecogniser> = {}): NewRecogniser {
	const halves = [127.5, 127.5, 127.5] as const;
	return { file, name: 'tiny', licence: 'MIT', source: 'made here', colour: 'RGB', mean: halves, deviation: halves, ...more };
}

it.each([
	[128, 1],
	[512, 'N'],
])('takes in a network of %d numbers and %s pictures, known to every store opened after', async (outputs, batch) => {
	const bytes = arcFaceShaped(outputs, { batch });
	writeFileSync(file, bytes);
	const added = await models().add(order());
	expect(added).toMatchObject({ name: 'tiny', dimension: outputs, detector: 'yunet', advice: 'own' });
	expect(readFileSync(join(dir, 'models', 'tiny.onnx')).equals(bytes)).toBe(true);
	expect(await models().recogniser('tiny')).toEqual(added);
	expect(await models().needs('tiny')).toEqual(['yunet', 'tiny']);
	expect(await models().verify('tiny')).toMatchObject([{ state: 'ok', model: { origin: { kind: 'added' }, licence: 'MIT' } }]);
	await expect(models().add(order())).rejects.toThrow(/called tiny already/);
	await expect(models().add(order({ name: 'yunet' }))).rejects.toThrow(/called yunet already/);
});

it('gives other files and other pixels other descriptors', async () => {
	writeFileSync(file, arcFaceShaped(64));
	const ids = new Set<string>();
	for (const more of [{}, { colour: 'BGR' as const }, { mean: [0, 0, 0] as const }]) {
		ids.add((await models().add(order(more))).modelId);
		await models().remove('tiny');
	}
	writeFileSync(file, arcFaceShaped(65));
	ids.add((await models().add(order())).modelId);
	expect(ids.size).toBe(4);
	expect([...ids].every((id) => /^tiny-[0-9a-f]{8}\/fp32\/a1$/.test(id))).toBe(true);
});

describe('is refused by name, and leaves nothing', () => {
	const files: [string, Uint8Array | string, RegExp][] = [
		['a text', 'not a network', /ONNX Runtime cannot load it/],
		['nothing', '', /ONNX Runtime cannot load it/],
		['a web page', '<!doctype html><title>Sign in</title>', /it is a web page/],
		['a file that is cut off', arcFaceShaped(512).subarray(0, 5000), /ONNX Runtime cannot load it/],
		['a network of another input', arcFaceShaped(128, { side: 160 }), /1 x 3 x 112 x 112 but float32 1x?.*160/],
		['one with too few numbers', arcFaceShaped(2), /it answers 2 numbers a face/],
		['one that tells nothing apart', arcFaceShaped(128, { mix: false }), /tells nothing apart/],
	];
	it.each(files)('%s', async (_, content, reason) => {
		writeFileSync(file, content);
		const refused = models().add(order());
		await expect(refused).rejects.toThrow(reason);
		await expect(refused).rejects.toMatchObject({ name: 'ModelError', message: expect.stringContaining('given.onnx cannot be used') });
		expect(readdirSync(dir)).toEqual(['given.onnx']);
	});

	it('a file that is not there, and a name that is none', async () => {
		await expect(models().add(order())).rejects.toThrow(/given\.onnx.*ENOENT/);
		writeFileSync(file, arcFaceShaped(128));
		await expect(models().add(order({ name: '../x' }))).rejects.toThrow(/not what it should be.*name/s);
		expect(readdirSync(dir)).toEqual(['given.onnx']);
	});
});

it('is removed with its file, but not while it is in use, nor one that was not added', async () => {
	writeFileSync(file, arcFaceShaped(128));
	await models().add(order());
	await expect(models().remove('sface')).rejects.toThrow(/sface was not added here/);
	writeFileSync(join(dir, 'models', 'active.json'), '{"recogniser":"tiny"}');
	await expect(models().remove('tiny')).rejects.toThrow(/tiny is in use/);
	await models().use('face-api');
	await models().remove('tiny');
	expect(readdirSync(join(dir, 'models')).sort()).toEqual(['active.json', 'added.json']);
	await expect(models().recogniser('tiny')).rejects.toThrow(/no recogniser called tiny/);
});

it('says so where what was added cannot be read', async () => {
	writeFileSync(file, arcFaceShaped(128));
	await models().add(order());
	writeFileSync(join(dir, 'models', 'added.json'), '{"models":');
	await expect(models().recognisers()).rejects.toThrow(/added\.json is damaged/);
});

it.skipIf(!testdata)('added with the settings of MobileFaceNet it is MobileFaceNet, but for the points', async () => {
	const store = await modelsForTests(testdata);
	const real = openModelStore({ dir: store.dir });
	await real.add(
		order({
			...{ file: await real.ensure('mobilefacenet'), name: 'mine' },
			...{ mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] },
		}),
	);
	const engine = await createFaceEngine({ recogniser: 'mine', models: real });
	expect(engine).toMatchObject({ descriptorLength: 128, metric: 'cosine' });
	await engine.stop();
	store.remove();
});
