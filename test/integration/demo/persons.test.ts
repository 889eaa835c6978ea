import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CalibrationFaces, demoThreshold } from '../../../edge-agent/demo/calibrate.js';
import { calibrationPictures } from '../../../edge-agent/demo/calibration-pictures.source.js';
import { picture } from '../../../edge-agent/demo/drawing/background.js';
import type { Look } from '../../../edge-agent/demo/drawing/look.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import { enrolmentPhotos } from '../../../edge-agent/demo/photos.js';
import { writeScript } from '../../../edge-agent/demo/script.js';
import { Stage } from '../../../edge-agent/demo/stage.js';
import { describePhoto } from '../../../edge-agent/gallery/enrolment.js';
import { createFaceEngine } from '../../../edge-agent/vision/engine.js';
import { readPhoto } from '../../../edge-agent/vision/photo.source.js';
import type { FaceEngine, YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import { openModelStore } from '../../../models/model-store.js';

const testdata = process.env.SHOWROOM_TESTDATA;
const directory = mkdtempSync(join(tmpdir(), 'demo-persons-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const euclid = (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)));
const cosine = (a: Float32Array, b: Float32Array) => {
	const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
	return 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

const own = openModelStore({ dir: join(directory, 'models') });
const given: Record<string, string> = {
	yunet: `${testdata}/models/yunet/face_detection_yunet_2023mar.onnx`,
	mobilefacenet: `${testdata}/models/mobilefacenet/MobileFaceNet.onnx`,
};
const engines = {
	'face-api': () => createFaceEngine({ recogniser: 'face-api', models: own }),
	mobilefacenet: () => createFaceEngine({ recogniser: 'mobilefacenet', models: { ...own, ensure: async (name) => given[name] ?? name } }),
};

for (const [name, create] of Object.entries(engines)) {
	describe.skipIf(name !== 'face-api' && !testdata)(`the drawn persons, to ${name}`, () => {
		let engine: FaceEngine;
		const faces = new Map<Look, { templates: Float32Array[]; probes: Float32Array[] }>();
		beforeAll(async () => {
			engine = await create();
			for (const look of persons) faces.set(look, { templates: [], probes: [] });
		}, 120_000);
		afterAll(() => engine?.stop());

		it('can be enrolled from every photograph', async () => {
			for (const look of persons) {
				for (const photo of await enrolmentPhotos(look)) {
					const descriptor = await describePhoto(engine, await readPhoto(photo)).catch((cause) => {
						throw new Error(`${look.id}: ${cause}`);
					});
					faces.get(look)?.templates.push(descriptor);
				}
			}
		}, 240_000);

		it('are found and described walking past, after H.264', async () => {
			const options = { directory, ffmpeg: 'ffmpeg', onProgress: () => undefined, signal: new AbortController().signal };
			for await (const { look, frame } of calibrationPictures(persons, 'all-persons', options)) {
				const found = await engine.detect(frame);
				const [described] = await engine.describe(frame, found.slice(0, 1));
				expect(found.length, look.id).toBeLessThanOrEqual(1);
				if (described) faces.get(look)?.probes.push(described.descriptor);
			}
			for (const [look, { probes }] of faces) expect(probes.length, look.id).toBeGreaterThanOrEqual(3);
		}, 240_000);

		it('are told apart by a threshold set on the persons who are not shown, for any seed', () => {
			const distance = engine.metric === 'euclidean' ? euclid : cosine;
			const of = (looks: readonly Look[]): CalibrationFaces[] => looks.flatMap((look) => faces.get(look) ?? []);
			const all = demoThreshold(of(persons), distance);
			console.log(`${engine.modelId}: same person at most ${all.genuineMax.toFixed(3)}, others at least ${all.impostorMin.toFixed(3)}`);
			for (let seed = 1; seed <= 12; seed++) {
				const script = writeScript(seed);
				const { threshold } = demoThreshold(of(script.calibration), distance);
				const shown = demoThreshold(of(script.actors.map((actor) => actor.look)), distance);
				expect(shown.genuineMax).toBeLessThan(threshold);
				expect(threshold).toBeLessThan(shown.impostorMin);
			}
		}, 120_000);

		it('show no face from behind or turned away', async () => {
			const views = ['turned', 'back'] as const;
			const actors = persons.map((look) => ({
				look,
				walks: views.map((view, i) => ({ path: 'near', view, startMs: i * 10_000, pace: 1, lane: 0, sway: 0.1, phase: 0 }) as const),
			}));
			for (const actor of actors) {
				const stage = await Stage.build({ durationMs: 20_000, actors: [actor] });
				for (const ms of [200, 12_000]) {
					const frame: YuvFrame = { ...picture, data: stage.frame(ms), mediaMs: ms, receivedMs: 0 };
					expect(await engine.detect(frame), `${actor.look.id} at ${ms}`).toEqual([]);
				}
			}
		}, 240_000);
	});
}
