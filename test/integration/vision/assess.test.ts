import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { threeFaces } from '../../../edge-agent/bench/three-faces.js';
import { createFaceEngine } from '../../../edge-agent/vision/engine.js';
import { Network } from '../../../edge-agent/vision/onnx.client.js';
import { readPhoto } from '../../../edge-agent/vision/photo.source.js';
import { FaceApiRecogniser } from '../../../edge-agent/vision/recognisers/face-api.js';
import { FivePointRecogniser } from '../../../edge-agent/vision/recognisers/five-point.js';
import type { YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import { modelsForTests } from './engine-models.js';

const testdata = process.env.SHOWROOM_TESTDATA;

let models: Awaited<ReturnType<typeof modelsForTests>>;
beforeAll(async () => {
	models = await modelsForTests(testdata);
});
afterAll(() => models.remove());

const network = async (name: string) => Network.load(await models.ensure(name));
async function recogniserOf(name: string): Promise<FaceApiRecogniser | FivePointRecogniser> {
	const model = await models.recogniser(name);
	if (model.alignment === 'landmarks')
		return new FaceApiRecogniser(await network(model.network), await network(model.landmarks), model.modelId);
	return new FivePointRecogniser(await network(model.network), { ...model, input: (await models.network(model.network)).input });
}

describe.each(['face-api', 'mobilefacenet'] as const)('assessing faces for %s', (name) => {
	it.skipIf(name !== 'face-api' && !testdata)(
		'measures what describing them measures, and never runs the network that makes descriptors',
		async () => {
			const group = join(testdata ?? '', 'faces/vladmandic-human/group-1.jpg');
			const frame = name === 'face-api' ? ((await threeFaces(1))[0] as YuvFrame) : await readPhoto(group);
			const engine = await createFaceEngine({ recogniser: name, models });
			const recogniser = await recogniserOf(name);
			const faces = await engine.detect(frame);
			expect(faces.length).toBeGreaterThan(1);
			const assessed = await recogniser.assess(frame, faces);
			expect(recogniser.network.ranMs).toBe(0);
			const described = await recogniser.describe(frame, faces);
			expect(recogniser.network.ranMs).toBeGreaterThan(0);
			expect(assessed.map((face) => face?.quality)).toEqual(described.map((face) => face?.quality));
			for (const face of assessed) {
				if (face) expect(face.noseHeight).toBeGreaterThan(0.2);
				if (face) expect(face.noseHeight).toBeLessThan(0.95);
			}
			await recogniser.stop();
			await engine.stop();
		},
	);
});
