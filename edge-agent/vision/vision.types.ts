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

/** A face as detected. */
export interface DetectedFace {
	readonly box: Box;
	/** 0..1, the detector's own scale. */
	readonly score: number;
	/** Right eye, left eye (the person's), nose tip, right and left mouth corner; null where the detector gives none. */
	readonly points: readonly [Point, Point, Point, Point, Point] | null;
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
}

/** A face's descriptor and what it was made from. `descriptor` is overwritten with zeros by whoever drops it. */
export interface DescribedFace {
	readonly descriptor: Float32Array;
	readonly quality: FaceQuality;
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
	/** Faces in the picture, best score first. */
	detect(frame: YuvFrame): Promise<DetectedFace[]>;
	/** Aligns and describes faces of this frame; null where the landmarks do not make a face. Same order and length as `faces`. */
	describe(frame: YuvFrame, faces: readonly DetectedFace[]): Promise<(DescribedFace | null)[]>;
	stop(): Promise<void>;
}
