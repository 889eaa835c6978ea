import type { RecogniserName } from '../../models/catalogue.js';
import { SsdByShape } from './detectors/ssd-by-shape.js';
import { YuNet } from './detectors/yunet.js';
import type { Detector, ModelFiles, Recogniser } from './engine.types.js';
import { lookAgain } from './look-again.js';
import { Network } from './onnx.client.js';
import { FaceApiRecogniser } from './recognisers/face-api.js';
import { FivePointRecogniser } from './recognisers/five-point.js';
import type { DetectedFace, FaceEngine, YuvFrame } from './vision.types.js';
import { checkFrame } from './yuv.js';

export interface ModelSet {
	/** As `models use` calls it: face-api, which comes with the program, or one that was fetched or added beforehand. */
	readonly recogniser: RecogniserName;
}

export type EngineOptions = ModelSet & { readonly models: ModelFiles };

/** What a bench wants to know besides: ms spent inside ONNX Runtime so far. */
export interface MeasuredFaceEngine extends FaceEngine {
	ranMs(): number;
}

/**
 * Loads a model set on the calling thread. Calls of `detect`, `describe` and `assess` may overlap; they run one after the other,
 * since networks read from memory that the next call writes. ONNX Runtime blocks the thread while it runs: use a worker.
 *
 * @throws where a network's file is missing or damaged, with what to do
 */
export async function createFaceEngine(options: EngineOptions): Promise<MeasuredFaceEngine> {
	const { detector, recogniser } = await load(options);
	let last: Promise<unknown> = Promise.resolve();
	const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
		const result = last.then(work);
		last = result.catch(() => undefined);
		return result;
	};
	let stopped: Promise<void> | null = null;
	const running = () => {
		if (stopped !== null) throw new Error('This face engine has been stopped');
	};
	return {
		modelId: recogniser.modelId,
		descriptorLength: recogniser.descriptorLength,
		metric: recogniser.metric,
		async detect(frame, faint) {
			running();
			checkFrame(frame);
			return inTurn(() => detector.detect(frame, faint));
		},
		async describe(frame, faces) {
			running();
			checkFrame(frame);
			return inTurn(async () => recogniser.describe(frame, await closely(detector, frame, faces)));
		},
		async assess(frame, faces) {
			running();
			checkFrame(frame);
			return inTurn(async () => recogniser.assess(frame, await closely(detector, frame, faces)));
		},
		ranMs: () => detector.ranMs() + recogniser.ranMs(),
		stop() {
			stopped ??= inTurn(async () => {
				await detector.stop();
				await recogniser.stop();
			});
			return stopped;
		},
	};
}

/** Boxes without points are not what the recogniser's crop hangs on: they stay as they are. */
async function closely(detector: Detector, frame: YuvFrame, faces: readonly DetectedFace[]): Promise<DetectedFace[]> {
	const near: DetectedFace[] = [];
	for (const face of faces) near.push(face.points === null ? face : await lookAgain(detector, frame, face));
	return near;
}

async function load({ models, recogniser }: EngineOptions): Promise<{ detector: Detector; recogniser: Recogniser }> {
	const network = async (name: string): Promise<Network> => Network.load(await models.ensure(name));
	const model = await models.recogniser(recogniser);
	if (model.alignment === 'landmarks') {
		const { camera, other } = model.detectors;
		const detector = new SsdByShape({ camera: await models.ensure(camera), other: await models.ensure(other) });
		return { detector, recogniser: new FaceApiRecogniser(await network(model.network), await network(model.landmarks), model.modelId) };
	}
	const { input } = await models.network(model.network);
	return {
		detector: new YuNet(await network(model.detector)),
		recogniser: new FivePointRecogniser(await network(model.network), { ...model, input }),
	};
}
