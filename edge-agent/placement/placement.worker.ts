import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { openModelStore } from '../../models/model-store.js';
import type { CameraMessage, FrameTaken } from '../cameras/camera.types.js';
import { FrameRingReader } from '../cameras/frame-ring.js';
import { monotonicMs } from '../clock.js';
import { readCalibration } from '../gallery/calibration.store.js';
import { decisionThreshold } from '../gallery/decision-threshold.js';
import { Gallery } from '../gallery/gallery.js';
import { defaultRules } from '../vision/decision-rules.js';
import { createFaceEngine } from '../vision/engine.js';
import { Masks } from '../vision/masks.js';
import { readPhoto } from '../vision/photo.source.js';
import { facesInPhoto, mainFace } from '../vision/photo-faces.js';
import { Pipeline } from '../vision/pipeline.js';
import type { FaceEngine } from '../vision/vision.types.js';
import type { PlacementAnswer, PlacementRequest, PlacementSettings } from './placement.messages.js';
import { Still } from './still.js';

/** Looks at one camera's frames through the real pipeline and tells what it saw of faces, without a descriptor of anybody's. */
const main = parentPort;
if (!main) throw new Error('placement.worker.js is a worker thread: start it through PlacementDesk');
const settings = workerData as PlacementSettings;
const say = (answer: PlacementAnswer) => main.postMessage(answer);

async function run(engine: FaceEngine, gallery: Gallery, threshold: () => number): Promise<void> {
	const masks = new Masks(settings.masks);
	const still = new Still({ engine, gallery, threshold, zone: settings.zone });
	// The trigger `zone` without a zone: faces are found and followed, nobody's is described.
	const pipeline = new Pipeline({
		...{
			camera: 'placement',
			line: null,
			trigger: 'zone',
			zone: null,
			engine,
			gallery: new Gallery(engine),
			nowMs: monotonicMs,
			calibration: 'shipped',
		},
		rules: () => ({ ...defaultRules, threshold: threshold() }),
	});
	pipeline.calibrating = true;

	const lookAtNewest = async (ring: FrameRingReader): Promise<number> => {
		const frame = ring.newest();
		if (!frame) return 0;
		try {
			masks.paint(frame);
			const { boxes } = await pipeline.process(frame);
			const look = await pipeline.look(frame);
			const { width, height } = frame;
			const faces = boxes.filter(({ kind }) => kind === 'face');
			await still.offer(
				frame,
				faces.map((box) => ({ x: box.x * width, y: box.y * height, width: box.width * width, height: box.height * height })),
			);
			say({ kind: 'frame', ms: frame.mediaMs, seq: frame.seq, look });
			return frame.seq;
		} finally {
			ring.release();
		}
	};

	let ring: FrameRingReader | null = null;
	let turn: Promise<void> = Promise.resolve();
	const inTurn = (work: () => Promise<void>) => {
		turn = turn.then(work);
	};
	const follow = (port: MessagePort, pace: 'live' | 'every-frame') => {
		port.on('message', (message: CameraMessage) => {
			if (message.kind === 'opened') ring = new FrameRingReader(message.memory);
			else if (message.kind === 'ended') inTurn(async () => say({ kind: 'ended' }));
			else
				inTurn(async () => {
					// What came meanwhile makes this the newest, or none.
					const seq = ring ? await lookAtNewest(ring) : 0;
					if (seq > 0 && pace === 'every-frame') port.postMessage({ kind: 'taken', camera: message.camera, seq } satisfies FrameTaken);
				});
		});
	};
	let port: MessagePort | null = null;
	main?.on('message', (request: PlacementRequest) => {
		if (request.kind === 'camera') {
			port = request.port;
			follow(port, request.pace);
		} else if (request.kind === 'finish') {
			port?.close();
			inTurn(async () => say({ kind: 'finished', still: await still.take() }));
		} else
			inTurn(async () => {
				port?.close();
				gallery.clear();
				await gallery.stop();
				await engine.stop();
				main.close();
			});
	});
	say({ kind: 'ready' });
}

/** Those whose faces the picture may show. @throws Error for people, when the installer's photograph shows no face */
async function agreed(engine: FaceEngine): Promise<Gallery> {
	const gallery = new Gallery(engine);
	for (const template of settings.gallery) gallery.add(template);
	if (settings.installer === null) return gallery;
	const photo = await readPhoto(settings.installer);
	const face = mainFace(await facesInPhoto(engine, photo), photo);
	const [described] = face ? await engine.describe(photo, [face]) : [];
	if (!described) throw new Error(`${settings.installer} shows no face that can be read; take a photograph from the front, in good light`);
	gallery.add({ person: 'installer', kind: 'staff', modelId: engine.modelId, descriptor: described.descriptor });
	described.descriptor.fill(0);
	return gallery;
}

try {
	const models = openModelStore({ dir: settings.modelsDir, onProgress: ({ message }) => say({ kind: 'progress', message }) });
	const engine = await createFaceEngine({ recogniser: settings.recogniser, models });
	const calibration = await readCalibration(settings.modelsDir, engine.modelId);
	const gallery = await agreed(engine);
	const threshold = () => settings.threshold ?? decisionThreshold(engine.modelId, gallery.size, calibration, settings.fpir).distance;
	await run(engine, gallery, threshold);
} catch (error) {
	say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
	main.close();
}
