import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CameraMessage, FrameTaken } from '../../../edge-agent/cameras/camera.types.js';
import { createFrameRing, FrameRingWriter } from '../../../edge-agent/cameras/frame-ring.js';
import { monotonicMs } from '../../../edge-agent/clock.js';
import { decisionThreshold } from '../../../edge-agent/gallery/decision-threshold.js';
import { packTemplates } from '../../../edge-agent/gallery/packed-templates.js';
import { maskGrey } from '../../../edge-agent/vision/masks.js';
import { Vision } from '../../../edge-agent/vision/vision.js';
import type { YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import type { VisionEvent } from '../../../edge-agent/vision/vision-events.types.js';
import type { AnalysedPicture, VisionCamera } from '../../../edge-agent/vision/vision-messages.js';
import { draw, person } from '../../unit/vision/scene.js';

const size = { width: 640, height: 360 };
const camera = (id: string, pace: VisionCamera['pace']): VisionCamera => ({
	id,
	pace,
	line: { x1: 0, y1: 0.5, x2: 1, y2: 0.5 },
	trigger: 'entrance',
	zone: null,
	masks: [],
});

/** Plays the cameras thread: lays drawn frames into a real ring. */
class Player {
	readonly #writer = new FrameRingWriter(createFrameRing('any', size.width, size.height), 0);
	readonly taken: number[] = [];
	#hear = () => {};

	constructor(
		private readonly id: string,
		private readonly port: MessagePort,
	) {
		this.#say({ kind: 'opened', camera: id, memory: this.#writer.memory, sourceFps: 25 });
		port.on('message', (message: FrameTaken) => {
			this.taken.push(message.seq);
			this.#hear();
		});
	}

	show(frame: YuvFrame): void {
		const { slot, pixels } = this.#writer.begin();
		pixels.set(frame.data);
		const { seq } = this.#writer.publish(slot, frame.mediaMs, monotonicMs());
		this.#say({ kind: 'frame', camera: this.id, seq });
	}

	/** Shows a frame and waits until it has been looked at. */
	async showAndWait(frame: YuvFrame): Promise<void> {
		const heard = new Promise<void>((resolve) => {
			this.#hear = resolve;
		});
		this.show(frame);
		await heard;
	}

	end(): void {
		this.#say({ kind: 'ended', camera: this.id });
	}

	close(): void {
		this.port.close();
	}

	#say(message: CameraMessage): void {
		this.port.postMessage(message);
	}
}

const walker = (ms: number) => (ms < 800 || ms > 4200 ? [] : person(320, 20 + (ms - 800) * 0.09, 200));
const frameAt = (mediaMs: number) => draw({ ...size, mediaMs, noise: 3, blocks: walker(mediaMs) });

let modelsDir = '';
let vision: Vision;
let events: VisionEvent[];
let pictures: AnalysedPicture[];

beforeAll(async () => {
	modelsDir = mkdtempSync(join(tmpdir(), 'showroom-vision-'));
	vision = new Vision({ workers: 1, recogniser: 'face-api', modelsDir, threshold: null });
	vision.onEvents((heard) => events.push(...heard));
	vision.onPicture((picture) => pictures.push(picture));
	await vision.start();
}, 120_000);
afterAll(async () => {
	await vision.stop();
	rmSync(modelsDir, { recursive: true, force: true });
});

function begin(): void {
	events = [];
	pictures = [];
}

async function until(is: () => boolean): Promise<void> {
	const deadline = monotonicMs() + 30_000;
	while (!is()) {
		if (monotonicMs() > deadline) throw new Error(`not within 30 s; events: ${JSON.stringify(events)}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

describe('vision workers', () => {
	it('takes every frame of a file, counts who walks through it, and tells the end', async () => {
		begin();
		const player = new Player('file', vision.addCamera(camera('file', 'every-frame')));
		for (let ms = 0; ms <= 6000; ms += 120) await player.showAndWait(frameAt(ms));
		player.end();
		await until(() => events.some(({ kind }) => kind === 'ended'));
		expect(events.map((event) => (event.kind === 'crossing' ? event.direction : event.kind))).toEqual(['appeared', 'in', 'lost', 'ended']);
		expect(player.taken).toEqual(Array.from({ length: 51 }, (_, i) => i + 1));
		const [stats] = await vision.stats();
		expect(stats).toMatchObject({ camera: 'file', frames: 51, dropped: 0, crossings: 1, describedInside: 0 });
		expect(stats?.latencyMs?.p50).toBeGreaterThan(0);
		vision.removeCamera('file');
		player.close();
		expect(await vision.stats()).toEqual([]);
	});

	it('lets the newest frame win on live cameras, and serves two of them alike', async () => {
		begin();
		const players = ['left', 'right'].map((id) => new Player(id, vision.addCamera(camera(id, 'live'))));
		for (let ms = 0; ms < 2400; ms += 20) {
			// The walker keeps both detectors busy, so that frames come faster than they can be looked at.
			for (const player of players) player.show(frameAt(ms + 800));
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		const stats = await vision.stats();
		const [left, right] = [stats.find(({ camera }) => camera === 'left'), stats.find(({ camera }) => camera === 'right')];
		if (!left || !right) throw new Error('two cameras');
		expect(left.dropped).toBeGreaterThan(0);
		for (const one of [left, right]) expect(one.frames + one.dropped).toBeGreaterThan(110);
		expect(Math.min(left.frames, right.frames) / Math.max(left.frames, right.frames)).toBeGreaterThan(0.7);
		expect(left.fps).toBeGreaterThan(0);
		for (const player of players) player.close();
		vision.removeCamera('left');
		vision.removeCamera('right');
	});

	it('encodes pictures of watched cameras only, with their boxes', async () => {
		begin();
		const player = new Player('door', vision.addCamera(camera('door', 'every-frame')));
		for (let ms = 0; ms <= 1600; ms += 200) await player.showAndWait(frameAt(ms));
		expect(pictures).toEqual([]);
		vision.watch(['door']);
		for (let ms = 1800; ms <= 2600; ms += 200) await player.showAndWait(frameAt(ms));
		await until(() => pictures.length >= 2);
		const picture = pictures[0];
		if (!picture) throw new Error('a picture');
		const read = await sharp(Buffer.from(picture.jpeg)).metadata();
		expect([read.format, read.width, read.height]).toEqual(['jpeg', 640, 360]);
		expect(picture.line).toEqual({ x1: 0, y1: 0.5, x2: 1, y2: 0.5 });
		expect(picture.boxes).toHaveLength(1);
		expect(picture.boxes[0]).toMatchObject({ kind: 'body', person: null });
		expect(Math.abs((picture.boxes[0]?.x ?? 0) + (picture.boxes[0]?.width ?? 0) / 2 - 0.5)).toBeLessThan(0.03);
		vision.watch([]);
		await player.showAndWait(frameAt(2800));
		await vision.stats();
		const before = pictures.length;
		for (let ms = 3000; ms <= 3600; ms += 200) await player.showAndWait(frameAt(ms));
		expect(pictures.length).toBe(before);
		player.close();
		vision.removeCamera('door');
	});

	it('neither analyses nor shows what lies under a mask, from the next frame on', async () => {
		begin();
		const masks = [
			[
				{ x: 0.25, y: 0 },
				{ x: 0.75, y: 0 },
				{ x: 0.75, y: 1 },
				{ x: 0.25, y: 1 },
			],
		];
		const player = new Player('masked', vision.addCamera({ ...camera('masked', 'every-frame'), masks }));
		vision.watch(['masked']);
		for (let ms = 0; ms <= 6000; ms += 120) await player.showAndWait(frameAt(ms));
		await until(() => pictures.length > 0);
		expect(events).toEqual([]);
		/** Red of the picture's pixel at these fractions, as people see it. */
		const red = async (x: number, y: number): Promise<number> => {
			const jpeg = pictures.at(-1)?.jpeg ?? new ArrayBuffer(0);
			const { data, info } = await sharp(Buffer.from(jpeg)).raw().toBuffer({ resolveWithObject: true });
			return data[(Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels] ?? -1;
		};
		for (const [x, y] of [
			[0.26, 0.5],
			[0.5, 0.02],
			[0.74, 0.98],
		] as const)
			expect(Math.abs((await red(x, y)) - maskGrey)).toBeLessThan(6);
		expect(await red(0.2, 0.5)).toBeGreaterThan(90);

		vision.setMasks('masked', []);
		pictures = [];
		for (let ms = 6120; ms <= 12_120; ms += 120) await player.showAndWait({ ...frameAt(ms - 6120), mediaMs: ms });
		await until(() => pictures.length > 0);
		expect(await red(0.5, 0.02)).toBeGreaterThan(90);
		expect(events.map((event) => (event.kind === 'crossing' ? event.direction : event.kind))).toEqual(['appeared', 'in', 'lost']);
		vision.watch([]);
		player.close();
		vision.removeCamera('masked');
	});

	it('refuses a camera twice, and templates that its recogniser cannot have made', async () => {
		begin();
		vision.addCamera(camera('twice', 'live')).close();
		expect(() => vision.addCamera(camera('twice', 'live'))).toThrow(/watched already/);
		vision.removeCamera('twice');
		const template = { person: 'an', kind: 'customer', modelId: 'other', descriptor: new Float32Array(128).fill(0.1) } as const;
		await expect(vision.setGallery([template])).rejects.toThrow(/made by other.*enrol the person again/);
		const pack = packTemplates(vision.model, [{ ...template, modelId: vision.model.modelId }]);
		pack.values.fill(0);
		await expect(vision.setPeople(pack)).rejects.toThrow(/an is no descriptor.*enrol the person again/);
	});

	it('overwrites a pack once every worker has copied it', async () => {
		begin();
		const descriptor = new Float32Array(128).fill(0.1);
		const pack = packTemplates(vision.model, [{ person: 'an', kind: 'customer', modelId: vision.model.modelId, descriptor }]);
		expect(pack.values).toEqual(descriptor);
		const copied = vision.setPeople(pack);
		expect(pack.values).toEqual(descriptor);
		await copied;
		expect(pack.values).toEqual(new Float32Array(128));
		expect((await vision.nearest(descriptor)).nearest?.best.person).toBe('an');
		vision.removePeople(['an', 'nobody']);
		expect((await vision.nearest(new Float32Array(128).fill(0.1))).nearest).toBeNull();
	});

	it('judges by the whole gallery’s threshold while its packs come in', async () => {
		begin();
		const { modelId } = vision.model;
		const packed = (person: string) =>
			packTemplates(vision.model, [{ person, kind: 'customer', modelId, descriptor: new Float32Array(128).fill(0.1) }]);
		const threshold = async () => (await vision.nearest(new Float32Array(128).fill(0.1))).threshold;
		const of = (templates: number) => decisionThreshold(modelId, templates, null).distance;
		await vision.setPeople(packed('an'), 45_000);
		expect(await threshold()).toBe(of(45_000));
		await vision.setPeople(packed('bo'));
		expect(await threshold()).toBe(of(2));
		expect(of(2)).toBeGreaterThan(of(45_000));
		await vision.setGallery([]);
	});

	it('says what to do when a network is missing, and leaves no thread behind', async () => {
		const other = new Vision({ workers: 2, recogniser: 'sface', modelsDir: join(modelsDir, 'empty'), threshold: null });
		await expect(other.start()).rejects.toThrow(/yunet.*missing/);
		await other.stop();
		expect(() => other.model).toThrow(/not started/);
	});
});
