import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { layersOf } from '../../models/convert.js';
import { faceApiFolder } from '../../models/face-api-weights.js';
import { openModelStore } from '../../models/model-store.js';
import { overlap } from '../vision/detectors/overlap.js';
import { createFaceEngine, type MeasuredFaceEngine } from '../vision/engine.js';
import type { ModelFiles } from '../vision/engine.types.js';
import { Network } from '../vision/onnx.client.js';
import { Letterbox } from '../vision/resize.js';
import type { Box, YuvFrame } from '../vision/vision.types.js';
import { type FaceApi, loadFaceApi, type Peer } from './face-api.peer.js';
import { gemmMacs, loadGemm } from './gemm.js';
import { threeFaces } from './three-faces.js';
import { quantile, timed } from './timing.js';

/** What `showroom bench vision --json` prints. Times are for a whole frame: three faces found, aligned and described. */
export interface VisionBench {
	readonly peer: { readonly name: string; readonly p50Ms: number };
	readonly ours: { readonly p50Ms: number; readonly p95Ms: number; readonly precision: 'fp32' };
	/** The peer's median by ours. */
	readonly ratio: number;
	/** The recogniser's arithmetic a second, as a part of a large matrix product's in the same run. */
	readonly recogniser: { readonly fp32FractionOfGemm: number; readonly int8FractionOfGemm: number };
	/** The part of our time that is not spent inside ONNX Runtime. */
	readonly preprocessFraction: number;
}

/** The two chains did not find the same three faces: then their times cannot be compared. */
export class DifferentFacesError extends Error {
	override readonly name = 'DifferentFacesError';
}

const faces = 3;
const frameCount = 5;
/** Peer and pipeline take turns, so that whatever else this machine does slows both. */
const rounds = 12;
const oursPerRound = 6;

/** @param note gets what is being done, for people */
export async function benchVision(note: (text: string) => void): Promise<VisionBench> {
	const faceApi = await loadFaceApi();
	const dir = await mkdtemp(join(tmpdir(), 'showroom-bench-'));
	try {
		note('drawing three persons and converting the networks');
		const frames = await threeFaces(frameCount);
		const models = openModelStore({ dir });
		const engine = await createFaceEngine({ recogniser: 'face-api', precision: 'fp32', models });
		try {
			note(`peer: ${faceApi.setting}; ours: ONNX Runtime, 1 thread`);
			const chains = await compareChains(faceApi, engine, frames, note);
			note('the recogniser beside a matrix product');
			const recogniser = {
				fp32FractionOfGemm: round(await fractionOfGemm('fp32', models), 3),
				int8FractionOfGemm: round(await fractionOfGemm('int8', models), 3),
			};
			const { preprocessFraction, ...times } = chains;
			return { ...times, recogniser, preprocessFraction };
		} finally {
			await engine.stop();
		}
	} finally {
		faceApi.stop();
		await rm(dir, { recursive: true, force: true });
	}
}

async function compareChains(
	faceApi: FaceApi,
	engine: MeasuredFaceEngine,
	frames: readonly YuvFrame[],
	note: (text: string) => void,
): Promise<Omit<VisionBench, 'recogniser'>> {
	const wanted = new Map<YuvFrame, Box[]>();
	const times = new Map<Peer, number[]>();
	for (const peer of faceApi.peers) {
		const found = await findEverywhere(faceApi, peer, frames);
		const complete = found.every((boxes) => boxes.length === faces);
		note(`${peer.name}: ${complete ? 'all three in each frame' : `found ${found.map((boxes) => boxes.length).join(', ')} faces`}`);
		if (!complete) continue;
		times.set(peer, []);
		frames.forEach((frame, i) => {
			wanted.set(frame, found[i] ?? []);
		});
	}
	if (times.size === 0) throw new DifferentFacesError('Neither of the peer’s detectors finds all three faces in every frame');
	for (const frame of frames) await oursOn(engine, frame, wanted.get(frame) ?? []);

	const ours: number[] = [];
	const ranBefore = engine.ranMs();
	for (let turn = 0; turn < rounds; turn++) {
		const frame = frames[turn % frames.length];
		if (frame === undefined) break;
		showTo(faceApi, frame);
		for (const [peer, ms] of times) ms.push(await timed(() => peer.run()));
		for (let k = 0; k < oursPerRound; k++) ours.push(await timed(() => oursOn(engine, frame, wanted.get(frame) ?? [])));
	}
	const inside = engine.ranMs() - ranBefore;
	const [best] = [...times].map(([peer, ms]) => ({ name: peer.name, p50Ms: quantile(ms, 0.5) })).sort((a, b) => a.p50Ms - b.p50Ms);
	if (best === undefined) throw new Error('No peer was timed');
	const total = ours.reduce((sum, ms) => sum + ms, 0);
	const p50Ms = quantile(ours, 0.5);
	return {
		peer: { name: best.name, p50Ms: round(best.p50Ms, 1) },
		ours: { p50Ms: round(p50Ms, 1), p95Ms: round(quantile(ours, 0.95), 1), precision: 'fp32' },
		ratio: round(best.p50Ms / p50Ms, 2),
		preprocessFraction: round(1 - inside / total, 3),
	};
}

async function findEverywhere(faceApi: FaceApi, peer: Peer, frames: readonly YuvFrame[]): Promise<Box[][]> {
	const found: Box[][] = [];
	for (const frame of frames) {
		showTo(faceApi, frame);
		found.push(await peer.run());
	}
	return found;
}

/** The peer gets the same picture as RGB; making it is not counted against it. */
function showTo(faceApi: FaceApi, frame: YuvFrame): void {
	const rgb = new Letterbox(frame.width, frame.height);
	rgb.draw(frame);
	faceApi.show(rgb.pixels, frame.width, frame.height);
}

/** Our whole chain on one frame. @throws DifferentFacesError where it does not find and describe the peer's faces */
async function oursOn(engine: MeasuredFaceEngine, frame: YuvFrame, wanted: readonly Box[]): Promise<void> {
	const found = await engine.detect(frame);
	const described = await engine.describe(frame, found);
	const met = wanted.filter((box) => found.some((face, i) => described[i] && overlap(face.box, box) >= 0.4));
	if (met.length !== wanted.length || found.length !== wanted.length) {
		throw new DifferentFacesError(`The peer finds ${wanted.length} faces, ours ${found.length}, of which ${met.length} are the same`);
	}
}

/** Multiply-accumulates a second in the recogniser, by those of a matrix product, both the median of runs that take turns. */
async function fractionOfGemm(precision: 'fp32' | 'int8', models: ModelFiles): Promise<number> {
	const { macs } = layersOf({ network: 'recogniser', precision }, faceApiFolder(), 'uint8');
	const network = await Network.load(await models.ensure(precision === 'int8' ? 'face-api-recogniser-int8' : 'face-api-recogniser'));
	const gemm = await loadGemm(precision);
	const face = new Tensor(
		'uint8',
		Uint8Array.from({ length: 150 * 150 * 3 }, (_, i) => (i * 7919) % 256),
		[1, 150, 150, 3],
	);
	const networkMs: number[] = [];
	const gemmMs: number[] = [];
	for (let turn = 0; turn < 40; turn++) {
		networkMs.push(await timed(() => network.run(face)));
		gemmMs.push(await timed(() => gemm.run()));
	}
	await network.stop();
	await gemm.stop();
	// The first runs still find their memory.
	return macs / quantile(networkMs.slice(5), 0.5) / (gemmMacs / quantile(gemmMs.slice(5), 0.5));
}

function round(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
