import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { InferenceSession } from 'onnxruntime-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Catalogue, type Model, shippedCatalogue } from '../../../models/catalogue.js';
import { faceApiFolder } from '../../../models/face-api-weights.js';
import { openModelStore } from '../../../models/model-store.js';

const tiny = 'face-api-tiny-416x416';
let folder: string;
let dir: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'models-'));
	dir = join(folder, 'data/models');
});
afterEach(() => rmSync(folder, { recursive: true }));

function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** models.json with small files of our own in place of the fetched networks. */
function smallCatalogue(): { catalogue: Catalogue; contents: Map<string, Uint8Array> } {
	const { models, recognisers } = shippedCatalogue();
	const contents = new Map<string, Uint8Array>();
	const small = models.map((model): Model => {
		if (model.origin.kind === 'converted') return model;
		const bytes = Buffer.from(`the weights of ${model.name}`.repeat(50));
		contents.set(model.name, bytes);
		return { ...model, bytes: bytes.length, sha256: sha256(bytes) };
	});
	return { catalogue: { models: small, recognisers }, contents };
}

function contentOf(contents: Map<string, Uint8Array>, name: string): Uint8Array {
	const found = contents.get(name);
	if (found === undefined) throw new Error(`no content of ${name}`);
	return found;
}

describe('converted networks', () => {
	it('are built once, say so, and load', async () => {
		const messages: string[] = [];
		const store = openModelStore({ dir, onProgress: ({ model, message }) => messages.push(`${model}: ${message}`) });
		expect(existsSync(dir)).toBe(false);
		const paths = await Promise.all([store.ensure(tiny), store.ensure(tiny)]);
		expect(paths).toEqual([join(dir, `${tiny}.onnx`), join(dir, `${tiny}.onnx`)]);
		expect(messages).toEqual([`${tiny}: Building ${tiny} from face-api's weights`, `${tiny}: Built ${tiny}`]);
		const session = await InferenceSession.create(paths[0] ?? '');
		expect(session.outputNames).toEqual(['grid']);
		await session.release();

		await openModelStore({ dir }).ensure(tiny);
		expect(readdirSync(dir)).toEqual([`${tiny}.onnx`]);
	});

	it('are built anew whatever happened to their bytes', async () => {
		const store = openModelStore({ dir });
		const path = await store.ensure(tiny);
		const whole = readFileSync(path);
		const damage = fc.oneof(
			fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
			fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, change]) => {
				const bytes = Buffer.from(whole);
				bytes[at] = (bytes[at] ?? 0) ^ change;
				return bytes;
			}),
			fc.uint8Array({ maxLength: 2000 }).map((tail) => Buffer.concat([whole, Buffer.of(1), tail])),
		);
		await fc.assert(
			fc.asyncProperty(damage, async (bytes) => {
				writeFileSync(path, bytes);
				expect((await store.verify(tiny)).map(({ state }) => state)).toEqual(['damaged']);
				await store.ensure(tiny);
				expect(readFileSync(path).equals(whole)).toBe(true);
			}),
			{ numRuns: 5 },
		);
	});

	it('say what to do when the weights are not those that models.json describes', async () => {
		const weightsFolder = join(folder, 'weights');
		cpSync(faceApiFolder(), weightsFolder, { recursive: true });
		const shard = join(weightsFolder, 'tiny_face_detector_model.bin');
		const bytes = readFileSync(shard);
		bytes[1000] = (bytes[1000] ?? 0) ^ 1;
		writeFileSync(shard, bytes);
		const store = openModelStore({ dir, weightsFolder });
		await expect(store.ensure(tiny)).rejects.toThrow(/is not the file that models.json describes.*npm ci/);
		rmSync(shard);
		await expect(store.ensure(tiny)).rejects.toMatchObject({
			name: 'ModelError',
			message: expect.stringMatching(/cannot be read.*npm ci/),
		});
		expect(existsSync(join(dir, `${tiny}.onnx`))).toBe(false);
	});

	it('come out whole when three processes build at once and one of them is killed', async () => {
		const recogniser = 'face-api-recogniser-int8';
		const script = join(folder, 'build.mjs');
		const module = pathToFileURL(join(import.meta.dirname, '../../../dist/models/model-store.js')).href;
		writeFileSync(
			script,
			`import { openModelStore } from ${JSON.stringify(module)};
			process.stdout.write('started');
			await openModelStore({ dir: ${JSON.stringify(dir)} }).ensure('${recogniser}');`,
		);
		const children = [1, 2, 3].map(() => spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] }));
		const [first] = children;
		const codes = Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
		if (first?.stdout) await once(first.stdout, 'data');
		setTimeout(() => first?.kill('SIGKILL'), 250);
		expect((await codes).slice(1)).toEqual([0, 0]);
		expect((await openModelStore({ dir }).verify(recogniser))[0]?.state).toBe('ok');
	});

	it('are built without stopping the main thread', async () => {
		let longest = 0;
		let last = performance.now();
		const timer = setInterval(() => {
			longest = Math.max(longest, performance.now() - last);
			last = performance.now();
		}, 1);
		const cpuBefore = process.cpuUsage();
		const begun = performance.now();
		await openModelStore({ dir }).ensure('face-api-recogniser');
		clearInterval(timer);
		expect(process.cpuUsage(cpuBefore).user / 1000).toBeGreaterThan(50);
		// Busy neighbours delay timers too, so only a build on this very thread is certain to show.
		expect(longest).toBeLessThan((performance.now() - begun) / 2);
	});

	it('leave no old part of a crashed write, and touch no young one', async () => {
		mkdirSync(dir, { recursive: true });
		const [old, young] = ['old', 'young'].map((name) => join(dir, `${tiny}.onnx.${name}.part`)) as [string, string];
		for (const part of [old, young]) writeFileSync(part, 'half');
		utimesSync(old, new Date(Date.now() - 7_200_000), new Date(Date.now() - 7_200_000));
		await openModelStore({ dir }).ensure(tiny);
		expect(readdirSync(dir).sort()).toEqual([`${tiny}.onnx`, `${tiny}.onnx.young.part`]);
	});
});

describe('fetched networks', () => {
	it('say which command brings them', async () => {
		const store = openModelStore({ dir });
		await expect(store.ensure('sface')).rejects.toThrow(/sface is missing in .*showroom models fetch sface/);
		await expect(store.ensure('mobilefacenet')).rejects.toThrow(/Run `showroom models fetch --from FOLDER`.*b7120c09/);
		await expect(store.ensure('facenet')).rejects.toThrow(/no network called facenet. Known: face-api-recogniser/);
	});

	it('are taken from a folder under any name, and nothing else is', async () => {
		const { catalogue, contents } = smallCatalogue();
		const stick = join(folder, 'stick');
		mkdirSync(join(stick, 'from a friend/old'), { recursive: true });
		writeFileSync(join(stick, 'from a friend/old/model (1).bin'), contentOf(contents, 'yunet'));
		writeFileSync(join(stick, 'blob'), contentOf(contents, 'sface'));
		symlinkSync(join(stick, 'blob'), join(stick, 'a-link-to-sface.onnx'));
		writeFileSync(
			join(stick, 'mobilefacenet.onnx'),
			contentOf(contents, 'mobilefacenet').map((byte, i) => (i === 9 ? byte ^ 4 : byte)),
		);
		writeFileSync(join(stick, 'notes.txt'), 'nothing');

		const store = openModelStore({ dir, catalogue });
		const { taken, unknown } = await store.fetchFrom(stick);
		expect(taken).toEqual([
			{ name: 'sface', file: join(stick, 'a-link-to-sface.onnx') },
			{ name: 'yunet', file: join(stick, 'from a friend/old/model (1).bin') },
		]);
		expect(unknown).toEqual([join(stick, 'mobilefacenet.onnx')]);
		expect(readFileSync(await store.ensure('sface')).equals(contentOf(contents, 'sface'))).toBe(true);
		await expect(store.ensure('mobilefacenet')).rejects.toThrow('missing');
		await expect(store.fetchFrom(join(folder, 'nowhere'))).rejects.toThrow(/nowhere cannot be read/);
	});

	it('may be taken from where they already are', async () => {
		const { catalogue, contents } = smallCatalogue();
		mkdirSync(dir, { recursive: true });
		writeFileSync(join(dir, 'yunet.onnx'), contentOf(contents, 'yunet'));
		const store = openModelStore({ dir, catalogue });
		expect((await store.fetchFrom(dir)).taken.map(({ name }) => name)).toEqual(['yunet']);
		expect((await store.verify('yunet'))[0]?.state).toBe('ok');
	});

	const testdata = process.env.SHOWROOM_TESTDATA;
	it.skipIf(!testdata)('as published match models.json', async () => {
		const { taken } = await openModelStore({ dir }).fetchFrom(join(testdata ?? '', 'models'));
		expect(taken.map(({ name }) => name)).toEqual(expect.arrayContaining(['mobilefacenet', 'yunet']));
	});
});

describe("the store's own recogniser", () => {
	it("is face-api's until another is chosen, and stays chosen", async () => {
		const { catalogue, contents } = smallCatalogue();
		const store = openModelStore({ dir, catalogue });
		expect(await store.active()).toBe('face-api');
		await expect(store.use('sface')).rejects.toThrow(/sface cannot be used: the network yunet is missing.*models fetch yunet/);
		mkdirSync(dir, { recursive: true });
		for (const name of ['yunet', 'sface']) writeFileSync(join(dir, `${name}.onnx`), contentOf(contents, name));
		await store.use('sface');
		expect(await openModelStore({ dir, catalogue }).active()).toBe('sface');
		copyFileSync(join(dir, 'yunet.onnx'), join(dir, 'sface.onnx'));
		await expect(store.use('sface')).rejects.toThrow(/the network sface is damaged/);
		await store.use('face-api');
		expect(await store.active()).toBe('face-api');
	});

	it('is not guessed where the choice cannot be read', async () => {
		mkdirSync(dir, { recursive: true });
		for (const text of ['', '{"recogniser":', '{"recogniser":"other"}', 'null']) {
			writeFileSync(join(dir, 'active.json'), text);
			await expect(openModelStore({ dir }).active()).rejects.toThrow(/active.json is damaged: choose again/);
		}
	});
});
