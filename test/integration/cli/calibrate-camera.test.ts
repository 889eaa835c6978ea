import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { renderClip } from '../../../edge-agent/demo/clip.source.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import { enrolmentPhotos } from '../../../edge-agent/demo/photos.js';
import { createFaceEngine, type ModelSet } from '../../../edge-agent/vision/engine.js';
import { maskGrey } from '../../../edge-agent/vision/masks.js';
import { readPhoto } from '../../../edge-agent/vision/photo.source.js';
import type { FaceEngine } from '../../../edge-agent/vision/vision.types.js';
import { openModelStore } from '../../../models/model-store.js';
import { RtspServer } from '../../rtsp/rtsp-server.js';
import { buildModels } from '../agent/agent.js';
import { Command, childrenOf, processes, showroom } from './command.js';

// Whole programs start here.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const testdata = process.env.SHOWROOM_TESTDATA;

interface Answer {
	readonly source: string;
	readonly seconds: number;
	readonly frames: number;
	readonly faces: number;
	readonly passes: number;
	readonly readable: number;
	readonly criteria: Readonly<
		Record<string, { readonly measured: { readonly median: number }; readonly needed: object; readonly state: string }>
	>;
	readonly verdict: string;
	readonly words: { readonly zh: readonly string[]; readonly en: readonly string[] };
	readonly report: string;
}

/** The pictures in a report. */
function picturesIn(report: string): Buffer[] {
	return [...readFileSync(report, 'utf8').matchAll(/data:image\/jpeg;base64,([^"]+)/g)].map(([, data = '']) => Buffer.from(data, 'base64'));
}

/** How near each face in a picture is to the face on a photograph; the engine must find one there. */
async function distancesTo(engine: FaceEngine, photo: Uint8Array | string, picture: Uint8Array | string): Promise<number[]> {
	const facesOf = async (of: Uint8Array | string) => {
		const frame = await readPhoto(of);
		return (await engine.describe(frame, await engine.detect(frame))).flatMap((face) => (face ? [face.descriptor] : []));
	};
	const [one] = await facesOf(photo);
	if (!one) throw new Error('no face on the photograph');
	return (await facesOf(picture)).map((descriptor) => {
		const dot = descriptor.reduce((sum, value, i) => sum + value * (one[i] ?? 0), 0);
		return engine.metric === 'cosine' ? 1 - dot : Math.hypot(...descriptor.map((value, i) => value - (one[i] ?? 0)));
	});
}

const run = promisify(execFile);
const corners = (x1: number, y1: number, x2: number, y2: number) => [
	...[
		{ x: x1, y: y1 },
		{ x: x2, y: y1 },
	],
	...[
		{ x: x2, y: y2 },
		{ x: x1, y: y2 },
	],
];

let folder: string;
let data: string;

/** Runs the command with the settings of `showroom.yaml`. */
async function calibrate(clip: string, ...more: string[]): Promise<Answer> {
	const config = join(folder, 'showroom.yaml');
	const ran = await showroom(['calibrate', 'camera', clip, ...more, '--config', config, '--json', '--data', data]);
	expect(ran).toMatchObject({ code: 0, err: expect.not.stringMatching(/\n\s+at /) });
	return (ran.json<Answer>() as [Answer])[0];
}

/** The left quarter of the picture lies under a mask. */
async function expectMasked(picture: Buffer): Promise<void> {
	const { width = 0, height = 0 } = await sharp(picture).metadata();
	const masked = await sharp(picture)
		.extract({ left: 0, top: 0, width: Math.floor(width * 0.25), height })
		.toBuffer();
	for (const { mean, stdev } of (await sharp(masked).stats()).channels) {
		expect(mean).toBeCloseTo(maskGrey, -1);
		expect(stdev).toBeLessThan(2);
	}
}

async function frameAt(clip: string, second: number): Promise<Buffer> {
	const picture = join(folder, `at-${second}.png`);
	await run('ffmpeg', ['-v', 'error', '-y', '-ss', `${second}`, '-i', clip, '-frames:v', '1', picture]);
	return readFileSync(picture);
}

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'showroom-placement-'));
	data = join(folder, 'data');
	await buildModels(join(data, 'models'));
	writeFileSync(join(folder, 'showroom.yaml'), '{}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('calibrate camera, on drawn people', () => {
	/** Two people walk in, one behind the other. */
	let clip: string;
	let installer: string;
	let engine: FaceEngine;
	let stranger: string;
	/** Drawn faces are more alike than people's. */
	const threshold = 0.4;
	const nearestTo = async (photo: string, picture: Buffer) => Math.min(...(await distancesTo(engine, photo, picture)));

	beforeAll(async () => {
		const [first, second] = [persons[0], persons[5]];
		if (!first || !second) throw new Error('no drawn persons');
		const walk = { path: 'in', view: 'front', pace: 1, sway: 0.05, phase: 0 } as const;
		const film = {
			durationMs: 9000,
			actors: [
				{ look: first, walks: [{ ...walk, startMs: 0, lane: 0 }] },
				{ look: second, walks: [{ ...walk, startMs: 1800, lane: 40 }] },
			],
		};
		const options = { ffmpeg: 'ffmpeg', onProgress: () => {}, signal: new AbortController().signal, directory: folder };
		clip = await renderClip(film, 'two', options);
		installer = join(folder, 'installer.jpg');
		writeFileSync(installer, (await enrolmentPhotos(first))[0] ?? '');
		stranger = join(folder, 'stranger.jpg');
		writeFileSync(stranger, (await enrolmentPhotos(second))[0] ?? '');
		writeFileSync(join(folder, 'showroom.yaml'), JSON.stringify({ recognition: { threshold } }));
		engine = await createFaceEngine({ recogniser: 'face-api', models: openModelStore({ dir: join(data, 'models') }) });
	});
	afterAll(() => engine?.stop());

	it('measures, judges in words, and shows the installer in the report and nobody else', async () => {
		const answer = await calibrate(clip, '--installer', installer);
		expect(answer).toMatchObject({ source: clip, frames: 113, passes: 2, readable: 2, verdict: 'unknown' });
		expect(answer.criteria.eyes).toMatchObject({ needed: { least: 24 }, state: 'ok' });
		expect(answer.words.zh[0]).toContain('请从门口走进来 3 次以上（已看到 2 次）');
		// As the camera sees them both can be known.
		const frames = await Promise.all([6.5, 7.5, 8].map((second) => frameAt(clip, second)));
		expect(Math.min(...(await Promise.all(frames.map((frame) => nearestTo(stranger, frame)))))).toBeLessThan(threshold);
		const [picture, ...more] = picturesIn(answer.report) as [Buffer];
		expect(more).toEqual([]);
		expect(await distancesTo(engine, installer, picture)).toHaveLength(1);
		expect(await nearestTo(installer, picture)).toBeLessThan(threshold);
		expect(await nearestTo(stranger, picture)).toBeGreaterThan(threshold);
	});

	it('shows nobody where nobody has agreed, and no name of who has', async () => {
		const { report: nobody } = await calibrate(clip);
		expect(await distancesTo(engine, installer, (picturesIn(nobody) as [Buffer])[0])).toEqual([]);
		const person = join(folder, 'gallery', '李雷');
		mkdirSync(person, { recursive: true });
		copyFileSync(installer, join(person, 'one.jpg'));
		const { report } = await calibrate(clip, '--gallery', join(folder, 'gallery'));
		expect(await nearestTo(installer, (picturesIn(report) as [Buffer])[0])).toBeLessThan(threshold);
		expect(readFileSync(report, 'utf8')).not.toContain('李雷');
	});

	it('sees nothing under the masks that the store’s camera has, and compares nobody outside its zone', async () => {
		const door = { id: 'door', name: '大门', source: clip, masks: [corners(0, 0, 0.3, 1)], zone: corners(0.9, 0.9, 1, 1) };
		writeFileSync(join(folder, 'showroom.yaml'), JSON.stringify({ recognition: { threshold }, cameras: [door] }));
		const { report } = await calibrate(clip, '--installer', installer);
		const [picture] = picturesIn(report) as [Buffer];
		expect(await distancesTo(engine, installer, picture)).toEqual([]);
		await expectMasked(picture);
	});

	it('says what is wrong with a source or a photograph', async () => {
		const none = await showroom(['calibrate', 'camera', join(folder, 'none.mp4'), '--data', data]);
		expect(none).toMatchObject({ code: 1, out: '' });
		expect(none.err).toContain('none.mp4');
		const wall = join(folder, 'wall.png');
		await sharp({ create: { width: 320, height: 240, channels: 3, background: '#887' } }).toFile(wall);
		const faceless = await showroom(['calibrate', 'camera', clip, '--installer', wall, '--data', data]);
		expect(faceless).toMatchObject({ code: 1, out: '' });
		expect(faceless.err).toContain('shows no face that can be read');
	});

	it('looks at a camera until Ctrl+C, writes the report then, and its password nowhere', async () => {
		const stream = join(folder, 'two.h264');
		await run('ffmpeg', ['-v', 'error', '-i', clip, '-c:v', 'libx264', '-bf', '0', '-g', '25', '-preset', 'veryfast', stream]);
		const password = 'four quiet lanterns';
		const server = await RtspServer.start({ mounts: { door: [stream] }, auth: { method: 'digest', user: 'admin', password } });
		try {
			const address = server.url('door', `admin:${encodeURIComponent(password)}`);
			// The store's own camera, whose login is another there.
			const door = { id: 'door', name: '大门', source: server.url('door', 'viewer:other'), masks: [corners(0, 0, 0.3, 1)] };
			const config = join(folder, 'showroom.yaml');
			writeFileSync(config, JSON.stringify({ cameras: [door] }));
			const command = new Command(['calibrate', 'camera', '-', '--config', config, '--json', '--data', data], { input: `${address}\n` });
			await command.says(/[1-9]\d* faces, eyes \d+ px apart/, 60_000);
			const shown = processes().map(({ commandLine }) => commandLine);
			const children = childrenOf(command.pid);
			expect(await command.ctrlC()).toBe(0);
			const [answer] = command.json<Answer>() as [Answer];
			expect(answer.seconds).toBeGreaterThan(1);
			expect(answer.source).toBe(server.url('door'));
			expect(answer.criteria.rate?.measured.median).toBeGreaterThan(0.8);
			await expectMasked((picturesIn(answer.report) as [Buffer])[0]);
			for (const text of [...shown, command.out, command.err, readFileSync(answer.report, 'utf8')])
				expect(text.includes(password) || text.includes(encodeURIComponent(password))).toBe(false);
			const left = new Set(processes().map(({ pid }) => pid));
			expect(children.filter(({ pid }) => left.has(pid))).toEqual([]);
		} finally {
			await server.stop();
		}
	});
});

describe.skipIf(!testdata)('calibrate camera, on photographs of real people', () => {
	beforeAll(() => writeFileSync(join(folder, 'showroom.yaml'), '{}'));

	it('shows the installer, hides the stranger beside him and on whatever is behind them', async () => {
		const faces = join(testdata ?? '', 'faces/face_recognition/examples');
		const [installer, stranger] = [join(faces, 'obama2.jpg'), join(faces, 'biden.jpg')];
		const store = openModelStore({ dir: join(data, 'models') });
		await store.fetchFrom(join(testdata ?? '', 'models'));
		await store.use('mobilefacenet');
		const scene = join(folder, 'scene.jpg');
		const half = (photo: string) => sharp(photo).resize({ width: 640, height: 720, fit: 'cover', position: 'top' }).toBuffer();
		const halves = await Promise.all([half(join(faces, 'obama.jpg')), half(stranger)]);
		await sharp({ create: { width: 1280, height: 720, channels: 3, background: '#888' } })
			.composite(halves.map((input, i) => ({ input, left: i * 640, top: 0 })))
			.jpeg({ quality: 92 })
			.toFile(scene);
		const clip = join(folder, 'real.mp4');
		await run('ffmpeg', ['-v', 'error', '-loop', '1', '-i', scene, '-t', '3', '-r', '12', '-pix_fmt', 'yuv420p', clip]);
		const answer = await calibrate(clip, '--installer', installer);
		const [picture] = picturesIn(answer.report) as [Buffer];
		const sets: readonly ModelSet[] = [{ recogniser: 'mobilefacenet' }, { recogniser: 'face-api' }];
		for (const set of sets) {
			const engine = await createFaceEngine({ ...set, models: store });
			expect((await distancesTo(engine, installer, scene)).length).toBe(2);
			const [near, ...others] = await distancesTo(engine, installer, picture);
			expect(near).toBeLessThan(0.55);
			expect(others).toEqual([]);
			expect(Math.min(...(await distancesTo(engine, stranger, picture)))).toBeGreaterThan(0.7);
			await engine.stop();
		}
	});
});
