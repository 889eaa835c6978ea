import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeClip, RtspServer } from '../../rtsp/rtsp-server.js';
import { Command, childrenOf, processes } from '../cli/command.js';
import { buildModels, checkInForm, Screen, Showroom, until } from './agent.js';

// Whole programs start here, several a test.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let modelsDir: string;
let showroom: Showroom;

beforeAll(async () => {
	modelsDir = mkdtempSync(join(tmpdir(), 'showroom-models-'));
	await buildModels(modelsDir);
});
afterAll(() => rmSync(modelsDir, { recursive: true, force: true }));
afterEach(() => showroom.remove());

/** Every file of a folder, as text of one byte a letter. */
function contents(folder: string): string {
	const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
	return files.map(({ name }) => readFileSync(join(folder, name), 'latin1')).join('\n');
}

it('SIGTERM: everything ends within 5 s, and until then no password of a camera was to be seen anywhere', async () => {
	showroom = await Showroom.make(modelsDir, { li: 'consultant' });
	const clip = await makeClip(join(showroom.dataDir, '..'), 'clip', { codec: 'h264', width: 320, height: 240, seconds: 2, gop: 25 });
	const password = 'gehe!m7391';
	const server = await RtspServer.start({ mounts: { door: [clip] }, auth: { method: 'digest', user: 'admin', password } });
	try {
		const login = (secret: string) => `admin:${encodeURIComponent(secret)}`;
		const absent = 'rtsp://admin:gehe!m7391@127.0.0.1:9/door';
		const cameras = [server.url('door', login(password)), server.url('door', login('gehe!m7391-wrong')), absent].map((source, n) => {
			return { id: `camera-${n}`, name: `camera ${n}`, source };
		});
		showroom.configure({ cameras });
		const agent = await showroom.start();
		const heard: string[] = [];
		const headers = { cookie: showroom.cookie('li') };
		const socket = io(`${showroom.url}desk`, { transports: ['websocket'], extraHeaders: headers, auth: { device: 'd', after: 0 } });
		socket.onAny((...message) => heard.push(JSON.stringify(message)));
		await until(() => heard.some((message) => message.includes('"live"')), 15_000, 'the camera is live');
		await until(() => heard.some((message) => message.includes('"unauthorised"')), 15_000, 'the wrong password is refused');
		await until(() => heard.some((message) => message.includes('"unreachable"')), 15_000, 'the absent camera is missed');
		const answers = await Promise.all(
			['api/showroom', 'api/visits?from=0&to=1000', 'api/nothing'].map((path) => fetch(showroom.url + path, { headers })),
		);
		heard.push(...(await Promise.all(answers.map((answer) => answer.text()))));
		const commandLines = processes().map(({ commandLine }) => commandLine);
		expect(commandLines.some((line) => line.includes('rawvideo'))).toBe(true);
		const stored = contents(showroom.dataDir);
		expect(stored).toContain('camera.changed');
		const children = childrenOf(agent.pid).filter(({ name }) => name === 'ffmpeg');
		expect(children.length).toBeGreaterThan(0);

		const stopping = Date.now();
		expect(await agent.kill('SIGTERM')).toBe(0);
		console.info(`stopped within ${Date.now() - stopping} ms`);
		expect(Date.now() - stopping).toBeLessThan(5000);
		socket.disconnect();
		const left = new Set(processes().map(({ pid }) => pid));
		expect(children.filter(({ pid }) => left.has(pid))).toEqual([]);
		expect((await showroom.log()).map(({ type }) => type).at(-1)).toBe('agent.stopped');
		expect(agent.err).toContain('refuses the user name or the password');
		for (const text of [agent.err, agent.out, ...heard, ...commandLines, stored]) expect(text).not.toMatch(/gehe(!|%21)m7391/);
	} finally {
		await server.stop();
	}
});

it('SIGTERM while visitors check in: each answered check-in is in the log, before agent.stopped', async () => {
	showroom = await Showroom.make(modelsDir, { li: 'consultant' });
	const agent = await showroom.start();
	const screen = new Screen(showroom, 'li', true);
	await screen.connected();
	let ended = false;
	const answered: string[] = [];
	const visitors = Array.from({ length: 4 }, async () => {
		while (!ended) {
			const answer = await showroom.checkIn(checkInForm()).catch(() => null);
			if (answer) answered.push(answer.visit);
			else await new Promise((resolve) => setTimeout(resolve, 5));
		}
	});
	await until(() => answered.length > 10, 10_000, 'some have checked in');
	expect(await agent.kill('SIGTERM')).toBe(0);
	ended = true;
	await Promise.all(visitors);
	screen.close();
	const log = await showroom.log();
	expect(log.at(-1)?.type).toBe('agent.stopped');
	const opened = log.filter(({ type }) => type === 'visit.opened').map(({ subject }) => subject);
	for (const visit of answered) expect(opened).toContain(visit);
	expect(agent.err).not.toMatch(/\n\s+at /);
});

it('tells whoever starts a second agent on the same data, or another one on its port, who is in the way', async () => {
	showroom = await Showroom.make(modelsDir, {});
	const agent = await showroom.start();
	const second = new Command(['start', '--port', '0', '--data', showroom.dataDir]);
	expect(await second.end()).toBe(1);
	expect(second.err).toContain(`in use by a running agent (process ${agent.pid})`);
	const { port } = new URL(showroom.url);
	const other = new Command(['start', '--port', port, '--data', join(showroom.dataDir, '../other')]);
	expect(await other.end()).toBe(1);
	expect(other.err).toMatch(new RegExp(`Port ${port} .* is in use by another program.*--port`));
	expect(second.err + other.err).not.toMatch(/\n\s+at /);
});

it.each([
	['vision.worker', '', /a bug in this thread/],
	['vision.worker', '.quietly', /vision thread has ended by itself/],
	['cameras.worker', '', /a bug in this thread/],
	['cameras.worker', '.quietly', /cameras thread has ended by itself/],
	['log-writer.worker', '', /log-writer thread is not running \(a bug in this thread\)/],
	['log-reader.worker', '.quietly', /log-reader thread is not running/],
])('ends with a message, for its supervisor to start it again, when its thread %s dies%s', async (thread, how, message) => {
	showroom = await Showroom.make(modelsDir, { li: 'consultant' });
	const doom = join(showroom.dataDir, 'doom');
	const script = pathToFileURL(join(import.meta.dirname, 'doom.mjs')).href;
	const agent = await showroom.start({ env: { DOOMED: thread, DOOM: doom }, node: ['--import', script] });
	writeFileSync(`${doom}${how}`, '');
	expect(await agent.end()).toBe(1);
	expect(agent.err).toContain('start it again');
	expect(agent.err).toMatch(message);
	expect(await showroom.logFaults()).toBe('');
});
