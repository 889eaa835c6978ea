import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Catalogue, readCatalogue } from '../../../models/catalogue.js';
import { openModelStore } from '../../../models/model-store.js';

const content = Buffer.alloc(300_000, 'weights ');
let dir: string;
let server: Server | undefined;

beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'fetch-'));
});
afterEach(() => {
	server?.closeAllConnections();
	server?.close();
	rmSync(dir, { recursive: true });
});

async function serve(listener: RequestListener): Promise<number> {
	server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

function catalogueAt(url: string | null): Catalogue {
	const { models, needs } = readCatalogue();
	const sha256 = createHash('sha256').update(content).digest('hex');
	return {
		models: models.map((model) =>
			model.name === 'sface' ? { ...model, bytes: content.length, sha256, origin: { kind: 'fetched', url } } : model,
		),
		needs,
	};
}

async function fetchWith(listener: RequestListener, silenceMs?: number): Promise<string> {
	const port = await serve(listener);
	return openModelStore({ dir, catalogue: catalogueAt(`http://127.0.0.1:${port}/sface.onnx`) }).fetch('sface', silenceMs);
}

it('brings the file, following the server elsewhere', async () => {
	const path = await fetchWith((request, response) => {
		if (request.url === '/sface.onnx') response.writeHead(302, { location: '/elsewhere' }).end();
		else response.end(content);
	});
	expect(readFileSync(path).equals(content)).toBe(true);
	expect(readdirSync(dir)).toEqual(['sface.onnx']);
});

const failures: [string, RequestListener, RegExp][] = [
	['a server that does not know it', (_, response) => response.writeHead(404).end('no'), /the server answered 404/],
	['another file of the same length', (_, response) => response.end(Buffer.alloc(content.length, 'x')), /its SHA-256 is wrong/],
	['a longer file', (_, response) => response.end(Buffer.concat([content, content])), /it is longer than 300000 bytes/],
	['a shorter file', (_, response) => response.end(content.subarray(0, 1234)), /it broke off after 1234 of 300000 bytes/],
	[
		'a connection that breaks',
		(_, response) => {
			response.writeHead(200, { 'content-length': content.length });
			response.write(content.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50));
		},
		/could not be fetched: /,
	],
	[
		'a server that falls silent',
		(_, response) => {
			response.writeHead(200, { 'content-length': content.length });
			response.write(content.subarray(0, 1000));
		},
		/nothing came for 0.3 s/,
	],
];

it.each(failures)('leaves nothing behind after %s', async (_, listener, reason) => {
	const fetched = fetchWith(listener, 300);
	await expect(fetched).rejects.toThrow(reason);
	await expect(fetched).rejects.toMatchObject({ name: 'ModelError', message: expect.stringContaining('models fetch --from FOLDER') });
	expect(readdirSync(dir)).toEqual([]);
});

it('says so where nobody answers', async () => {
	const port = await serve(() => {});
	server?.close();
	await expect(openModelStore({ dir, catalogue: catalogueAt(`http://127.0.0.1:${port}/sface.onnx`) }).fetch('sface')).rejects.toThrow(
		/ECONNREFUSED/,
	);
});

it('keeps a whole file when a later download fails', async () => {
	await fetchWith((_, response) => response.end(content));
	server?.close();
	await expect(fetchWith((_, response) => response.writeHead(500).end())).rejects.toThrow('500');
	expect(readFileSync(join(dir, 'sface.onnx')).equals(content)).toBe(true);
});

it('fetches neither what is built nor what nobody publishes', async () => {
	const store = openModelStore({ dir, catalogue: catalogueAt(null) });
	await expect(store.fetch('face-api-recogniser')).rejects.toThrow('is not fetched: it is built');
	await expect(store.fetch('sface')).rejects.toThrow(/no address to fetch sface from. Run `showroom models fetch --from FOLDER`/);
});
