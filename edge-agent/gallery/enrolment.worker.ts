import { parentPort, workerData } from 'node:worker_threads';
import { openModelStore } from '../../models/model-store.js';
import { createFaceEngine } from '../vision/engine.js';
import { readPhoto } from '../vision/photo.source.js';
import type { FaceEngine } from '../vision/vision.types.js';
import { describeMainFace, describePhoto, EnrolmentError } from './enrolment.js';
import type { DescribeRequest, EnrolmentMessage, EnrolmentSettings } from './enrolment.messages.js';

/** Describes photographs one after the other, away from the main thread and from the workers that watch the cameras. */
const port = parentPort;
if (!port) throw new Error('enrolment.worker.js runs as a worker thread');
const settings = workerData as EnrolmentSettings;
const say = (message: EnrolmentMessage) => port.postMessage(message);

async function describe(engine: FaceEngine, { id, photo, purpose }: DescribeRequest): Promise<EnrolmentMessage> {
	try {
		const frame =
			typeof photo === 'string' || photo instanceof Uint8Array ? await readPhoto(photo) : { ...photo, mediaMs: 0, receivedMs: 0 };
		return { kind: 'described', id, descriptor: await (purpose === 'enrol' ? describePhoto : describeMainFace)(engine, frame) };
	} catch (error) {
		const reason = error instanceof EnrolmentError ? error.reason : 'unreadable';
		return { kind: 'refused', id, reason, message: error instanceof Error ? error.message : String(error) };
	}
}

try {
	const models = openModelStore({ dir: settings.modelsDir, onProgress: ({ message }) => say({ kind: 'progress', message }) });
	const engine = await createFaceEngine({ ...settings, models });
	let turn: Promise<void> = Promise.resolve();
	port.on('message', (request: DescribeRequest | 'stop') => {
		turn = turn.then(async () => {
			if (request === 'stop') {
				await engine.stop();
				port.close();
			} else {
				say(await describe(engine, request));
			}
		});
	});
	say({ kind: 'ready', modelId: engine.modelId, descriptorLength: engine.descriptorLength, metric: engine.metric });
} catch (error) {
	say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
	port.close();
}
