import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RecogniserChange } from '../../../edge-agent/contract/setup.api.js';
import { RecogniserChanges } from '../../../edge-agent/setup/recogniser-change.js';
import { recogniserViews } from '../../../edge-agent/setup/recognisers.js';
import { type Catalogue, shippedCatalogue } from '../../../models/catalogue.js';
import { openModelStore } from '../../../models/model-store.js';
import { arcFaceShaped } from '../models/arcface-shaped.js';

let dir: string;
let server: Server;
let answer: RequestListener;

/** What the server has in place of the networks. */
const contentOf = (name: string) => Buffer.from(`the weights of ${name}`.repeat(5000));

beforeEach(async () => {
	dir = mkdtempSync(join(tmpdir(), 'recogniser-change-'));
	answer = (request, response) => response.end(contentOf(request.url?.slice(1) ?? ''));
	server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterEach(() => {
	server.closeAllConnections();
	server.close();
	rmSync(dir, { recursive: true });
});

/** models.json with small files of our own, which the server has. MobileFaceNet's is published nowhere. */
function catalogue(): Catalogue {
	const { port } = server.address() as AddressInfo;
	const { models, recognisers } = shippedCatalogue();
	const small = models.map((model) => {
		if (model.origin.kind !== 'fetched') return model;
		const content = contentOf(model.name);
		const url = model.origin.url && `http://127.0.0.1:${port}/${model.name}`;
		return {
			...model,
			origin: { ...model.origin, url },
			bytes: content.length,
			sha256: createHash('sha256').update(content).digest('hex'),
		};
	});
	return { models: small, recognisers };
}

const store = () => openModelStore({ dir: join(dir, 'models'), catalogue: catalogue() });

function open(): RecogniserChanges {
	return new RecogniserChanges({
		...{ modelsDir: join(dir, 'models'), threshold: null },
		openModels: (onProgress) => openModelStore({ dir: join(dir, 'models'), catalogue: catalogue(), onProgress }),
	});
}

async function ended(changes: RecogniserChanges): Promise<RecogniserChange> {
	return vi.waitFor(
		() => {
			const { change } = changes;
			if (!change || change.state === 'fetching') throw new Error('it still runs');
			return change;
		},
		{ timeout: 10_000, interval: 20 },
	);
}

it('fetches what a recogniser needs and chooses it, and says how far it is', async () => {
	const changes = open();
	expect(changes.change).toBeNull();
	expect(changes.begin({ name: 'sface' })).toMatchObject({ name: 'sface', state: 'fetching', network: null });
	// One at a time: the other is told what runs.
	expect(changes.begin({ name: 'face-api' })).toMatchObject({ name: 'sface' });
	expect(await ended(changes)).toMatchObject({ state: 'done', network: 'sface', bytes: contentOf('sface').length, fault: null });
	expect(await store().active()).toBe('sface');
	const [sface, mobilefacenet, faceApi] = await recogniserViews(store(), 'face-api');
	expect(sface).toMatchObject({ advice: 'recommended', active: true, running: false, installed: true, fetchBytes: 0 });
	expect(sface?.licences).toEqual(['MIT', 'Apache-2.0']);
	expect(mobilefacenet).toMatchObject({ installed: false, fetchable: false, fetchBytes: contentOf('mobilefacenet').length });
	expect(faceApi).toMatchObject({ advice: 'fallback', active: false, running: true, installed: true });
});

it('a break keeps what came, and trying again goes on', async () => {
	const changes = open();
	answer = (request, response) => {
		const content = contentOf(request.url?.slice(1) ?? '');
		response.writeHead(200, { 'content-length': content.length });
		response.write(content.subarray(0, 20_000), () => setTimeout(() => response.destroy(), 50));
	};
	changes.begin({ name: 'sface' });
	expect(await ended(changes)).toMatchObject({ state: 'failed', fault: 'interrupted', message: expect.stringContaining('20000 of') });
	const ranges: (string | undefined)[] = [];
	answer = (request, response) => {
		const content = contentOf(request.url?.slice(1) ?? '');
		const from = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
		ranges.push(request.headers.range);
		if (from > 0) response.writeHead(206, { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` });
		response.end(content.subarray(from));
	};
	changes.begin({ name: 'sface' });
	expect(await ended(changes)).toMatchObject({ state: 'done' });
	expect(ranges).toEqual(['bytes=20000-', undefined]);
});

it.each<[string, RequestListener]>([
	['refused', (_, response) => response.writeHead(403).end()],
	['wrong-file', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
])('says why it failed: %s', async (fault, listener) => {
	answer = listener;
	const changes = open();
	changes.begin({ name: 'sface' });
	expect(await ended(changes)).toMatchObject({ state: 'failed', fault });
	expect(await store().active()).toBe('face-api');
});

it('takes from a folder, and says what that lacks', async () => {
	const changes = open();
	const stick = join(dir, 'stick');
	changes.begin({ name: 'mobilefacenet', from: stick });
	expect(await ended(changes)).toMatchObject({ fault: 'bad-folder' });
	mkdirSync(stick);
	writeFileSync(join(stick, 'a.onnx'), contentOf('yunet'));
	writeFileSync(join(stick, 'b.onnx'), contentOf('mobilefacenet').subarray(0, 500));
	changes.begin({ name: 'mobilefacenet', from: stick });
	expect(await ended(changes)).toMatchObject({ fault: 'not-in-folder', message: expect.stringContaining('mobilefacenet') });
	writeFileSync(join(stick, 'b.onnx'), contentOf('mobilefacenet'));
	changes.begin({ name: 'mobilefacenet', from: stick });
	expect(await ended(changes)).toMatchObject({ state: 'done' });
	expect(await store().active()).toBe('mobilefacenet');
	changes.begin({ name: 'facenet' });
	expect(await ended(changes)).toMatchObject({ fault: 'other', message: expect.stringContaining('no recogniser called facenet') });
});

it('nobody publishes it, or it is not calibrated', async () => {
	const changes = open();
	changes.begin({ name: 'mobilefacenet' });
	expect(await ended(changes)).toMatchObject({ fault: 'no-address' });
	const file = join(dir, 'own.onnx');
	writeFileSync(file, arcFaceShaped(64));
	const plain = [0, 0, 0] as const;
	await store().add({ file, name: 'own', licence: 'MIT', source: 'made here', colour: 'RGB', mean: plain, deviation: [1, 1, 1] });
	changes.begin({ name: 'own' });
	expect(await ended(changes)).toMatchObject({ fault: 'not-calibrated', message: expect.stringContaining('calibrate thresholds') });
});

it('stops at once, and the next one goes on', async () => {
	const changes = open();
	answer = (request, response) => {
		const content = contentOf(request.url?.slice(1) ?? '');
		response.writeHead(200, { 'content-length': content.length });
		response.write(content.subarray(0, 20_000));
	};
	changes.begin({ name: 'sface' });
	await vi.waitFor(() =>
		expect(existsSync(join(dir, 'models', 'yunet.onnx.part')) && statSync(join(dir, 'models', 'yunet.onnx.part')).size).toBe(20_000),
	);
	await changes.stop();
	expect(changes.change).toMatchObject({ state: 'failed', fault: 'interrupted', message: expect.stringContaining('the agent stops') });
	expect(statSync(join(dir, 'models', 'yunet.onnx.part')).size).toBe(20_000);
});
