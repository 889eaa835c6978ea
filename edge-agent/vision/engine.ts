import { SsdByShape } from './detectors/ssd-by-shape.js';
import { YuNet } from './detectors/yunet.js';
import type { Detector, ModelFiles, Recogniser } from './engine.types.js';
import { Network } from './onnx.client.js';
import { FaceApiRecogniser } from './recognisers/face-api.js';
import { FivePointRecogniser } from './recognisers/five-point.js';
import { mobileFaceNet } from './recognisers/mobilefacenet.js';
import { sFace } from './recognisers/sface.js';
import type { FaceEngine } from './vision.types.js';
import { checkFrame } from './yuv.js';

export type Precision = 'fp32' | 'int8';

/**
 * face-api: its SSD, 68 landmarks and recogniser, converted; they come with the program. `int8` is for slow machines: SSD and
 * recogniser in 8-bit integers, twice as fast, alike on photographs except for the smallest faces (default fp32).
 * The others: YuNet and the recogniser named, fetched beforehand.
 */
export type ModelSet =
	| { readonly recogniser: 'face-api'; readonly precision?: Precision }
	| { readonly recogniser: 'mobilefacenet' | 'sface' };

export type EngineOptions = ModelSet & { readonly models: ModelFiles };

/** What a bench wants to know besides: ms spent inside ONNX Runtime so far. */
export interface MeasuredFaceEngine extends FaceEngine {
	ranMs(): number;
}

/**
 * Loads a model set on the calling thread. Calls of `detect` and `describe` may overlap; they run one after the other,
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
		async detect(frame) {
			running();
			checkFrame(frame);
			return inTurn(() => detector.detect(frame));
		},
		async describe(frame, faces) {
			running();
			checkFrame(frame);
			return inTurn(() => recogniser.describe(frame, faces));
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

async function load(options: EngineOptions): Promise<{ detector: Detector; recogniser: Recogniser }> {
	const network = async (name: string): Promise<Network> => Network.load(await options.models.ensure(name));
	switch (options.recogniser) {
		case 'face-api': {
			const { precision = 'fp32' } = options;
			const ending = precision === 'int8' ? '-int8' : '';
			const file = (size: string) => options.models.ensure(`face-api-ssd-${size}${ending}`);
			const landmarks = await network('face-api-landmarks68');
			return {
				detector: new SsdByShape({ camera: await file('256x448'), other: await file('320x512') }),
				recogniser: new FaceApiRecogniser(await network(`face-api-recogniser${ending}`), landmarks, precision),
			};
		}
		case 'mobilefacenet':
			return {
				detector: new YuNet(await network('yunet')),
				recogniser: new FivePointRecogniser(await network('mobilefacenet'), mobileFaceNet),
			};
		case 'sface':
			return { detector: new YuNet(await network('yunet')), recogniser: new FivePointRecogniser(await network('sface'), sFace) };
	}
}
