import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeClip, RtspServer, type RtspServerOptions } from '../../rtsp/rtsp-server.js';
import { buildModels } from '../agent/agent.js';
import { Command, childrenOf, processes } from './command.js';

// Whole programs start here, several a test.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const password = "pa s@s/wör'd";
const written = encodeURIComponent(password);
const spellings = [password, written, encodeURI(password), "w%C3%B6r'd", Buffer.from(`admin:${password}`).toString('base64')];

let folder: string;
let clip: string;
let data: string;
let servers: RtspServer[] = [];
let watches: Command[] = [];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'showroom-watch-'));
	clip = await makeClip(folder, 'clip', { codec: 'h264', width: 640, height: 360, seconds: 4, gop: 25 });
	data = join(folder, 'data');
	await buildModels(join(data, 'models'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
	await Promise.all([...watches.map((watch) => watch.kill('SIGKILL')), ...servers.map((server) => server.stop())]);
	watches = [];
	servers = [];
});

async function serve(options: Partial<RtspServerOptions> = {}): Promise<RtspServer> {
	const server = await RtspServer.start({ mounts: { door: [clip] }, ...options });
	servers.push(server);
	return server;
}

/** `showroom watch -` with the address on stdin. */
function watchSecretly(address: string): Command {
	const command = new Command(['watch', '-', '--json', '--data', data], { input: `${address}\nnothing more is read\n` });
	watches.push(command);
	return command;
}

/** Its camera gives pictures: its ffmpeg has been using the processor. */
async function looking(watch: Command, ms: number): Promise<void> {
	for (const deadline = Date.now() + ms; childrenOf(watch.pid).filter(({ name }) => name === 'ffmpeg').length === 0; await wait(20))
		if (Date.now() > deadline) throw new Error(`no ffmpeg within ${ms} ms:\n${watch.err}`);
}

function expectNoPassword(watch: Command): void {
	const told = [watch.out, watch.err, ...processes().map(({ commandLine }) => commandLine)];
	for (const spelling of spellings) expect(told.filter((text) => text.includes(spelling))).toEqual([]);
}

interface Summary {
	readonly summary: { readonly frames: number; readonly dropped: number; readonly crossings: number };
}

it('reads a camera whose address comes over stdin, shows its password nowhere, and sums up on Ctrl+C', async () => {
	const server = await serve({ auth: { method: 'digest', user: 'admin', password } });
	const watch = watchSecretly(server.url('door', `admin:${written}`));
	await looking(watch, 20_000);
	expectNoPassword(watch);
	await wait(3000);
	expect(await watch.ctrlC()).toBe(0);
	expectNoPassword(watch);
	expect(watch.err).toBe('');
	const [{ summary }] = watch.json<Summary>() as [Summary];
	expect(summary.frames).toBeGreaterThan(5);
	expect(processes().filter(({ parent, name }) => parent === watch.pid && name === 'ffmpeg')).toEqual([]);
});

it('takes a password given as an argument out of the process list soon', async () => {
	const watch = new Command(['watch', `rtsp://admin:${written}@127.0.0.1:9/door`, '--data', data]);
	watches.push(watch);
	await watch.says('does not answer', 20_000);
	expectNoPassword(watch);
});

it('has a message of its own for a wrong password, an absent host, a missing stream and a stalled one', async () => {
	const locked = await serve({ auth: { method: 'basic', user: 'admin', password: 'another' } });
	const open = await serve();
	const wrong = watchSecretly(locked.url('door', `admin:${written}`));
	const absent = watchSecretly(`rtsp://admin:${written}@127.0.0.1:9/door`);
	const unnamed = watchSecretly(`rtsp://admin:${written}@no-such-host.invalid/door`);
	const missing = watchSecretly(open.url('window'));
	await wrong.says(/refuses the user name or the password.*the next try is in a minute/, 30_000);
	await absent.says(/127\.0\.0\.1:9\/door does not answer\..*Connection refused/, 30_000);
	await unnamed.says(/no-such-host\.invalid\/door does not answer/, 30_000);
	await missing.says(/has no such stream\. Correct the path/, 30_000);
	for (const watch of [wrong, absent, unnamed, missing]) {
		expectNoPassword(watch);
		expect(watch.err).not.toMatch(/\n\s+at /);
		// A camera may come back: it is tried on until somebody stops it.
		expect(watch.running).toBe(true);
		expect(await watch.kill('SIGTERM')).toBe(0);
	}
	const stalled = watchSecretly(open.url('door'));
	await looking(stalled, 20_000);
	await wait(2000);
	open.toggleStall();
	await stalled.says('stopped sending pictures. Connecting again by itself.', 10_000);
	await stalled.says('answers but sends no pictures', 15_000);
});

it('goes on within 10 s after its server died and was started again', async () => {
	const server = await serve();
	const watch = watchSecretly(server.url('door'));
	await looking(watch, 20_000);
	await wait(2000);
	await server.stop();
	await watch.says('does not answer', 8000);
	await wait(2000);
	await serve({ port: server.port });
	const startedMs = Date.now();
	await watch.says('the pictures are back', 10_000);
	console.info(`pictures ${Date.now() - startedMs} ms after the server was back`);
	await wait(1000);
	expect(await watch.ctrlC()).toBe(0);
	const [{ summary }] = watch.json<Summary>() as [Summary];
	expect(summary.frames).toBeGreaterThan(10);
	expect(watch.err).not.toMatch(/\n\s+at /);
});
