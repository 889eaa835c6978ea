import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Catalogue, shippedCatalogue } from '../../../models/catalogue.js';
import { type ModelProgress, openModelStore } from '../../../models/model-store.js';

const content = Buffer.alloc(300_000, 'weights ').map((byte, i) => byte ^ (i >> 8));
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
	server?.closeAllConnections();
	server?.close();
	server = createServer(listener).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

function catalogueAt(url: string | null): Catalogue {
	const { models, recognisers } = shippedCatalogue();
	const sha256 = createHash('sha256').update(content).digest('hex');
	return {
		models: models.map((model) =>
			model.name === 'sface' ? { ...model, bytes: content.length, sha256, origin: { kind: 'fetched', url } } : model,
		),
		recognisers,
	};
}

async function fetchWith(listener: RequestListener, silenceMs?: number, onProgress?: (progress: ModelProgress) => void): Promise<string> {
	const port = await serve(listener);
	const catalogue = catalogueAt(`http://127.0.0.1:${port}/sface.onnx`);
	return openModelStore({ dir, catalogue, ...(onProgress && { onProgress }) }).fetch('sface', { silenceMs });
}

const part = () => readFileSync(join(dir, 'sface.onnx.part'));
const whole = (path: string) => readFileSync(path).equals(content);

/** A server that knows ranges, and breaks the connection after so many bytes of an answer (0: never). Notes what it was asked for. */
function ranges(asked: (string | undefined)[], breakAfter = 0): RequestListener {
	return (request, response) => {
		asked.push(request.headers.range);
		const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
		const headers = { 'content-length': content.length - from };
		if (from > 0) response.writeHead(206, { ...headers, 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` });
		else response.writeHead(200, headers);
		if (breakAfter === 0) response.end(content.subarray(from));
		else response.write(content.subarray(from, from + breakAfter), () => setTimeout(() => response.destroy(), 50));
	};
}

const plain = (_: IncomingMessage, response: Parameters<RequestListener>[1]) => response.end(content);

it('brings the file, following the server elsewhere, and tells how far it is', async () => {
	const told: ModelProgress[] = [];
	const path = await fetchWith(
		(request, response) => {
			if (request.url === '/sface.onnx') response.writeHead(302, { location: '/elsewhere' }).end();
			else response.end(content);
		},
		undefined,
		(progress) => told.push(progress),
	);
	expect(whole(path)).toBe(true);
	expect(readdirSync(dir)).toEqual(['sface.onnx']);
	expect(told.at(-2)).toMatchObject({
		fetched: { bytes: 300_000, of: 300_000 },
		message: expect.stringMatching(/sface: 100 % \(0\.3 of 0\.3 MB/),
	});
});

describe('what came is kept', () => {
	const failures: [string, RequestListener, RegExp][] = [
		['a connection that breaks', ranges([], 100_000), /could not be fetched: .*100000 of 300000 bytes are kept/s],
		[
			'a server that falls silent',
			(_, response) => {
				response.writeHead(200, { 'content-length': content.length });
				response.write(content.subarray(0, 100_000));
			},
			/nothing came for 0.3 s/,
		],
		[
			'an answer without a length that ends too early',
			(_, response) => {
				response.writeHead(200, { 'transfer-encoding': 'chunked' });
				response.end(content.subarray(0, 100_000));
			},
			/it broke off after 100000 of 300000 bytes/,
		],
	];
	it.each(failures)('after %s, and continued', async (_, listener, reason) => {
		await expect(fetchWith(listener, 300)).rejects.toMatchObject({ fault: 'interrupted', message: expect.stringMatching(reason) });
		expect(readdirSync(dir)).toEqual(['sface.onnx.part']);
		expect(part().equals(content.subarray(0, 100_000))).toBe(true);

		const asked: (string | undefined)[] = [];
		expect(whole(await fetchWith(ranges(asked)))).toBe(true);
		expect(asked).toEqual(['bytes=100000-']);
		expect(readdirSync(dir)).toEqual(['sface.onnx']);
	});

	it('through as many breaks as it takes', async () => {
		const asked: (string | undefined)[] = [];
		for (let broken = 0; broken < 2; broken++) await expect(fetchWith(ranges(asked, 120_000))).rejects.toThrow('are kept');
		expect(whole(await fetchWith(ranges(asked, 120_000)))).toBe(true);
		expect(asked).toEqual([undefined, 'bytes=120000-', 'bytes=240000-']);
	});

	it('while the server is away', async () => {
		await expect(fetchWith(ranges([], 100_000))).rejects.toThrow('are kept');
		await expect(fetchWith((_, response) => response.writeHead(503).end())).rejects.toMatchObject({ fault: 'refused' });
		expect(part().length).toBe(100_000);
	});
});

describe('it begins anew', () => {
	it('where the server knows no ranges', async () => {
		await expect(fetchWith(ranges([], 100_000))).rejects.toThrow('are kept');
		expect(whole(await fetchWith(plain))).toBe(true);
	});

	it('where what was kept is of another version', async () => {
		writeFileSync(join(dir, 'sface.onnx.part'), Buffer.alloc(100_000, 'older'));
		const asked: (string | undefined)[] = [];
		expect(whole(await fetchWith(ranges(asked)))).toBe(true);
		expect(asked).toEqual(['bytes=100000-', undefined]);
	});

	it.each([300_001, 300_000])('where as many bytes (%d) are kept, and wrong', async (bytes) => {
		writeFileSync(join(dir, 'sface.onnx.part'), Buffer.alloc(bytes, 'x'));
		const asked: (string | undefined)[] = [];
		expect(whole(await fetchWith(ranges(asked)))).toBe(true);
		expect(asked).toEqual([undefined]);
	});

	it('but asks nobody for what is there', async () => {
		writeFileSync(join(dir, 'sface.onnx.part'), content);
		const asked: (string | undefined)[] = [];
		expect(whole(await fetchWith(ranges(asked)))).toBe(true);
		expect(asked).toEqual([]);
	});
});

describe('another file is refused, and nothing of it kept', () => {
	const page = '<!doctype html><title>Sign in</title>';
	const wrong: [string, RequestListener, RegExp][] = [
		['of the same length', (_, response) => response.end(Buffer.alloc(content.length, 'x')), /its SHA-256 is wrong/],
		['longer', (_, response) => response.end(Buffer.concat([content, content])), /it is 600000 bytes long where 300000 are meant/],
		['cut off on the server', (_, response) => response.end(content.subarray(0, 1234)), /it is 1234 bytes long where 300000 are meant/],
		['a web page', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page), /sent a web page/],
		[
			'longer than the server knew',
			(_, response) => {
				response.writeHead(200, { 'transfer-encoding': 'chunked' });
				response.end(Buffer.concat([content, content]));
			},
			/it is longer than 300000 bytes/,
		],
	];
	it.each(wrong)('%s', async (_, listener, reason) => {
		const fetched = fetchWith(listener);
		await expect(fetched).rejects.toThrow(reason);
		await expect(fetched).rejects.toMatchObject({
			name: 'ModelError',
			fault: 'wrong-file',
			message: expect.stringContaining('models fetch --from FOLDER'),
		});
		expect(readdirSync(dir)).toEqual([]);
	});

	it('shorter than what was kept', async () => {
		await expect(fetchWith(ranges([], 100_000))).rejects.toThrow('are kept');
		await expect(fetchWith((_, response) => response.writeHead(416).end())).rejects.toThrow('another, shorter file');
		expect(readdirSync(dir)).toEqual([]);
	});
});

it('says so where nobody answers, or does not know it', async () => {
	const port = await serve(() => {});
	server?.close();
	const store = openModelStore({ dir, catalogue: catalogueAt(`http://127.0.0.1:${port}/sface.onnx`) });
	await expect(store.fetch('sface')).rejects.toMatchObject({ fault: 'unreachable', message: expect.stringContaining('ECONNREFUSED') });
	await expect(fetchWith((_, response) => response.writeHead(404).end('no'))).rejects.toThrow(/the server answered 404/);
	expect(readdirSync(dir)).toEqual([]);
});

it('keeps a whole file when a later download fails', async () => {
	await fetchWith(plain);
	await expect(fetchWith((_, response) => response.writeHead(500).end())).rejects.toThrow('500');
	expect(whole(join(dir, 'sface.onnx'))).toBe(true);
});

it('fetches once for two who ask', async () => {
	const asked: (string | undefined)[] = [];
	const port = await serve(ranges(asked));
	const store = openModelStore({ dir, catalogue: catalogueAt(`http://127.0.0.1:${port}/sface.onnx`) });
	const [one, two] = await Promise.all([store.fetch('sface'), store.fetch('sface')]);
	expect(one).toBe(two);
	expect(asked).toEqual([undefined]);
});

it('fetches neither what is built nor what nobody publishes', async () => {
	const store = openModelStore({ dir, catalogue: catalogueAt(null) });
	await expect(store.fetch('face-api-recogniser')).rejects.toThrow('is not fetched: it is built');
	await expect(store.fetch('sface')).rejects.toThrow(/no address to fetch sface from. Run `showroom models fetch --from FOLDER`/);
});
