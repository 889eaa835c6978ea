import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisionThreshold } from '../../../edge-agent/gallery/decision-threshold.js';
import { describePhoto } from '../../../edge-agent/gallery/enrolment.js';
import { Gallery } from '../../../edge-agent/gallery/gallery.js';
import { defaultRules } from '../../../edge-agent/vision/decision-rules.js';
import { createFaceEngine } from '../../../edge-agent/vision/engine.js';
import { readPhoto } from '../../../edge-agent/vision/photo.source.js';
import { Pipeline } from '../../../edge-agent/vision/pipeline.js';
import type { FaceEngine } from '../../../edge-agent/vision/vision.types.js';
import type { VisionEvent } from '../../../edge-agent/vision/vision-events.types.js';
import { modelsForTests } from './engine-models.js';

const testdata = process.env.SHOWROOM_TESTDATA;
const faces = join(testdata ?? '', 'faces/face_recognition/examples');

describe.skipIf(!testdata)('pipeline on real pictures, MobileFaceNet', () => {
	let models: Awaited<ReturnType<typeof modelsForTests>>;
	let engine: FaceEngine;
	let gallery: Gallery;
	const given: Float32Array[] = [];

	beforeAll(async () => {
		models = await modelsForTests(testdata);
		const real = await createFaceEngine({ recogniser: 'mobilefacenet', models });
		gallery = new Gallery(real);
		for (const [person, photo] of [
			['obama', 'knn_examples/train/obama/obama.jpg'],
			['biden', 'knn_examples/train/biden/biden.jpg'],
			['rose', 'knn_examples/train/rose_leslie/img1.jpg'],
		] as const) {
			const descriptor = await describePhoto(real, await readPhoto(join(faces, photo)));
			gallery.add({ person, kind: 'customer', modelId: real.modelId, descriptor });
		}
		engine = {
			...real,
			describe: async (frame, found) => {
				const described = await real.describe(frame, found);
				for (const one of described) if (one) given.push(one.descriptor);
				return described;
			},
		};
	});
	afterAll(async () => {
		await engine?.stop();
		models?.remove();
	});

	const pipelineOf = () =>
		new Pipeline({
			camera: 'c',
			line: null,
			trigger: 'entrance',
			zone: null,
			engine,
			gallery,
			rules: () => ({ ...defaultRules, threshold: decisionThreshold(engine.modelId, gallery.size, null).distance }),
			calibration: 'shipped',
			nowMs: () => performance.now(),
		});

	/** Shows a still picture for a second; answers who was decided on. */
	async function decided(photo: string): Promise<(string | null)[]> {
		const frame = await readPhoto(join(faces, photo));
		const pipeline = pipelineOf();
		const events: VisionEvent[] = [];
		for (let ms = 0; ms <= 1000; ms += 100) events.push(...(await pipeline.process({ ...frame, mediaMs: ms })).events);
		events.push(...pipeline.end({ mediaMs: 1100, receivedMs: 1100 }));
		return events.flatMap((event) => (event.kind === 'decided' ? [event.person?.person ?? null] : [])).sort();
	}

	it('knows people on other photographs of them, two at once, and strangers for nobody; wipes every descriptor', async () => {
		expect(await decided('knn_examples/test/obama1.jpg')).toEqual(['obama']);
		expect(await decided('knn_examples/test/obama_and_biden.jpg')).toEqual(['biden', 'obama']);
		expect(await decided('knn_examples/test/alex_lacamoire1.jpg')).toEqual([null]);
		expect(given.length).toBeGreaterThanOrEqual(4);
		for (const descriptor of given) expect(descriptor.every((value) => value === 0)).toBe(true);
	});

	it('names nobody where faces are too small to read, but sees people', async () => {
		const [width, height] = [384, 288];
		const film = join(testdata ?? '', 'video/caviar_EnterExitCrossingPaths1front.mp4');
		const args = ['-v', 'error', '-i', film, '-vf', `fps=5,scale=${width}:${height}`, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'];
		const bytes = execFileSync('ffmpeg', args, { maxBuffer: 1e9 });
		const pipeline = pipelineOf();
		const events: VisionEvent[] = [];
		const frameBytes = (width * height * 3) / 2;
		for (let i = 0; (i + 1) * frameBytes <= bytes.length; i++) {
			const data = bytes.subarray(i * frameBytes, (i + 1) * frameBytes);
			events.push(...(await pipeline.process({ width, height, data, mediaMs: i * 200, receivedMs: i * 200 })).events);
		}
		expect(events.some(({ kind }) => kind === 'appeared')).toBe(true);
		expect(events.filter((event) => event.kind === 'decided' && event.person !== null)).toEqual([]);
	});
});
