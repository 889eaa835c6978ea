import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openModelStore } from '../../models/model-store.js';
import { monotonicMs } from '../clock.js';
import { defaultThreshold } from '../gallery/default-threshold.js';
import { Gallery } from '../gallery/gallery.js';
import { CameraReader, type ReaderListener } from './camera-reader.js';
import { defaultRules } from './decision.js';
import { createFaceEngine } from './engine.js';
import { Pipeline } from './pipeline.js';
import type { FaceEngine } from './vision.types.js';
import type { VisionAnswer, VisionRequest, VisionSettings } from './vision-messages.js';

/** A vision worker: one face engine, the gallery, and the pipelines of the cameras that it was given, which take turns frame by frame. */
const main = parentPort;
if (!main) throw new Error('vision.worker.js is a worker thread: start it through Vision');
const settings = workerData as VisionSettings;
const say = (answer: VisionAnswer, transfer: ArrayBuffer[] = []) => main.postMessage(answer, transfer);

async function run(engine: FaceEngine): Promise<void> {
	const gallery = new Gallery(engine);
	const readers = new Map<string, CameraReader>();
	let watched = new Set<string>();
	let stopping = false;
	let wake = () => {};

	const rules = () => ({ ...defaultRules, threshold: settings.threshold ?? defaultThreshold(engine.modelId, gallery.people) });
	const listener: ReaderListener = {
		events: (events) => say({ kind: 'events', events }),
		picture: (picture) => say({ kind: 'picture', picture }, [picture.jpeg]),
		wake: () => wake(),
	};
	const serve = (request: VisionRequest): void => {
		if (request.kind === 'camera') {
			const { camera, port } = request;
			const { line, trigger, zone } = camera;
			const pipeline = new Pipeline({ camera: camera.id, line, trigger, zone, engine, gallery, rules, nowMs: monotonicMs });
			const reader = new CameraReader(camera, port, pipeline, listener, monotonicMs);
			reader.watched = watched.has(camera.id);
			readers.set(camera.id, reader);
			reader.start();
		} else if (request.kind === 'remove-camera') {
			readers.get(request.camera)?.stop();
			readers.delete(request.camera);
		} else if (request.kind === 'templates') {
			if (request.replace) gallery.clear();
			for (const template of request.templates) {
				gallery.add(template);
				template.descriptor.fill(0);
			}
		} else if (request.kind === 'remove-person') gallery.removePerson(request.person);
		else if (request.kind === 'watch') {
			watched = new Set(request.cameras);
			for (const [camera, reader] of readers) reader.watched = watched.has(camera);
		} else if (request.kind === 'stats') {
			say({ kind: 'stats', id: request.id, cameras: [...readers.values()].map((reader) => reader.stats()) });
		} else {
			stopping = true;
			wake();
		}
	};
	main?.on('message', serve);
	say({ kind: 'ready', modelId: engine.modelId, descriptorLength: engine.descriptorLength, metric: engine.metric });

	while (!stopping) {
		const news = new Promise<void>((resolve) => {
			wake = resolve;
		});
		let worked = false;
		// One frame a camera, in turn: nobody waits for more than the others' one frame.
		for (const reader of [...readers.values()]) {
			if (stopping) break;
			if (!(await reader.step())) continue;
			worked = true;
			// ONNX Runtime holds the thread: let messages in between frames.
			await nextTurn();
		}
		if (!worked && !stopping) await news;
	}
	for (const reader of readers.values()) reader.stop();
	gallery.clear();
	await engine.stop();
}

/** Answers null, having said why, when the networks cannot be had. A later fault is one in the program and ends the agent. */
async function load(): Promise<FaceEngine | null> {
	try {
		const models = openModelStore({ dir: settings.modelsDir, onProgress: ({ message }) => say({ kind: 'progress', message }) });
		return await createFaceEngine({ recogniser: settings.recogniser, models });
	} catch (error) {
		say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
		return null;
	}
}

const engine = await load();
if (engine) await run(engine);
main.close();
