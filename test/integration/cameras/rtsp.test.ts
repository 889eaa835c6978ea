import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Cameras } from '../../../edge-agent/cameras/cameras.js';
import { monotonicMs } from '../../../edge-agent/clock.js';
import { makeClip, RtspServer, type RtspServerOptions } from '../../rtsp/rtsp-server.js';
import { processes, type Watched, watch } from './watching.js';

const password = "pa s@s/wör'd";
const written = encodeURIComponent(password);
let folder: string;
let clip: string;
let small: string;
let long: string;
let cameras: Cameras;
const servers: RtspServer[] = [];

async function serve(options: RtspServerOptions): Promise<RtspServer> {
	const server = await RtspServer.start(options);
	servers.push(server);
	return server;
}

const live = (url: string, id = 'door') => ({ id, url, rate: 25, pace: 'live' as const });

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'cameras-'));
	clip = await makeClip(folder, 'clip', { codec: 'h264', width: 640, height: 360, seconds: 4, gop: 50 });
	small = await makeClip(folder, 'small', { codec: 'h264', width: 320, height: 240, seconds: 2, gop: 25 });
	long = await makeClip(folder, 'long', { codec: 'h265', width: 640, height: 360, seconds: 8, gop: 100 });
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
	cameras = new Cameras({});
	await cameras.start();
});
afterEach(async () => {
	await cameras.stop();
	await Promise.all(servers.splice(0).map((server) => server.stop()));
	expect(processes().ownFfmpegs).toEqual([]);
});

/** Nothing that was reported, and no process, names the password in any spelling. */
function expectNoPassword(watched: Watched): void {
	const spellings = [password, written, encodeURI(password), "w%C3%B6r'd", Buffer.from(`admin:${password}`).toString('base64')];
	const told = watched.reports.map((report) => report.message ?? '').concat(processes().commandLines);
	for (const spelling of spellings) expect(told.filter((text) => text.includes(spelling))).toEqual([]);
}

it('reads a camera over TCP, at no more than its rate, and reports its decoder', async () => {
	const server = await serve({ mounts: { door: [clip] } });
	const watched = await watch(cameras, { ...live(server.url('door')), rate: 10 });
	await watched.until(() => watched.frames.length > 30, 15_000, '30 frames');
	expect(server.transports).toEqual(['TCP']);
	expect(watched.memories).toHaveLength(1);
	expect(watched.sourceFps).toBe(25);
	const settled = watched.frames.slice(-20);
	const seconds = ((settled.at(-1)?.mediaMs ?? 0) - (settled[0]?.mediaMs ?? 0)) / 1000;
	expect(19 / seconds).toBeGreaterThan(8.5);
	expect(19 / seconds).toBeLessThan(11.5);
	await watched.until(() => (watched.reports.at(-1)?.decoderCpuSeconds ?? 0) > 0, 3000, 'CPU seconds');
	expect(watched.reports[0]).toMatchObject({ state: 'connecting', reason: null });
	expect(watched.state()).toBe('live');
});

it('comes back by itself after the server died and started again', async () => {
	const server = await serve({ mounts: { door: [clip] } });
	const watched = await watch(cameras, live(server.url('door')));
	await watched.until(() => watched.frames.length > 10, 15_000, 'frames');
	await server.stop();
	await watched.until(() => watched.state() === 'retrying', 6000, 'retrying');
	expect(watched.reports.at(-1)).toMatchObject({ reason: 'unreachable', message: expect.stringContaining('does not answer') });
	await new Promise((resolve) => setTimeout(resolve, 3000));
	const before = watched.frames.length;
	await serve({ mounts: { door: [clip] }, port: server.port });
	const startedMs = monotonicMs();
	await watched.until(() => watched.frames.length > before, 10_000, 'frames again');
	console.info(`resumed ${Math.round(monotonicMs() - startedMs)} ms after the server`);
	expect(watched.memories).toHaveLength(1);
	await watched.until(() => watched.state() === 'live', 1000, 'live');
	expect(watched.reports.at(-1)?.reason).toBeNull();
	const seqs = watched.frames.map((frame) => frame.seq);
	expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
	const times = watched.frames.map((frame) => frame.mediaMs);
	expect(times).toEqual([...times].sort((a, b) => a - b));
});

describe.each(['basic', 'digest'] as const)('%s authentication', (method) => {
	const auth = { method, user: 'admin', password };

	it('lets the right password in and shows it nowhere', async () => {
		const server = await serve({ mounts: { door: [clip] }, auth });
		const watched = await watch(cameras, live(server.url('door', `admin:${written}`)));
		await watched.until(() => watched.frames.length > 3, 15_000, 'frames');
		expect(processes().commandLines.some((line) => line.includes('rawvideo'))).toBe(true);
		expectNoPassword(watched);
	});

	it('says that the password is wrong, and waits a minute', async () => {
		const server = await serve({ mounts: { door: [clip] }, auth: { ...auth, password: 'another' } });
		const watched = await watch(cameras, live(server.url('door', `admin:${written}`)));
		await watched.untilReason('unauthorised', 8000);
		expect(watched.reports.at(-1)?.message).toMatch(/refuses the user name or the password/);
		expectNoPassword(watched);
		await new Promise((resolve) => setTimeout(resolve, 2500));
		expect(watched.reports.filter((report) => report.state === 'connecting')).toHaveLength(1);
	});
});

it('tells a closed port, a host that never answers and a missing stream apart', async () => {
	const server = await serve({ mounts: { door: [clip] } });
	const silent = createServer(() => {}).listen(0, '127.0.0.1');
	await once(silent, 'listening');
	const address = silent.address();
	const silentPort = typeof address === 'object' ? address?.port : 0;
	const [closed, hole, missing, unnamed] = await Promise.all([
		watch(cameras, live('rtsp://127.0.0.1:9/door', 'closed')),
		watch(cameras, live(`rtsp://admin:${written}@127.0.0.1:${silentPort}/door`, 'hole')),
		watch(cameras, live(server.url('window'), 'missing')),
		watch(cameras, live('rtsp://no-such-host.invalid/door', 'unnamed')),
	]);
	await closed.untilReason('unreachable', 5000);
	expect(closed.reports.at(-1)?.message).toContain('Connection refused');
	await missing.untilReason('not-found', 5000);
	expect(missing.reports.at(-1)?.message).toContain('no such stream');
	await unnamed.untilReason('unreachable', 8000);
	expect(unnamed.reports.at(-1)?.message).toContain('resolve');
	await hole.untilReason('unreachable', 13_000);
	expect(hole.reports.at(-1)?.message).toContain('takes the connection, then says nothing');
	expectNoPassword(hole);
	silent.close();
});

it('notices stopped pictures within 5 s, says why it cannot come back, and comes back', async () => {
	const server = await serve({ mounts: { door: [clip] } });
	const watched = await watch(cameras, live(server.url('door')));
	await watched.until(() => watched.frames.length > 5, 15_000, 'frames');
	server.toggleStall();
	const stalledMs = monotonicMs();
	await watched.untilReason('stalled', 6000);
	expect(monotonicMs() - stalledMs).toBeLessThan(5500);
	expect(watched.reports.some((report) => report.state === 'stalled')).toBe(true);
	await watched.untilReason('no-frames', 13_000);
	server.toggleStall();
	const before = watched.frames.length;
	await watched.until(() => watched.frames.length > before, 10_000, 'frames again');
}, 45_000);

it('notices a frozen server, and comes back when it thaws', async () => {
	const server = await serve({ mounts: { door: [clip] } });
	const watched = await watch(cameras, live(server.url('door')));
	await watched.until(() => watched.frames.length > 5, 15_000, 'frames');
	server.freeze();
	await watched.untilReason('stalled', 6000);
	await watched.untilReason('unreachable', 13_000);
	server.thaw();
	const before = watched.frames.length;
	await watched.until(() => watched.frames.length > before, 10_000, 'frames again');
}, 45_000);

it('kills an ffmpeg that is frozen itself, and starts another', async () => {
	const server = await serve({ mounts: { door: [clip] } });
	const watched = await watch(cameras, live(server.url('door')));
	await watched.until(() => watched.frames.length > 5, 15_000, 'frames');
	const [frozen] = processes().ownFfmpegs;
	if (frozen === undefined) throw new Error('no ffmpeg');
	process.kill(frozen, 'SIGSTOP');
	await watched.untilReason('stalled', 6000);
	const before = watched.frames.length;
	await watched.until(() => watched.frames.length > before, 10_000, 'frames again');
	expect(processes().ownFfmpegs).not.toContain(frozen);
});

it('announces new memory when the picture changes its size, and reads it whole', async () => {
	const server = await serve({ mounts: { door: [small, clip] } });
	const watched = await watch(cameras, live(server.url('door')), (data) => data.length);
	await watched.until(() => watched.memories.length > 2, 20_000, 'three sizes');
	expect(watched.memories.slice(0, 3).map(({ width, height }) => `${width}x${height}`)).toEqual(['320x240', '640x360', '320x240']);
	for (const frame of watched.frames) expect(frame.look).toBe((frame.width * frame.height * 3) / 2);
});

it('shows no rubbish when it joins in the middle of a group of pictures', async () => {
	const server = await serve({ mounts: { door: [long] } });
	// Grey rubbish is flat; the test picture is not.
	const contrast = (data: Uint8Array, width: number, height: number) => {
		let sum = 0;
		for (let i = 0; i < width * height; i += 64) sum += Math.abs((data[i] ?? 0) - 128);
		return (sum * 64) / (width * height);
	};
	const first = await watch(cameras, live(server.url('door'), 'first'), contrast);
	await first.until(() => first.frames.length > 30, 15_000, 'frames');
	const second = await watch(cameras, live(server.url('door'), 'second'), contrast);
	await second.until(() => second.frames.length > 50, 15_000, 'frames');
	for (const frame of second.frames) expect(frame.look).toBeGreaterThan(35);
});

it('runs four cameras at once and leaves no child', async () => {
	const server = await serve({ mounts: { a: [clip], b: [clip], c: [clip], d: [clip] } });
	const four = await Promise.all(['a', 'b', 'c', 'd'].map((mount) => watch(cameras, { ...live(server.url(mount), mount), rate: 10 })));
	for (const watched of four) await watched.until(() => watched.frames.length > 10, 20_000, 'frames');
	expect(processes().ownFfmpegs).toHaveLength(4);
	await cameras.close('a');
	expect(processes().ownFfmpegs).toHaveLength(3);
	expect(four[0]?.state()).toBe('stopped');
	await cameras.stop();
	expect(processes().ownFfmpegs).toEqual([]);
});

it('leaves no ffmpeg behind when the agent is killed with -9', async () => {
	const server = await serve({ mounts: { door: [clip] } });
	const room = pathToFileURL(join(import.meta.dirname, '../../../dist/edge-agent/cameras/cameras.js')).href;
	const script = join(folder, 'agent.mjs');
	writeFileSync(
		script,
		`import { Cameras } from ${JSON.stringify(room)};
		const cameras = new Cameras({});
		await cameras.start();
		cameras.onReport((report) => console.log(report.state));
		await cameras.open({ id: 'door', url: ${JSON.stringify(server.url('door'))}, rate: 5, pace: 'live' }, new MessageChannel().port2);`,
	);
	const agent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
	let told = '';
	agent.stdout.on('data', (chunk) => {
		told += chunk;
	});
	for (let i = 0; i < 150 && !told.includes('live'); i++) await new Promise((resolve) => setTimeout(resolve, 100));
	const child = execFileSync('pgrep', ['-P', `${agent.pid}`, 'ffmpeg'])
		.toString()
		.trim();
	expect(child).toMatch(/^\d+$/);
	agent.kill('SIGKILL');
	const gone = () => {
		try {
			process.kill(Number(child), 0);
			return false;
		} catch {
			return true;
		}
	};
	for (let i = 0; i < 50 && !gone(); i++) await new Promise((resolve) => setTimeout(resolve, 100));
	expect(gone()).toBe(true);
});
