import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Calibration } from '../../calibration/calibration.js';
import { openModelStore } from '../../models/model-store.js';
import { monotonicMs } from '../clock.js';
import { readCalibration } from '../gallery/calibration.store.js';
import { decisionThreshold } from '../gallery/decision-threshold.js';
import { Gallery } from '../gallery/gallery.js';
import { CameraReader, type ReaderListener } from './camera-reader.js';
import { defaultRules } from './decision-rules.js';
import { createFaceEngine } from './engine.js';
import { Pipeline } from './pipeline.js';
import { FaceSessions } from './presentation/face-sessions.js';
import { loadMiniFasNet, type MiniFasNet } from './presentation/minifasnet.js';
import type { FaceEngine } from './vision.types.js';
import type { VisionAnswer, VisionRequest, VisionSettings } from './vision-messages.js';

/** A vision worker: one face engine, the gallery, and the pipelines of the cameras that it was given, which take turns frame by frame. */
const main = parentPort;
if (!main) throw new Error('vision.worker.js is a worker thread: start it through Vision');
const settings = workerData as VisionSettings;
const say = (answer: VisionAnswer, transfer: ArrayBuffer[] = []) => main.postMessage(answer, transfer);

interface Loaded {
	readonly engine: FaceEngine;
	readonly calibration: Calibration | null;
	readonly network: MiniFasNet | null;
}

async function run({ engine, calibration, network }: Loaded): Promise<void> {
	const gallery = new Gallery(engine);
	const readers = new Map<string, CameraReader>();
	let watched = new Set<string>();
	let calibrated = new Set<string>();
	/** While the gallery is read in: templates there will be. */
	let expected = 0;
	let stopping = false;
	let wake = () => {};

	const threshold = () =>
		settings.threshold ?? decisionThreshold(engine.modelId, Math.max(gallery.size, expected), calibration, settings.fpir).distance;
	const source = settings.threshold !== null ? 'settings' : calibration ? 'own' : 'shipped';
	const rules = () => ({ ...defaultRules, threshold: threshold() });
	const listener: ReaderListener = {
		events: (events) => say({ kind: 'events', events }),
		picture: (picture) => say({ kind: 'picture', picture }, [picture.jpeg]),
		wake: () => wake(),
	};
	const faces = new FaceSessions({ engine, gallery, threshold, network, nowMs: monotonicMs });
	const serve = (request: VisionRequest): void => {
		if (request.kind === 'camera') {
			const { camera, port } = request;
			const { line, trigger, zone } = camera;
			const pipeline = new Pipeline({
				camera: camera.id,
				line,
				trigger,
				zone,
				engine,
				gallery,
				rules,
				calibration: source,
				nowMs: monotonicMs,
			});
			const reader = new CameraReader(camera, port, pipeline, listener, monotonicMs);
			reader.watched = watched.has(camera.id);
			reader.calibrating = calibrated.has(camera.id);
			readers.set(camera.id, reader);
			reader.start();
		} else if (request.kind === 'remove-camera') {
			readers.get(request.camera)?.stop();
			readers.delete(request.camera);
		} else if (request.kind === 'masks') readers.get(request.camera)?.setMasks(request.masks);
		else if (request.kind === 'templates') {
			let fault: string | null = null;
			try {
				gallery.reserve(request.expected);
				gallery.set(request.templates, request.replace);
				expected = request.expected;
			} catch (error) {
				fault = error instanceof Error ? error.message : String(error);
			}
			say({ kind: 'copied', id: request.id, fault });
		} else if (request.kind === 'remove-people') gallery.removePeople(request.people);
		else if (request.kind === 'watch') {
			watched = new Set(request.cameras);
			for (const [camera, reader] of readers) reader.watched = watched.has(camera);
		} else if (request.kind === 'calibrate') {
			calibrated = new Set(request.cameras);
			for (const [camera, reader] of readers) reader.calibrating = calibrated.has(camera);
		} else if (request.kind === 'face') {
			const { id, session, ask } = request;
			void faces.serve(session, ask).then((answer) => say({ kind: 'face', id, answer }));
		} else if (request.kind === 'nearest') {
			const { id, probe } = request;
			void gallery.nearest([probe]).then(([nearest = null]) => {
				probe.fill(0);
				say({ kind: 'nearest', id, nearest, threshold: threshold() });
			});
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
	faces.stop();
	gallery.clear();
	await gallery.stop();
	await engine.stop();
	await network?.stop();
}

/** Answers null, having said why, when the networks cannot be had. A later fault is one in the program and ends the agent. */
async function load(): Promise<Loaded | null> {
	try {
		const models = openModelStore({ dir: settings.modelsDir, onProgress: ({ message }) => say({ kind: 'progress', message }) });
		const engine = await createFaceEngine({ recogniser: settings.recogniser, models });
		const network = await loadMiniFasNet(models, (message) => say({ kind: 'progress', message }));
		return { engine, network, calibration: await readCalibration(settings.modelsDir, engine.modelId) };
	} catch (error) {
		say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
		return null;
	}
}

const loaded = await load();
if (loaded) await run(loaded);
main.close();
