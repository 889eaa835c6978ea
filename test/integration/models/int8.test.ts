import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { bestOf, overlap } from '../../../edge-agent/vision/detectors/overlap.js';
import { convert, type NetworkChoice } from '../../../models/convert.js';
import { faceApiFolder } from '../../../models/face-api-weights.js';
import { pixelsInBlocks } from '../../../models/networks/blocks.js';
import type { Candidate } from '../../../models/networks/candidate.js';
import { blockChannels } from '../../../models/networks/layers.js';
import { decodeSsd, ssdMaxOverlap } from '../../../models/networks/ssd-decode.js';
import { cut, drawnFace, realPhotographs } from './pictures.js';
import type { RgbPicture } from './tfjs-preprocess.js';

const testdata = process.env.SHOWROOM_TESTDATA;
const sessions = new Map<string, InferenceSession>();

afterAll(async () => {
	for (const session of sessions.values()) await session.release();
});

async function run(choice: NetworkChoice, picture: RgbPicture): Promise<Record<string, Float32Array>> {
	const key = JSON.stringify(choice);
	const session =
		sessions.get(key) ?? (await InferenceSession.create(convert(choice, faceApiFolder()), { intraOpNumThreads: 1, logSeverityLevel: 3 }));
	sessions.set(key, session);
	const { data, width, height } = picture;
	const image =
		choice.precision === 'int8' || (choice.network === 'landmarks68' && choice.pixels)
			? new Tensor('uint8', pixelsInBlocks(data, width), [1, height / 2, width / 2, blockChannels])
			: new Tensor('uint8', data, [1, height, width, 3]);
	const outputs = await session.run({ image });
	return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, (tensor as Tensor).data as Float32Array]));
}

async function fitted(picture: RgbPicture, width: number, height: number, fit: 'fill' | 'contain'): Promise<RgbPicture> {
	const raw = { width: picture.width, height: picture.height, channels: 3 as const };
	const image = sharp(picture.data, { raw }).resize(width, height, { fit, position: 'left top', background: 'black' });
	return { width, height, data: await image.raw().toBuffer() };
}

async function descriptor(precision: 'fp32' | 'int8', face: RgbPicture): Promise<Float32Array> {
	return (await run({ network: 'recogniser', precision }, await fitted(face, 150, 150, 'fill'))).descriptor ?? new Float32Array();
}

async function faces(
	precision: 'fp32' | 'int8',
	picture: RgbPicture,
	height: number,
	width: number,
	minScore: number,
): Promise<Candidate[]> {
	const outputs = await run({ network: 'ssd', precision, height, width }, await fitted(picture, width, height, 'contain'));
	return bestOf(decodeSsd(outputs.boxes ?? new Float32Array(), outputs.logits ?? new Float32Array(), minScore), ssdMaxOverlap);
}

function distance(a: Float32Array, b: Float32Array): number {
	return Math.hypot(...a.map((value, i) => value - (b[i] ?? Number.NaN)));
}

/** The descriptor's error in 8-bit integers; two people are about 0.6 to 1 apart. */
async function descriptorError(face: RgbPicture): Promise<number> {
	return distance(await descriptor('int8', face), await descriptor('fp32', face));
}

const logit = (score: number): number => Math.log(score / (1 - score));

async function expectTheSameFaces(picture: RgbPicture, minScore: number): Promise<number> {
	const exact = await faces('fp32', picture, 320, 512, minScore);
	// near the threshold a face may be in one and not in the other
	const rounded = await faces('int8', picture, 320, 512, minScore * 0.8);
	for (const face of exact.filter(({ score }) => score > minScore * 1.2)) {
		const closest = rounded.toSorted((a, b) => overlap(b.box, face.box) - overlap(a.box, face.box))[0];
		expect(closest && overlap(closest.box, face.box)).toBeGreaterThan(0.85);
		// Before the sigmoid: of scores in the middle a little makes much.
		expect(Math.abs(logit(closest?.score ?? 0) - logit(face.score))).toBeLessThan(1.2);
	}
	return exact.length;
}

describe('networks in 8-bit integers, on a drawn face', () => {
	it('describe it nearly as those in float', async () => {
		const picture = await drawnFace(640, 480);
		const [a, b] = [cut(picture, 210, 90, 220, 300), cut(picture, 240, 130, 220, 220)];
		for (const face of [a, b]) expect(await descriptorError(face)).toBeLessThan(0.15);
		// a bound that says something: other crops of the same face lie further apart
		expect(distance(await descriptor('int8', a), await descriptor('int8', b))).toBeGreaterThan(0.15);
	});

	it('find it where those in float find it', async () => {
		expect(await expectTheSameFaces(await drawnFace(640, 480), 0.1)).toBeGreaterThan(0);
	});
});

it('landmarks of a picture in blocks lie where those of its RGB lie', async () => {
	const picture = await drawnFace(640, 480);
	for (const box of [cut(picture, 210, 90, 220, 300), cut(picture, 240, 130, 220, 220)]) {
		const face = await fitted(box, 112, 112, 'fill');
		const { landmarks: rows = [] } = await run({ network: 'landmarks68', precision: 'fp32' }, face);
		const { landmarks: blocks = [] } = await run({ network: 'landmarks68', precision: 'fp32', pixels: 'blocks' }, face);
		expect(blocks.length).toBe(136);
		// In units of the square: half a pixel of it.
		for (const [i, value] of rows.entries()) expect(Math.abs((blocks[i] ?? 9) - value)).toBeLessThan(0.5 / 112);
	}
});

describe('wide pictures', () => {
	it.each([
		[320, 512],
		[256, 448],
	] as const)('%i x %i: a face lies where the square network sees it', async (height, width) => {
		const picture = await fitted(await drawnFace(640, 480), 336, 252, 'contain');
		const [square] = await faces('fp32', enlarged(picture, 512, 512), 512, 512, 0.1);
		const [wide] = await faces('fp32', enlarged(picture, width, height), height, width, 0.1);
		if (square === undefined || wide === undefined) throw new Error('no face found');
		expect(overlap(square.box, wide.box)).toBeGreaterThan(0.97);
		expect(wide.score).toBeCloseTo(square.score, 1);
	});
});

/** The picture as it is, in the top left corner of a black one. */
function enlarged(picture: RgbPicture, width: number, height: number): RgbPicture {
	const data = new Uint8Array(width * height * 3);
	for (let row = 0; row < picture.height; row++) {
		data.set(picture.data.subarray(row * picture.width * 3, (row + 1) * picture.width * 3), row * width * 3);
	}
	return { width, height, data };
}

describe('networks in 8-bit integers, on real photographs', () => {
	it.skipIf(!testdata)('find the same faces and describe them nearly the same', { timeout: 120_000 }, async () => {
		let found = 0;
		for (const picture of await realPhotographs(testdata ?? '', 6)) {
			found += await expectTheSameFaces(picture, 0.5);
			const [face] = (await faces('fp32', picture, 320, 512, 0.5)).map(({ box }) => box);
			if (face === undefined) continue;
			const [x, y] = [Math.max(0, Math.floor(face.x * 1.5)), Math.max(0, Math.floor(face.y * 1.5))];
			const side = Math.min(Math.floor(face.height * 1.5), 480 - y, 640 - x);
			expect(await descriptorError(cut(picture, x, y, side, side))).toBeLessThan(0.1);
		}
		expect(found).toBeGreaterThan(6);
	});
});
