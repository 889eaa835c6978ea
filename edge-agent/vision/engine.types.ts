import type { Model, RecogniserModel } from '../../models/catalogue.js';
import type { AssessedFace, DescribedFace, DetectedFace, YuvFrame } from './vision.types.js';

/** Finds faces. One call at a time: it writes into memory of its own. */
export interface Detector {
	/** Faces in the picture, best score first; with `faint` also those of which it is less sure. */
	detect(frame: YuvFrame, faint?: boolean): Promise<DetectedFace[]>;
	/** ms spent inside ONNX Runtime so far. */
	ranMs(): number;
	stop(): Promise<void>;
}

/** Aligns and describes faces. One call at a time: it writes into memory of its own. */
export interface Recogniser {
	/** Network, precision, alignment version: `face-api/fp32/a1`. */
	readonly modelId: string;
	readonly descriptorLength: number;
	readonly metric: 'euclidean' | 'cosine';
	/** Null where the points do not make a face. Same order and length as `faces`. */
	describe(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(DescribedFace | null)[]>;
	/** As `describe`, without running the network that makes descriptors. */
	assess(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(AssessedFace | null)[]>;
	/** ms spent inside ONNX Runtime so far. */
	ranMs(): number;
	stop(): Promise<void>;
}

/** Where networks' files are; `models/model-store.ts` is one. */
export interface ModelFiles {
	/** The path of a checked .onnx file; throws, saying what to do, where there is none. */
	ensure(name: string): Promise<string>;
	/** Which networks a recogniser needs, and how a face gets from one to the next. */
	recogniser(name: string): Promise<RecogniserModel>;
	/** How a network wants its input. */
	network(name: string): Promise<Model>;
}
