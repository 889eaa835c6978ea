import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { threeFaces } from '../../../edge-agent/bench/three-faces.js';
import { Gallery } from '../../../edge-agent/gallery/gallery.js';
import { Still } from '../../../edge-agent/placement/still.js';
import { createFaceEngine } from '../../../edge-agent/vision/engine.js';
import { readPhoto } from '../../../edge-agent/vision/photo.source.js';
import type { FaceEngine, YuvFrame } from '../../../edge-agent/vision/vision.types.js';
import { modelsForTests } from '../vision/engine-models.js';

const testdata = process.env.SHOWROOM_TESTDATA;
const photographs = ['group-1.jpg', 'group-3.jpg', 'group-5.jpg', 'stock-group-1.jpg', 'solvay1927.jpg'].map(
	(name) => `vladmandic-human/${name}`,
);
const faint = ['dlib/2008_002079.jpg', 'dlib/2008_002470.jpg', 'compreface/016_8.jpg'];

describe('the picture of a report', () => {
	let models: Awaited<ReturnType<typeof modelsForTests>>;
	let own: FaceEngine;

	beforeAll(async () => {
		models = await modelsForTests(testdata);
		own = await createFaceEngine({ recogniser: 'face-api', models });
	});
	afterAll(async () => {
		await own.stop();
		models.remove();
	});

	const stillOf = async (engine: FaceEngine, frames: readonly YuvFrame[], gallery = new Gallery(engine)) => {
		const still = new Still({ engine, gallery, threshold: () => 0.4, zone: null });
		for (const frame of frames) {
			const faces = await engine.detect(frame);
			await still.offer(
				frame,
				faces.map(({ box }) => box),
			);
		}
		return still.take();
	};

	it('shows whoever agreed and hides the two beside them', async () => {
		const [frame, later] = (await threeFaces(2)) as [YuvFrame, YuvFrame];
		const [first] = await own.describe(later, (await own.detect(later)).slice(0, 1));
		const gallery = new Gallery(own);
		if (first) gallery.add({ person: 'one', kind: 'staff', modelId: own.modelId, descriptor: first.descriptor });
		const still = await stillOf(own, [frame], gallery);
		expect(still?.faces.filter(({ shown }) => shown)).toHaveLength(1);
		expect(still?.faces.filter(({ shown }) => !shown).length).toBeGreaterThanOrEqual(2);
		expect(await own.detect(await readPhoto(still?.jpeg ?? ''))).toHaveLength(1);
	});

	it('hides each place where a face was within two seconds, and none where one was before', async () => {
		const [frame] = (await threeFaces(1)) as [YuvFrame];
		const box = { x: 20, y: 20, width: 60, height: 60 };
		const greysAt = async (ms: number) => {
			const still = new Still({ engine: own, gallery: new Gallery(own), threshold: () => 0.4, zone: null });
			// A wall that grows lighter from left to right, again and again.
			const area = frame.width * frame.height;
			const data = frame.data.map((_, i) => (i < area ? 40 + 2 * ((i % frame.width) % 80) : 128));
			const wall = { ...frame, mediaMs: 5000, data };
			await still.offer(wall, [{ x: 900, y: 300, width: 90, height: 90 }]);
			await still.offer({ ...wall, mediaMs: ms }, [box]);
			const picture = await readPhoto((await still.take())?.jpeg ?? '');
			const scale = picture.width / frame.width;
			const row = Math.round(50 * scale) * picture.width;
			const greys = picture.data.subarray(row + Math.round(30 * scale), row + Math.round(110 * scale));
			return new Set(greys).size;
		};
		expect(await greysAt(6500)).toBeLessThan(15);
		expect(await greysAt(8000)).toBeGreaterThan(30);
	});

	it('is none before a frame came', async () => {
		expect(await stillOf(own, [])).toBeNull();
	});

	it.skipIf(!testdata).each(['face-api', 'mobilefacenet'] as const)(
		'of photographs of real groups shows nobody whom either detector finds: hidden with %s’s',
		async (recogniser) => {
			const engine = await createFaceEngine({ recogniser, models });
			const other = await createFaceEngine({ recogniser: recogniser === 'face-api' ? 'mobilefacenet' : 'face-api', models });
			const found: string[] = [];
			for (const photograph of [...photographs, ...faint]) {
				const frame = await readPhoto(join(testdata ?? '', 'faces', photograph));
				expect((await engine.detect(frame)).length).toBeGreaterThan(0);
				const hidden = await readPhoto((await stillOf(engine, [frame]))?.jpeg ?? '');
				for (const one of [engine, other]) if ((await one.detect(hidden)).length > 0) found.push(`${photograph}: ${one.modelId}`);
			}
			expect(found).toEqual([]);
			for (const one of [engine, other]) await one.stop();
		},
		180_000,
	);
});
