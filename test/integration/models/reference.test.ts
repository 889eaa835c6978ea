import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOf } from '../../../edge-agent/vision/detectors/overlap.js';
import { layersOf, type NetworkChoice } from '../../../models/convert.js';
import { faceApiFolder } from '../../../models/face-api-weights.js';
import type { Candidate } from '../../../models/networks/candidate.js';
import { decodeSsd, ssdMaxOverlap } from '../../../models/networks/ssd-decode.js';
import { decodeTiny, tinyMaxOverlap } from '../../../models/networks/tiny-decode.js';
import { serialise } from '../../../models/onnx-writer.js';
import { cut, drawnFace, realPhotographs } from './pictures.js';
import { type RgbPicture, squareInput } from './tfjs-preprocess.js';

/** Holds the converted networks to face-api itself, run by TensorFlow.js on WebAssembly, on the same picture. */
const testdata = process.env.SHOWROOM_TESTDATA;
const require = createRequire(import.meta.url);

type FaceApi = typeof import('@vladmandic/face-api');
let faceapi: FaceApi;
const sessions = new Map<NetworkChoice['network'], InferenceSession>();

const networks: readonly NetworkChoice[] = [
	{ network: 'recogniser', precision: 'fp32' },
	{ network: 'landmarks68', precision: 'fp32' },
	{ network: 'ssd', precision: 'fp32', height: 512, width: 512 },
	{ network: 'tiny', precision: 'fp32', height: 416, width: 416 },
];

beforeAll(async () => {
	const wasm = require('@tensorflow/tfjs-backend-wasm');
	const tf = require('@tensorflow/tfjs');
	wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
	await tf.setBackend('wasm');
	await tf.ready();
	faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
	const { faceRecognitionNet, faceLandmark68Net, ssdMobilenetv1, tinyFaceDetector } = faceapi.nets;
	for (const net of [faceRecognitionNet, faceLandmark68Net, ssdMobilenetv1, tinyFaceDetector]) await net.loadFromDisk(faceApiFolder());
	for (const choice of networks) {
		const bytes = serialise(layersOf(choice, faceApiFolder(), 'float32').graph);
		sessions.set(choice.network, await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 3 }));
	}
}, 60_000);

afterAll(async () => {
	for (const session of sessions.values()) await session.release();
});

/** The converted network's outputs on a picture prepared as face-api prepares it. */
async function run(
	network: NetworkChoice['network'],
	picture: RgbPicture,
	size: number,
	centred: boolean,
): Promise<Record<string, Tensor>> {
	const image = new Tensor('float32', squareInput(picture, size, centred), [1, size, size, 3]);
	const session = sessions.get(network);
	if (session === undefined) throw new Error(`no session of ${network}`);
	return (await session.run({ image })) as Record<string, Tensor>;
}

function floats(outputs: Record<string, Tensor>, name: string): Float32Array {
	return outputs[name]?.data as Float32Array;
}

/** Runs face-api on a picture. */
async function reference<T>(picture: RgbPicture, work: (input: never) => Promise<T>): Promise<T> {
	const tensor = faceapi.tf.tensor3d(Array.from(picture.data), [picture.height, picture.width, 3]);
	try {
		return await work(tensor as never);
	} finally {
		tensor.dispose();
	}
}

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
	expect(a.length).toBe(b.length);
	return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? Number.NaN))), 0);
}

async function compareDescriptors(face: RgbPicture): Promise<number> {
	const expected = (await reference(face, (input) => faceapi.nets.faceRecognitionNet.computeFaceDescriptor(input))) as Float32Array;
	expect(Math.hypot(...expected)).toBeGreaterThan(1);
	return greatestDifference(floats(await run('recogniser', face, 150, true), 'descriptor'), expected);
}

/** In pixels of the face's picture. */
async function compareLandmarks(face: RgbPicture): Promise<number> {
	const found = await reference(face, (input) => faceapi.nets.faceLandmark68Net.detectLandmarks(input));
	const expected = (found as { positions: { x: number; y: number }[] }).positions.flatMap(({ x, y }) => [x, y]);
	const side = Math.max(face.width, face.height);
	const raw = floats(await run('landmarks68', face, 112, true), 'landmarks');
	const points = Array.from(raw, (value, i) => value * side - (side - (i % 2 === 0 ? face.width : face.height)) / 2);
	return greatestDifference(points, expected);
}

interface Found {
	readonly score: number;
	readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** Number of faces, and the greatest difference of a box's side in pixels or of a score in thousandths. */
function compareFaces(candidates: Candidate[], maxOverlap: number, scale: number, expected: readonly Found[]): [number, number] {
	const faces = bestOf(candidates, maxOverlap);
	const flat = (found: readonly Found[], factor: number) =>
		[...found]
			.sort((a, b) => b.score - a.score)
			.flatMap(({ score, box }) => [score * 1000, ...[box.x, box.y, box.width, box.height].map((side) => side * factor)]);
	return [faces.length, greatestDifference(flat(faces, scale), flat(expected, 1))];
}

async function compareSsd(picture: RgbPicture, minConfidence: number): Promise<[number, number]> {
	const options = new faceapi.SsdMobilenetv1Options({ minConfidence });
	const expected = await reference(picture, (input) => faceapi.nets.ssdMobilenetv1.locateFaces(input, options));
	const outputs = await run('ssd', picture, 512, false);
	const side = Math.max(picture.width, picture.height);
	// face-api cuts boxes at the edge of its square
	const candidates = bestOf(decodeSsd(floats(outputs, 'boxes'), floats(outputs, 'logits'), minConfidence), ssdMaxOverlap).map(
		({ score, box }) => {
			const x = Math.max(0, box.x);
			const y = Math.max(0, box.y);
			return { score, box: { x, y, width: Math.min(512, box.x + box.width) - x, height: Math.min(512, box.y + box.height) - y } };
		},
	);
	return compareFaces(candidates, 1, side / 512, expected);
}

async function compareTiny(picture: RgbPicture, minConfidence: number): Promise<[number, number]> {
	const options = new faceapi.TinyFaceDetectorOptions({ inputSize: 416, scoreThreshold: minConfidence });
	const expected = await reference(picture, (input) => faceapi.nets.tinyFaceDetector.locateFaces(input, options));
	const grid = (await run('tiny', picture, 416, false)).grid;
	const side = Math.max(picture.width, picture.height);
	return compareFaces(decodeTiny(grid?.data as Float32Array, grid?.dims[2] ?? 0, minConfidence), tinyMaxOverlap, side / 416, expected);
}

describe('on a drawn face', () => {
	let picture: RgbPicture;
	let faces: RgbPicture[];
	beforeAll(async () => {
		picture = await drawnFace(640, 480);
		faces = [cut(picture, 210, 90, 220, 300), cut(picture, 150, 130, 333, 251), cut(picture, 200, 100, 230, 230)];
	});

	it('the recogniser gives the same descriptor', async () => {
		for (const face of faces) expect(await compareDescriptors(face)).toBeLessThan(1e-5);
	});

	it('the landmarks lie in the same places', async () => {
		for (const face of faces) expect(await compareLandmarks(face)).toBeLessThan(0.01);
	});

	it('the SSD finds the same boxes', async () => {
		const [count, difference] = await compareSsd(picture, 0.1);
		expect(count).toBeGreaterThan(0);
		expect(difference).toBeLessThan(0.01);
	});

	it('the tiny detector finds the same boxes', async () => {
		const [count, difference] = await compareTiny(picture, 0.1);
		expect(count).toBeGreaterThan(0);
		expect(difference).toBeLessThan(0.01);
	});
});

describe('on real photographs', () => {
	it.skipIf(!testdata)('all four networks agree with face-api', { timeout: 120_000 }, async () => {
		let faces = 0;
		for (const picture of await realPhotographs(testdata ?? '', 4)) {
			const [bySsd, ssdDifference] = await compareSsd(picture, 0.5);
			const [byTiny, tinyDifference] = await compareTiny(picture, 0.5);
			expect(ssdDifference).toBeLessThan(0.01);
			expect(tinyDifference).toBeLessThan(0.01);
			const face = cut(picture, 200, 60, 240, 300);
			expect(await compareDescriptors(face)).toBeLessThan(1e-5);
			expect(await compareLandmarks(face)).toBeLessThan(0.01);
			faces += bySsd + byTiny;
		}
		expect(faces).toBeGreaterThan(4);
	});
});
