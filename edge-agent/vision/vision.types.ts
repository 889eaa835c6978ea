/** What vision's rooms hand one another. Coordinates are pixels of the source picture, origin top left. */

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** A decoded picture: planar YUV 4:2:0 (I420), Y then U then V, rows unpadded, width and height even. Limited range BT.601 or BT.709 by size. */
export interface YuvFrame {
	readonly width: number;
	readonly height: number;
	/** width * height * 3 / 2 bytes; may be a view of shared memory: valid until the frame is released. */
	readonly data: Uint8Array;
	/** Media time in ms: exact for files, ms since the camera opened for live sources. */
	readonly mediaMs: number;
	/** CLOCK_MONOTONIC ms when the frame had been read from the decoder. */
	readonly receivedMs: number;
}

/** Right eye, left eye (the person's), nose tip, right and left mouth corner. */
export type FivePoints = readonly [Point, Point, Point, Point, Point];

/** A face as detected. */
export interface DetectedFace {
	readonly box: Box;
	/** 0..1, the detector's own scale. */
	readonly score: number;
	/** Null where the detector gives none. */
	readonly points: FivePoints | null;
}

/** How fit a face is for recognition. */
export interface FaceQuality {
	/** Pixels between the eyes' centres. */
	readonly eyeDistance: number;
	/** Radians; positive: the head tilts clockwise in the picture. */
	readonly roll: number;
	/** 0 frontal .. 1 profile, from how far the nose stands off the eyes' middle. */
	readonly turn: number;
	/** Mean squared Laplacian of the aligned grey crop; higher is sharper. */
	readonly sharpness: number;
	/** Mean grey of the aligned crop's middle half a side, 0 black .. 255 white. */
	readonly brightness: number;
	/** Standard deviation of grey there. */
	readonly contrast: number;
}

/** A face as the recogniser would see it, measured without being described. */
export interface AssessedFace {
	readonly quality: FaceQuality;
	readonly points: FivePoints;
	/** How far down the face the nose's tip lies, from the eyes (0) to the mouth (1); seen from above it lies lower. */
	readonly noseHeight: number;
}

/** A face's descriptor and what it was made from. `descriptor` is overwritten with zeros by whoever drops it. */
export interface DescribedFace {
	readonly descriptor: Float32Array;
	readonly quality: FaceQuality;
	readonly points: FivePoints;
}

/**
 * Detector, alignment and recogniser of one model set, on one thread. Implementations hold ONNX Runtime sessions with one
 * intra-op thread each.
 */
export interface FaceEngine {
	/** Name, precision and alignment version: templates of another `modelId` are not comparable. */
	readonly modelId: string;
	readonly descriptorLength: number;
	/** How two descriptors compare: Euclidean distance or 1 - cosine; smaller is more alike either way. */
	readonly metric: 'euclidean' | 'cosine';
	/**
	 * Faces in the picture, best score first.
	 * @param faint also those of which the detector is less sure, and some of which are none
	 */
	detect(frame: YuvFrame, faint?: boolean): Promise<DetectedFace[]>;
	/** Aligns and describes faces of this frame; null where the landmarks do not make a face. Same order and length as `faces`. */
	describe(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(DescribedFace | null)[]>;
	/** Measures faces as `describe` does, but makes no descriptor: the recogniser's network does not run. */
	assess(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(AssessedFace | null)[]>;
	stop(): Promise<void>;
}
