import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { layersOf } from '../../models/convert.js';
import { faceApiFolder } from '../../models/face-api-weights.js';
import { openModelStore } from '../../models/model-store.js';
import { seededRandom } from '../demo/random.js';
import { Gallery } from '../gallery/gallery.js';
import { holds, middle } from '../vision/association.js';
import { createFaceEngine, type MeasuredFaceEngine } from '../vision/engine.js';
import type { ModelFiles } from '../vision/engine.types.js';
import { Network } from '../vision/onnx.client.js';
import { Letterbox } from '../vision/resize.js';
import type { Box, YuvFrame } from '../vision/vision.types.js';
import { type FaceApi, loadFaceApi, type Peer } from './face-api.peer.js';
import { gemmSides, loadGemm } from './gemm.js';
import { inPrecision, type Precision, timePrecisions } from './precisions.js';
import { strangers } from './strangers.js';
import { threeFaces } from './three-faces.js';
import { quantile, timed } from './timing.js';

/** What `showroom bench vision --json` prints. Times are for a whole frame: three faces found, aligned, described and searched for in 45,000 templates. */
export interface VisionBench {
	readonly peer: { readonly name: string; readonly p50Ms: number };
	readonly ours: { readonly p50Ms: number; readonly p95Ms: number; readonly precision: Precision };
	/** The peer's median by ours. */
	readonly ratio: number;
	/** The recogniser's arithmetic a second on three faces at once, as a part of the fastest matrix product's in the same run. */
	readonly recogniser: { readonly fp32FractionOfGemm: number; readonly int8FractionOfGemm: number };
	/** The part of detecting and describing that is not spent inside ONNX Runtime. */
	readonly preprocessFraction: number;
}

/** The two chains did not find the same three faces: then their times cannot be compared. */
export class DifferentFacesError extends Error {
	override readonly name = 'DifferentFacesError';
}

const faces = 3;
const galleryTemplates = 45_000;
const frameCount = 5;
/** Peer and pipeline take turns, for about as long each, so that whatever else this machine does slows both. */
const rounds = 40;
const oursPerRound = 6;
/** On a slow or busy machine fewer rounds do; after this time no further one begins. */
const enoughMs = 25_000;
const leastRounds = 10;
/** How long fp32 and int8 are compared. */
const PRECISIONS_MS = 2000;
/** Times that each chain sees every frame before anything counts: code gets compiled and memory found. */
const warmups = 2;

/** @param note gets what is being done, for people */
export async function benchVision(note: (text: string) => void): Promise<VisionBench> {
	const faceApi = await loadFaceApi();
	const dir = await mkdtemp(join(tmpdir(), 'showroom-bench-'));
	try {
		note('drawing three persons and converting the networks');
		const frames = await threeFaces(frameCount);
		const models = openModelStore({ dir });
		const precision = await fasterPrecision(models, frames, note);
		const engine = await createFaceEngine({ recogniser: inPrecision[precision], models });
		const gallery = new Gallery(engine);
		for (const template of strangers(engine, galleryTemplates, seededRandom(1))) gallery.add(template);
		try {
			note(`peer: ${faceApi.setting}; ours: ONNX Runtime, 1 thread, ${precision}`);
			const chains = await compareChains(faceApi, { engine, gallery, precision }, frames, note);
			note('the recogniser beside a matrix product');
			const recogniser = {
				fp32FractionOfGemm: round(await fractionOfGemm('fp32', models), 3),
				int8FractionOfGemm: round(await fractionOfGemm('int8', models), 3),
			};
			const { preprocessFraction, ...times } = chains;
			return { ...times, recogniser, preprocessFraction };
		} finally {
			await engine.stop();
			await gallery.stop();
		}
	} finally {
		faceApi.stop();
		await rm(dir, { recursive: true, force: true });
	}
}

/** Our chain: all of it runs for every frame. */
interface Ours {
	readonly engine: MeasuredFaceEngine;
	readonly gallery: Gallery;
	readonly precision: Precision;
}

/** 8-bit integers where this machine is faster with them: without instructions for them they are slower. */
async function fasterPrecision(models: ModelFiles, frames: readonly YuvFrame[], note: (text: string) => void): Promise<Precision> {
	const { fp32, int8 } = await timePrecisions(models, frames, PRECISIONS_MS);
	note(`networks in fp32: ${fp32.toFixed(1)} ms a frame, in 8-bit integers: ${int8.toFixed(1)} ms`);
	return int8 < fp32 ? 'int8' : 'fp32';
}

async function compareChains(
	faceApi: FaceApi,
	{ engine, gallery, precision }: Ours,
	frames: readonly YuvFrame[],
	note: (text: string) => void,
): Promise<Omit<VisionBench, 'recogniser'>> {
	const peer = await fastestPeer(faceApi, frames, note);
	for (let k = 0; k < warmups; k++) for (const frame of frames) await oursOn(engine, gallery, frame, peer.found.get(frame) ?? []);

	const theirs: number[] = [];
	const ours: number[] = [];
	let searched = 0;
	const ranBefore = engine.ranMs();
	const begun = performance.now();
	for (let turn = 0; turn < rounds; turn++) {
		const frame = frames[turn % frames.length];
		if (frame === undefined || (turn >= leastRounds && performance.now() - begun > enoughMs)) break;
		showTo(faceApi, frame);
		theirs.push(await timed(() => peer.chain.run()));
		for (let k = 0; k < oursPerRound; k++) {
			ours.push(
				await timed(async () => {
					searched += await oursOn(engine, gallery, frame, peer.found.get(frame) ?? []);
				}),
			);
		}
	}
	const inside = engine.ranMs() - ranBefore;
	const total = ours.reduce((sum, ms) => sum + ms, 0) - searched;
	const peerMs = quantile(theirs, 0.5);
	const p50Ms = quantile(ours, 0.5);
	return {
		peer: { name: peer.chain.name, p50Ms: round(peerMs, 1) },
		ours: { p50Ms: round(p50Ms, 1), p95Ms: round(quantile(ours, 0.95), 1), precision },
		ratio: round(peerMs / p50Ms, 2),
		preprocessFraction: round(1 - inside / total, 3),
	};
}

/** Of the peer's chains that find all three faces in every frame, the fastest when warm, and what it found. */
async function fastestPeer(
	faceApi: FaceApi,
	frames: readonly YuvFrame[],
	note: (text: string) => void,
): Promise<{ readonly chain: Peer; readonly found: ReadonlyMap<YuvFrame, Box[]> }> {
	const complete: { readonly chain: Peer; readonly found: ReadonlyMap<YuvFrame, Box[]>; readonly ms: number }[] = [];
	for (const chain of faceApi.peers) {
		const found = new Map<YuvFrame, Box[]>();
		let times: number[] = [];
		for (let k = 0; k < warmups; k++) {
			times = [];
			for (const frame of frames) {
				showTo(faceApi, frame);
				times.push(await timed(async () => found.set(frame, await chain.run())));
			}
		}
		const counts = [...found.values()].map((boxes) => boxes.length);
		const ms = quantile(times, 0.5);
		const all = counts.every((count) => count === faces);
		note(`${chain.name}: ${all ? 'all three in each frame' : `found ${counts.join(', ')} faces`}, about ${ms.toFixed(0)} ms a frame`);
		if (all) complete.push({ chain, found, ms });
	}
	const [best] = complete.sort((a, b) => a.ms - b.ms);
	if (best === undefined) throw new DifferentFacesError('Neither of the peer’s detectors finds all three faces in every frame');
	return best;
}

/** The peer gets the same picture as RGB; making it is not counted against it. */
function showTo(faceApi: FaceApi, frame: YuvFrame): void {
	const rgb = new Letterbox(frame.width, frame.height);
	rgb.draw(frame);
	faceApi.show(rgb.pixels, frame.width, frame.height);
}

/** Our whole chain on one frame; answers the ms that the search took. @throws DifferentFacesError where it does not find and describe the peer's faces */
async function oursOn(engine: MeasuredFaceEngine, gallery: Gallery, frame: YuvFrame, wanted: readonly Box[]): Promise<number> {
	const found = await engine.detect(frame);
	const described = await engine.describe(frame, found);
	const searchedMs = await timed(() => gallery.nearest(described.flatMap((face) => (face === null ? [] : [face.descriptor]))));
	// Detectors differ in how much of a head they call a face; two boxes with each other's middle mean the same.
	const met = wanted.filter((box) => found.some((face, i) => described[i] && holds(face.box, middle(box)) && holds(box, middle(face.box))));
	if (met.length !== wanted.length || found.length !== wanted.length) {
		throw new DifferentFacesError(`The peer finds ${wanted.length} faces, ours ${found.length}, of which ${met.length} are the same`);
	}
	return searchedMs;
}

/**
 * Multiply-accumulates a second in the recogniser, three faces a run as the chain runs it, by those of the fastest matrix product of
 * 512 to 2048 a side, in runs that take turns. Of each the fastest quarter's slowest counts: a single product is so short that a median
 * shows what else the machine was doing.
 */
async function fractionOfGemm(precision: Precision, models: ModelFiles): Promise<number> {
	const { macs } = layersOf({ network: 'recogniser', precision }, faceApiFolder(), 'uint8');
	const network = await Network.load(await models.ensure(precision === 'int8' ? 'face-api-recogniser-int8' : 'face-api-recogniser'));
	const gemms = await Promise.all(gemmSides.map((side) => loadGemm(precision, side)));
	const [, ...shape] = network.inputShape();
	const bytes = faces * shape.reduce((product, size) => product * size, 1);
	const pictures = new Tensor(
		'uint8',
		Uint8Array.from({ length: bytes }, (_, i) => (i * 7919) % 256),
		[faces, ...shape],
	);
	const networkMs: number[] = [];
	const gemmMs = gemms.map((): number[] => []);
	for (let turn = 0; turn < 40; turn++) {
		networkMs.push(await timed(() => network.run(pictures)));
		for (const [i, gemm] of gemms.entries()) if (turn % gemm.every === 0) gemmMs[i]?.push(await timed(() => gemm.run()));
	}
	await network.stop();
	for (const gemm of gemms) await gemm.stop();
	const fastest = Math.max(...gemms.map((gemm, i) => gemm.macs / quantile(gemmMs[i] ?? [], 0.25)));
	return (faces * macs) / quantile(networkMs, 0.25) / fastest;
}

function round(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}
