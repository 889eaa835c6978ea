import { describe, expect, it } from 'vitest';
import type { Look } from '../../../calibration/camera/observed.js';
import { Gallery } from '../../../edge-agent/gallery/gallery.js';
import { defaultRules } from '../../../edge-agent/vision/decision-rules.js';
import { Pipeline, type PipelineOptions } from '../../../edge-agent/vision/pipeline.js';
import type { DetectedFace, FaceEngine, YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import type { VisionEvent } from '../../../edge-agent/vision/vision-events.types.js';
import { draw, person } from './scene.js';

const size = { width: 640, height: 360 };

/** An engine that finds what it is told to: the networks themselves run in the integration tests. */
class ToldEngine implements FaceEngine {
	readonly modelId = 'told';
	readonly descriptorLength = 2;
	readonly metric = 'euclidean';
	readonly given: Float32Array[] = [];
	detections = 0;
	constructor(
		private readonly facesAt: (ms: number) => DetectedFace[],
		private readonly looksLike: (face: DetectedFace) => number,
	) {}
	async detect(frame: YuvFrame) {
		this.detections++;
		return this.facesAt(frame.mediaMs);
	}
	async describe(_frame: YuvFrame, faces: readonly DetectedFace[]) {
		return faces.map((face) => {
			const descriptor = new Float32Array([this.looksLike(face), 1]);
			this.given.push(descriptor);
			return {
				descriptor,
				points: nowhere,
				quality: { ...quality, eyeDistance: face.box.width / 2.4 },
			};
		});
	}
	async assess(_frame: YuvFrame, faces: readonly DetectedFace[]) {
		return faces.map((face) => ({ quality: { ...quality, eyeDistance: face.box.width / 2.4 }, points: nowhere, noseHeight: 0.6 }));
	}
	async stop() {}
}

const quality = { roll: 0, turn: 0, sharpness: 300, brightness: 120, contrast: 40 };
const origin = { x: 0, y: 0 };
const nowhere = [origin, origin, origin, origin, origin] as const;

function face(x: number, y: number, width = 70): DetectedFace {
	return { box: { x: x - width / 2, y: y - width / 2, width, height: width }, score: 0.9, points: null };
}

function galleryOf(engine: FaceEngine): Gallery {
	const gallery = new Gallery(engine);
	for (const [i, name] of ['an', 'bo'].entries()) {
		gallery.add({ person: name, kind: 'customer', modelId: engine.modelId, descriptor: new Float32Array([i * 5, 1]) });
	}
	return gallery;
}

function pipelineOf(engine: FaceEngine, options: Partial<PipelineOptions> = {}): Pipeline {
	const rules = () => ({ ...defaultRules, threshold: 0.5 });
	const base = {
		camera: 'door',
		line: { x1: 0, y1: 0.5, x2: 1, y2: 0.5 },
		trigger: 'entrance',
		zone: null,
		rules,
		calibration: 'settings',
	} as const;
	return new Pipeline({ ...base, engine, gallery: galleryOf(engine), nowMs: () => performance.now(), ...options });
}

async function play(pipeline: Pipeline, toMs: number, blocks: (ms: number) => ReturnType<typeof person>): Promise<VisionEvent[]> {
	const events: VisionEvent[] = [];
	for (let ms = 0; ms <= toMs; ms += 80)
		events.push(...(await pipeline.process(draw({ ...size, mediaMs: ms, noise: 3, blocks: blocks(ms) }))).events);
	return events;
}

const kinds = (events: readonly VisionEvent[]) => events.map((event) => (event.kind === 'crossing' ? event.direction : event.kind));

/** Walks down the picture from 1 s on: the head goes over the line. */
const top = (ms: number) => 20 + (ms - 1000) * 0.09;
const walker = (ms: number) => (ms < 1000 || ms > 4500 ? [] : person(320, top(ms), 200));

describe('pipeline', () => {
	it('counts a body without a face, and says so', async () => {
		const engine = new ToldEngine(
			() => [],
			() => 0,
		);
		const events = await play(pipelineOf(engine), 6500, walker);
		expect(kinds(events)).toEqual(['appeared', 'in', 'lost']);
		expect(events[1]).toMatchObject({ decided: 'undecided', faces: 0, camera: 'door' });
		expect(events[2]).toMatchObject({ decided: 'unseen' });
		expect(new Set(events.map((event) => ('track' in event ? event.track : null))).size).toBe(1);
	});

	it('decides once, on the track that crosses, and wipes every descriptor', async () => {
		const engine = new ToldEngine(
			(ms) => (ms >= 1200 && ms <= 4500 ? [face(320, top(ms) + 15)] : []),
			() => 0.1,
		);
		const pipeline = pipelineOf(engine);
		const events = await play(pipeline, 6500, walker);
		expect(kinds(events)).toEqual(['appeared', 'decided', 'in', 'lost']);
		expect(events[1]).toMatchObject({ person: { person: 'an' } });
		expect(events[2]).toMatchObject({ decided: { person: 'an' }, track: (events[1] as { track: number }).track });
		expect(engine.given).toHaveLength(1);
		for (const descriptor of engine.given) expect([...descriptor]).toEqual([0, 0]);
		expect(pipeline.counters).toMatchObject({ describedInside: 1, describedOutside: 0, tracks: 1, crossings: 1 });
	});

	it('tells a stranger from the people it knows, and leaves no trace of them', async () => {
		const engine = new ToldEngine(
			(ms) => (ms >= 1200 && ms <= 4500 ? [face(320, top(ms) + 15)] : []),
			() => 2.4,
		);
		const events = await play(pipelineOf(engine), 6500, walker);
		expect(kinds(events)).toEqual(['appeared', 'decided', 'in', 'lost']);
		expect(events[1]).toMatchObject({ person: null });
		expect(events[2]).toMatchObject({ decided: 'nobody' });
		for (const descriptor of engine.given) expect([...descriptor]).toEqual([0, 0]);
	});

	it('wipes what it holds of people whom it has not decided on when the source ends', async () => {
		const engine = new ToldEngine(
			() => [face(320, 120)],
			() => 0.48,
		);
		const pipeline = pipelineOf(engine);
		expect(kinds(await play(pipeline, 160, () => []))).toEqual(['appeared']);
		expect(engine.given[0]?.[0]).toBeCloseTo(0.48);
		expect(kinds(pipeline.end({ mediaMs: 640, receivedMs: 640 }))).toEqual(['decided', 'lost']);
		for (const descriptor of engine.given) expect([...descriptor]).toEqual([0, 0]);
	});

	it('describes faces only inside the zone, and none without one', async () => {
		const faces = () => [face(160, 120), face(480, 120)];
		const inside = new ToldEngine(faces, () => 0.1);
		const zone = [
			{ x: 0.5, y: 0 },
			{ x: 1, y: 0 },
			{ x: 1, y: 1 },
			{ x: 0.5, y: 1 },
		];
		const zoned = pipelineOf(inside, { trigger: 'zone', zone });
		const events = await play(zoned, 2000, () => []);
		expect(kinds(events)).toEqual(['appeared', 'appeared', 'decided']);
		expect((events[2] as { box: { x: number } }).box.x).toBeGreaterThan(320);
		expect(zoned.counters).toMatchObject({ describedInside: 1, describedOutside: 0 });

		const counting = new ToldEngine(faces, () => 0.1);
		const counted = await play(pipelineOf(counting, { trigger: 'zone' }), 2000, () => []);
		expect(kinds(counted)).toEqual(['appeared', 'appeared']);
		expect(counting.given).toEqual([]);
	});

	it('takes readable faces for nobody without describing them while the gallery is empty', async () => {
		const engine = new ToldEngine(
			() => [face(320, 120)],
			() => 0,
		);
		const events = await play(pipelineOf(engine, { gallery: new Gallery(engine) }), 400, () => []);
		expect(events.find(({ kind }) => kind === 'decided')).toMatchObject({ person: null, score: null });
		expect(engine.given).toEqual([]);
	});

	it('lets the detector rest while nobody is there', async () => {
		const engine = new ToldEngine(
			() => [],
			() => 0,
		);
		const pipeline = pipelineOf(engine);
		await play(pipeline, 8000, () => []);
		// The first five frames, and every other second.
		expect(engine.detections).toBeGreaterThanOrEqual(8);
		expect(engine.detections).toBeLessThanOrEqual(9);
		expect(pipeline.counters.frames).toBe(101);
	});

	it('shows where people are, in fractions of the picture', async () => {
		const engine = new ToldEngine(
			() => [face(640, 120)],
			() => 0.1,
		);
		const { boxes } = await pipelineOf(engine).process(draw({ ...size, mediaMs: 0 }));
		expect(boxes).toHaveLength(1);
		expect(boxes[0]).toMatchObject({ kind: 'face', person: 'an' });
		expect((boxes[0]?.x ?? 0) + (boxes[0]?.width ?? 0)).toBeCloseTo(1);
	});

	it('measures every face while somebody calibrates the camera, and describes nobody outside the zone', async () => {
		const engine = new ToldEngine(
			() => [face(320, 100, 72)],
			() => 0.1,
		);
		const zone = [
			{ x: 0, y: 0.8 },
			{ x: 1, y: 0.8 },
			{ x: 1, y: 1 },
		];
		const pipeline = pipelineOf(engine, { trigger: 'zone', zone });
		pipeline.calibrating = true;
		const looks: (Look | null)[] = [];
		for (let ms = 0; ms <= 4000; ms += 80) {
			const frame = draw({ ...size, mediaMs: ms, noise: 3 });
			await pipeline.process(frame);
			looks.push(await pipeline.look(frame));
		}
		// Every third frame after the first five; without it every other second, when nobody moves.
		expect(looks.filter((look) => look !== null).length).toBeGreaterThan(15);
		expect(looks.at(-1) ?? looks.at(-2) ?? looks.at(-3)).toMatchObject({
			...{ width: size.width, height: size.height },
			faces: [{ eyeDistance: 30, noseHeight: 0.6, x: 0.5, y: expect.closeTo(100 / 360) }],
		});
		expect(new Set(looks.flatMap((look) => look?.faces.map(({ pass }) => pass) ?? [])).size).toBe(1);
		expect(engine.given).toEqual([]);
		expect(pipeline.counters).toMatchObject({ describedInside: 0, describedOutside: 0 });
	});
});
