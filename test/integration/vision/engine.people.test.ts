import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaceEngine, type ModelSet } from '../../../edge-agent/vision/engine.js';
import { readPhoto } from '../../../edge-agent/vision/photo.source.js';
import type { Box, DescribedFace, FaceEngine } from '../../../edge-agent/vision/vision.types.js';
import { modelsForTests } from './engine-models.js';

const testdata = process.env.SHOWROOM_TESTDATA;

/** Thresholds for these few photographs, between what the engines showed; no store could use them. */
const sets: readonly { readonly id: string; readonly set: ModelSet; readonly threshold: number }[] = [
	{ id: 'face-api/fp32/a1', set: { recogniser: 'face-api' }, threshold: 0.6 },
	{ id: 'face-api/int8/a2', set: { recogniser: 'face-api-int8' }, threshold: 0.6 },
	{ id: 'mobilefacenet/fp32/a2', set: { recogniser: 'mobilefacenet' }, threshold: 0.6 },
];

interface Seen {
	readonly box: Box;
	readonly face: DescribedFace;
}

describe.each(sets)('$id on photographs', ({ id, set, threshold }) => {
	let engine: FaceEngine;
	let removeModels = () => {};
	const gallery: { readonly person: string; readonly descriptor: Float32Array }[] = [];
	const faces = join(testdata ?? '', 'faces');
	const knn = join(faces, 'face_recognition/examples/knn_examples');

	const look = async (photo: string | Uint8Array): Promise<Seen[]> => {
		const frame = await readPhoto(photo);
		const found = await engine.detect(frame);
		const described = await engine.describe(frame, found);
		return found.flatMap(({ box }, i) => {
			const face = described[i];
			return face ? [{ box, face }] : [];
		});
	};

	const distance = (a: Float32Array, b: Float32Array): number => {
		let dot = 0;
		let squares = 0;
		a.forEach((value, i) => {
			dot += value * (b[i] ?? 0);
			squares += (value - (b[i] ?? 0)) ** 2;
		});
		return engine.metric === 'cosine' ? 1 - dot : Math.sqrt(squares);
	};

	const largest = (seen: readonly Seen[]): Seen => {
		const [first] = [...seen].sort((a, b) => b.box.width - a.box.width);
		if (first === undefined) throw new Error('no face');
		return first;
	};

	const named = (face: DescribedFace): string | null => {
		const near = gallery.map(({ person, descriptor }) => ({ person, distance: distance(face.descriptor, descriptor) }));
		const [best] = near.sort((a, b) => a.distance - b.distance);
		return best !== undefined && best.distance < threshold ? best.person : null;
	};

	beforeAll(async () => {
		if (testdata === undefined) return;
		const models = await modelsForTests(testdata);
		removeModels = models.remove;
		engine = await createFaceEngine({ ...set, models });
		for (const person of readdirSync(join(knn, 'train'))) {
			for (const file of readdirSync(join(knn, 'train', person))) {
				const { face } = largest(await look(join(knn, 'train', person, file)));
				gallery.push({ person, descriptor: face.descriptor });
			}
		}
	});

	afterAll(async () => {
		await engine?.stop();
		removeModels();
	});

	it.skipIf(!testdata)('says which model it is', () => {
		expect(engine.modelId).toBe(id);
		expect(gallery.length).toBe(7);
		for (const { descriptor } of gallery) expect(descriptor.length).toBe(engine.descriptorLength);
	});

	it.skipIf(!testdata).each([
		['knn_examples/test/alex_lacamoire1.jpg', ['alex_lacamoire']],
		['knn_examples/test/obama1.jpg', ['obama']],
		['knn_examples/test/obama_and_biden.jpg', ['biden', 'obama']],
		['knn_examples/test/kit_with_rose.jpg', ['rose_leslie']],
		['knn_examples/test/johnsnow_test1.jpg', []],
		['obama-240p.jpg', ['obama']],
		['two_people.jpg', ['biden', 'obama']],
		['lin-manuel-miranda.png', []],
		['../tests/obama3.jpg', ['obama']],
		['../tests/obama_partial_face2.jpg', ['obama']],
	])('names who is enrolled in %s and nobody else', async (file, people) => {
		const seen = await look(join(faces, 'face_recognition/examples', file));
		expect(seen.length).toBeGreaterThan(0);
		const names = seen.map(({ face }) => named(face)).filter((name) => name !== null);
		expect([...names].sort()).toEqual(people);
	});

	it.skipIf(!testdata).each(['dlib/dogs.jpg', 'vladmandic-human/background.jpg', 'compreface/017_0.jpg'])(
		'finds no face in %s',
		async (file) => {
			expect(await engine.detect(await readPhoto(join(faces, file)))).toEqual([]);
		},
	);

	it.skipIf(!testdata)('finds the faces that people marked in group photographs, and few others', async () => {
		const xml = readFileSync(join(faces, 'dlib/testing.xml'), 'utf8');
		let marked = 0;
		let met = 0;
		let others = 0;
		for (const [, file, boxes] of xml.matchAll(/<image file='([^']+)'[^>]*>(.*?)<\/image>/gs)) {
			if (!file || boxes === undefined || !readdirSync(join(faces, 'dlib')).includes(file)) continue;
			const found = await engine.detect(await readPhoto(join(faces, 'dlib', file)));
			const centres = [...boxes.matchAll(/top='(-?\d+)' left='(-?\d+)' width='(\d+)' height='(\d+)'/g)].map(
				([, top, left, width, height]) => ({
					x: Number(left) + Number(width) / 2,
					y: Number(top) + Number(height) / 2,
				}),
			);
			const holds = (box: Box, p: { x: number; y: number }) =>
				p.x > box.x && p.x < box.x + box.width && p.y > box.y && p.y < box.y + box.height;
			marked += centres.length;
			met += centres.filter((p) => found.some(({ box }) => holds(box, p))).length;
			others += found.filter(({ box }) => !centres.some((p) => holds(box, p))).length;
		}
		expect(marked).toBeGreaterThan(20);
		expect(met / marked).toBeGreaterThan(0.95);
		expect(others).toBeLessThanOrEqual(3);
	});

	it.skipIf(!testdata)('hardly minds a head that tilts by 20 degrees', async () => {
		const photo = join(knn, 'train/obama/obama.jpg');
		const straight = largest(await look(photo));
		for (const degrees of [-20, 20]) {
			const turned = await sharp(photo).rotate(degrees, { background: '#777777' }).png().toBuffer();
			const tilted = largest(await look(turned));
			// YuNet's points lean towards upright faces: of 20 degrees they show 8 to 20. The 68 landmarks show them all.
			const share = (tilted.face.quality.roll - straight.face.quality.roll) / ((degrees * Math.PI) / 180);
			expect(share).toBeGreaterThan(set.recogniser === 'face-api' ? 0.7 : 0.3);
			expect(share).toBeLessThan(1.3);
			const moved = distance(straight.face.descriptor, tilted.face.descriptor);
			process.stderr.write(`${engine.modelId}: ${degrees} degrees move the descriptor by ${moved.toFixed(3)}\n`);
			expect(moved).toBeLessThan(threshold / 2);
		}
	});
});
