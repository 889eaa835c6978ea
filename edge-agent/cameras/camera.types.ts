import type { CameraReason, CameraState } from '../contract/vocabulary.js';

/** One camera as the cameras room needs it. */
export interface CameraSource {
	readonly id: string;
	/** rtsp://user:password@host/path, a file's path, an image's path, or usb:/dev/videoN */
	readonly url: string;
	/** Analysed frames a second at most. */
	readonly rate: number;
	/**
	 * live: newest frame wins, the pipe is drained whatever the reader does (RTSP and USB always; files played at their own speed).
	 * every-frame: a file as fast as the reader takes frames; none is dropped.
	 */
	readonly pace: 'live' | 'every-frame';
}

/**
 * Where a camera's frames lie, for the threads that read them: three slots of planar YUV 4:2:0 at source size.
 * `control` is used only through `frame-ring.ts`.
 */
export interface FrameRingMemory {
	readonly camera: string;
	readonly width: number;
	readonly height: number;
	readonly control: SharedArrayBuffer;
	readonly pixels: SharedArrayBuffer;
}

/** cameras thread -> a camera's reader (over the reader's MessagePort). */
export type CameraMessage =
	/** The picture's size is known (again): frames will lie in this memory. */
	| { readonly kind: 'opened'; readonly camera: string; readonly memory: FrameRingMemory; readonly sourceFps: number | null }
	/** A newer frame lies in the ring. Only the newest matters; the reader may skip. */
	| { readonly kind: 'frame'; readonly camera: string; readonly seq: number }
	/** A file has been read to its end and its last frame has been offered. */
	| { readonly kind: 'ended'; readonly camera: string };

/** reader -> cameras thread, in `every-frame` pace only: the frame is done with, give the next. */
export interface FrameTaken {
	readonly kind: 'taken';
	readonly camera: string;
	readonly seq: number;
}

/** cameras thread -> main. */
export interface CameraReport {
	readonly camera: string;
	readonly state: CameraState;
	readonly reason: CameraReason | null;
	/** For people, without any password: what happened and what to do, in English; the console translates by `reason`. */
	readonly message: string | null;
	readonly framesRead: number;
	/** Frames overwritten before their reader looked at them. */
	readonly dropped: number;
	/** CPU seconds that ffmpeg has used so far. */
	readonly decoderCpuSeconds: number;
}
