import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Box } from '../vision/vision.types.js';

/** One chain of face-api on TensorFlow.js with its WebAssembly backend: detector, 68 landmarks, descriptors. */
export interface Peer {
	readonly name: string;
	/** Detects and describes every face of the picture last shown. */
	run(): Promise<Box[]>;
}

/** face-api with all of its networks that the peers need loaded, and one picture at a time to look at. */
export interface FaceApi {
	/** tiny at 416 pixels, and SSD. */
	readonly peers: readonly Peer[];
	/** How TensorFlow.js runs here, for people. */
	readonly setting: string;
	/** @param rgb interleaved, rows unpadded */
	show(rgb: Uint8Array, width: number, height: number): void;
	stop(): void;
}

/** The packages or one of them are not installed. */
export class PeerMissingError extends Error {
	override readonly name = 'PeerMissingError';
}

/** What is used of face-api's build for Node with WebAssembly. Its own declarations need a browser's types. */
interface FaceApiModule {
	readonly tf: {
		setBackend(name: string): Promise<boolean>;
		ready(): Promise<void>;
		env(): { getAsync(flag: string): Promise<unknown> };
		tensor3d(values: Int32Array, shape: [number, number, number], type: 'int32'): Picture;
	};
	readonly nets: Record<
		'ssdMobilenetv1' | 'tinyFaceDetector' | 'faceLandmark68Net' | 'faceRecognitionNet',
		{ loadFromDisk(folder: string): Promise<void> }
	>;
	readonly SsdMobilenetv1Options: new () => object;
	readonly TinyFaceDetectorOptions: new (options: { inputSize: number }) => object;
	detectAllFaces(
		picture: Picture,
		options: object,
	): { withFaceLandmarks(): { withFaceDescriptors(): Promise<{ detection: { box: Box } }[]> } };
}

interface Picture {
	dispose(): void;
}

interface WasmBackend {
	setWasmPaths(folder: string): void;
	getThreadsCount(): number;
}

/** @throws PeerMissingError where TensorFlow.js is not installed: it is a development dependency, the appliance does without */
export async function loadFaceApi(): Promise<FaceApi> {
	const require = createRequire(import.meta.url);
	const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));
	let wasm: WasmBackend;
	let faceApi: FaceApiModule;
	try {
		wasm = require('@tensorflow/tfjs-backend-wasm');
		wasm.setWasmPaths(`${join(folderOf('@tensorflow/tfjs-backend-wasm'), 'wasm-out')}/`);
		faceApi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
	} catch (cause) {
		throw new PeerMissingError(
			'The peer of this bench is face-api on TensorFlow.js, which is not installed. It is a development dependency: run `npm ci` with them.',
			{ cause },
		);
	}
	const { tf, nets } = faceApi;
	await tf.setBackend('wasm');
	await tf.ready();
	const weights = join(folderOf('@vladmandic/face-api'), 'model');
	for (const net of Object.values({
		a: nets.ssdMobilenetv1,
		b: nets.tinyFaceDetector,
		c: nets.faceLandmark68Net,
		d: nets.faceRecognitionNet,
	}))
		await net.loadFromDisk(weights);
	const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
	let picture: Picture | null = null;
	const chain = (name: string, options: object): Peer => ({
		name: `face-api wasm, ${name}`,
		async run() {
			if (picture === null) throw new Error('show a picture first');
			const found = await faceApi.detectAllFaces(picture, options).withFaceLandmarks().withFaceDescriptors();
			return found.map(({ detection: { box } }) => ({ x: box.x, y: box.y, width: box.width, height: box.height }));
		},
	});
	const hide = () => {
		picture?.dispose();
		picture = null;
	};
	return {
		peers: [chain('tiny 416', new faceApi.TinyFaceDetectorOptions({ inputSize: 416 })), chain('SSD', new faceApi.SsdMobilenetv1Options())],
		setting: `WebAssembly, ${simd ? 'SIMD' : 'no SIMD'}, ${wasm.getThreadsCount()} thread`,
		show(rgb, width, height) {
			hide();
			picture = tf.tensor3d(Int32Array.from(rgb), [height, width, 3], 'int32');
		},
		stop: hide,
	};
}
