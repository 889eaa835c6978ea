import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Cameras } from '../../../edge-agent/cameras/cameras.js';
import { monotonicMs } from '../../../edge-agent/clock.js';
import { processes, watch } from './watching.js';

const testdata = process.env.SHOWROOM_TESTDATA;
let folder: string;
let video: string;
let cameras: Cameras;

const path = (name: string) => join(folder, name);
const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
const everyFrame = (url: string, rate = 100) => ({ id: 'file', url, rate, pace: 'every-frame' as const });

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'cameras-'));
	video = path('two seconds.mp4');
	// The upper half of frame n is grey of level 16 + 2n.
	const ramp = "geq=lum='if(lt(Y,H/2),16+2*N,100)':cb=128:cr=128";
	ffmpeg('-f', 'lavfi', '-i', `color=s=320x240:r=25:d=2,format=yuv420p,${ramp}`, '-c:v', 'libx264', '-crf', '4', video);
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(async () => {
	cameras = new Cameras({});
	await cameras.start();
});
afterEach(async () => {
	await cameras.stop();
	expect(processes().ownFfmpegs).toEqual([]);
});

const level = (data: Uint8Array) => data[160 + 320 * 20] ?? 0;

it('hands over every frame of a file once, in order, with its exact time, however slow the reader is', async () => {
	const slow = (data: Uint8Array) => {
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
		return level(data);
	};
	const watched = await watch(cameras, everyFrame(video), slow);
	await watched.untilEnded(15_000);
	expect(watched.ended).toBe(true);
	expect(watched.frames.map((frame) => frame.seq)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
	watched.frames.forEach((frame, n) => {
		expect(frame.mediaMs).toBeCloseTo(n * 40, 6);
		expect(Math.abs(frame.look - (16 + 2 * n))).toBeLessThanOrEqual(1);
	});
	expect(watched.reports.at(-1)).toMatchObject({ state: 'ended', reason: null, framesRead: 50, dropped: 0 });
});

it('waits for a reader that takes no frame, and stops while waiting', async () => {
	const watched = await watch(cameras, { ...everyFrame(video), pace: 'every-frame' });
	await watched.until(() => watched.frames.length > 0, 5000, 'the first frame');
	await cameras.close('file');
	expect(watched.state()).toBe('stopped');
});

it('cuts the rate to the first frame of each interval', async () => {
	const watched = await watch(cameras, everyFrame(video, 10));
	await watched.untilEnded(10_000);
	expect(watched.frames.map((frame) => frame.mediaMs).slice(0, 6)).toEqual([0, 120, 200, 320, 400, 520]);
	expect(watched.frames).toHaveLength(20);
});

it('plays a file at its own speed in live pace, the newest frame wins', async () => {
	const watched = await watch(cameras, { ...everyFrame(video), pace: 'live' }, level);
	await watched.untilEnded(10_000);
	const [first, last] = [watched.frames[0], watched.frames.at(-1)];
	if (!first || !last) throw new Error('no frames');
	expect(Math.abs(last.receivedMs - first.receivedMs - (last.mediaMs - first.mediaMs))).toBeLessThan(300);
	const { framesRead, dropped } = watched.reports.at(-1) ?? { framesRead: 0, dropped: 0 };
	expect(framesRead).toBe(50);
	expect(watched.frames.length + dropped).toBe(50);
});

it('counts what a slow reader of a live camera missed', async () => {
	const busy = () => Number(Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150) === 'ok');
	const watched = await watch(cameras, { ...everyFrame(video), pace: 'live' }, busy);
	await watched.untilEnded(10_000);
	const { framesRead, dropped } = watched.reports.at(-1) ?? { framesRead: 0, dropped: 0 };
	expect(framesRead).toBe(50);
	expect(dropped).toBeGreaterThan(20);
	expect(watched.frames.length + dropped).toBe(50);
});

it('reads pictures of odd size, made even', async () => {
	const odd = path('odd.gif');
	ffmpeg('-f', 'lavfi', '-i', 'testsrc=s=321x241:r=10:d=1', odd);
	const watched = await watch(cameras, everyFrame(odd));
	await watched.untilEnded(10_000);
	expect(watched.frames).toHaveLength(10);
	expect(watched.memories).toMatchObject([{ width: 320, height: 240 }]);
});

it('shows an image for a second, upright as its EXIF says', async () => {
	const photo = path('photo.jpeg');
	// Lying on its side: left half dark as stored, upper half dark once upright.
	const dark = await sharp({ create: { width: 100, height: 120, channels: 3, background: '#000' } })
		.png()
		.toBuffer();
	await sharp({ create: { width: 200, height: 120, channels: 3, background: '#fff' } })
		.composite([{ input: dark, left: 0, top: 0 }])
		.withMetadata({ orientation: 6 })
		.jpeg()
		.toFile(photo);
	const watched = await watch(
		cameras,
		everyFrame(photo, 5),
		(data, width, height) => (data[0] ?? 0) * 256 + (data[width * (height - 1)] ?? 0),
	);
	await watched.untilEnded(10_000);
	expect(watched.memories).toMatchObject([{ width: 120, height: 200 }]);
	expect(watched.frames.map((frame) => frame.mediaMs)).toEqual([0, 200, 400, 600, 800]);
	for (const frame of watched.frames) expect(frame.look).toBe(16 * 256 + 235);
});

it('shows an image in live pace for a second too', async () => {
	const photo = path('live.png');
	await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888' } }).toFile(photo);
	const watched = await watch(cameras, { ...everyFrame(photo, 10), pace: 'live' });
	await watched.untilEnded(10_000);
	expect(watched.reports.at(-1)?.framesRead).toBe(10);
	expect((watched.frames.at(-1)?.receivedMs ?? 0) - (watched.frames[0]?.receivedMs ?? 0)).toBeGreaterThan(500);
});

it('says that a USB camera is not there, and goes on trying', async () => {
	const watched = await watch(cameras, { id: 'usb', url: 'usb:/dev/video99', rate: 5, pace: 'live' });
	await watched.until(() => watched.reports.filter((report) => report.state === 'connecting').length > 1, 8000, 'a second try');
	expect(watched.reports.at(-1)).toMatchObject({ reason: 'no-such-file', message: expect.stringContaining('Plug the camera in') });
});

it('says what is wrong with a file that cannot be read, and tries no second time', async () => {
	writeFileSync(path('text.mp4'), 'This is no video.\n'.repeat(200));
	writeFileSync(path('empty.mp4'), '');
	writeFileSync(path('truncated.mp4'), readFileSync(video).subarray(0, 3000));
	writeFileSync(path('text.jpg'), 'This is no picture.');
	ffmpeg('-f', 'lavfi', '-i', 'sine=d=1', path('sound.mp4'));
	mkdirSync(path('folder'));
	const wrong = {
		'text.mp4': 'not-a-video',
		'empty.mp4': 'not-a-video',
		'truncated.mp4': 'not-a-video',
		'text.jpg': 'not-a-video',
		'sound.mp4': 'not-a-video',
		folder: 'not-a-video',
		'missing.mp4': 'no-such-file',
		'missing.jpg': 'no-such-file',
		'text.mp4/under-a-file.mp4': 'no-such-file',
		'text.mp4/under-a-file.png': 'no-such-file',
	};
	for (const [name, reason] of Object.entries(wrong)) {
		const watched = await watch(cameras, { ...everyFrame(path(name)), id: name });
		await watched.until(() => watched.state() === 'failed', 8000, `failure of ${name}`);
		expect({ name, reason: watched.reports.at(-1)?.reason }).toEqual({ name, reason });
		expect(watched.reports.at(-1)?.message).toContain(name);
		expect(watched.reports.filter((report) => report.state === 'connecting')).toHaveLength(1);
	}
});

it('says how to install ffmpeg where there is none', async () => {
	const without = new Cameras({ ffmpeg: '/nowhere/ffmpeg' });
	await without.start();
	const file = await watch(without, everyFrame(video));
	const camera = await watch(without, { id: 'door', url: 'rtsp://user:geheim@127.0.0.1/door', rate: 5, pace: 'live' });
	await file.untilReason('ffmpeg-missing', 5000);
	await camera.untilReason('ffmpeg-missing', 5000);
	expect(file.state()).toBe('failed');
	expect(file.reports.at(-1)?.message).toContain('apt install ffmpeg');
	await without.stop();
	expect(camera.state()).toBe('stopped');
});

it('refuses what cannot be a camera, and a second camera of the same name', async () => {
	await expect(watch(cameras, everyFrame('http://user:geheim@host/video'))).rejects.toThrow(/"http:"(?!.*geheim)/);
	await expect(watch(cameras, everyFrame('concat:/etc/passwd'))).rejects.toThrow('"concat:"');
	await expect(watch(cameras, everyFrame(video, 0))).rejects.toThrow('rate');
	await watch(cameras, everyFrame(video));
	await expect(watch(cameras, everyFrame(video))).rejects.toThrow('open already');
});

it('stops while a camera is being opened', async () => {
	const started = monotonicMs();
	await watch(cameras, everyFrame(path('missing.jpg')));
	await watch(cameras, { ...everyFrame('rtsp://127.0.0.1:9/x'), id: 'b', pace: 'live' });
	await cameras.stop();
	expect(monotonicMs() - started).toBeLessThan(1000);
});

it.skipIf(!testdata)('reads a real video: every frame, at the times that ffprobe gives', async () => {
	const real = join(testdata ?? '', 'video/caviar_EnterExitCrossingPaths1front.mp4');
	const probe = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'frame=best_effort_timestamp_time', '-of', 'csv=p=0', real];
	const times = execFileSync('ffprobe', probe)
		.toString()
		.split('\n')
		.filter(Boolean)
		.map((line) => Number.parseFloat(line) * 1000);
	const watched = await watch(cameras, everyFrame(real, 1000));
	await watched.untilEnded(20_000);
	expect(watched.frames).toHaveLength(times.length);
	watched.frames.forEach((frame, n) => {
		expect(Math.abs(frame.mediaMs - (times[n] ?? 0) + (times[0] ?? 0))).toBeLessThan(0.01);
	});
});
