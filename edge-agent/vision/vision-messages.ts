import type { MessagePort } from 'node:worker_threads';
import type { Look } from '../../calibration/camera/observed.js';
import type { RecogniserName } from '../../models/catalogue.js';
import type { Nearest } from '../gallery/gallery.js';
import type { PackedTemplates } from '../gallery/packed-templates.js';
import type { CountingLine } from './counting-line.js';
import type { FaceAnswer, FaceAsk } from './presentation/face-messages.js';
import type { PersonBox, PipelineCounters, VisionEvent } from './vision-events.types.js';
import type { Zone } from './zone.js';

/** One camera as vision needs it. */
export interface VisionCamera {
	readonly id: string;
	/** As in CameraSource: `every-frame` acknowledges each frame, `live` takes the newest. */
	readonly pace: 'live' | 'every-frame';
	readonly line: CountingLine | null;
	/** zone: only faces inside `zone` (null: none) are compared with the gallery. entrance: every face is. */
	readonly trigger: 'zone' | 'entrance';
	readonly zone: Zone | null;
	/** Privacy masks: nothing under them is analysed or shown. */
	readonly masks: readonly Zone[];
}

/** A worker's workerData. */
export interface VisionSettings {
	readonly recogniser: RecogniserName;
	/** Folder of the model files, and of the store's calibration. */
	readonly modelsDir: string;
	/** The largest distance at which a face is a known person's; null: what the calibration says for the gallery's size. */
	readonly threshold: number | null;
	/** Share of the strangers who may be taken for somebody; default 0.3 %. */
	readonly fpir?: number;
}

/** main -> vision worker. */
export type VisionRequest =
	| { readonly kind: 'camera'; readonly camera: VisionCamera; readonly port: MessagePort }
	| { readonly kind: 'remove-camera'; readonly camera: string }
	| { readonly kind: 'masks'; readonly camera: string; readonly masks: readonly Zone[] }
	/**
	 * All templates of the people in the pack; answered with `copied`. `expected`: how many there will be in all, while more packs are to come.
	 * `replace`: the gallery is these and no others.
	 */
	| {
			readonly kind: 'templates';
			readonly id: number;
			readonly templates: PackedTemplates;
			readonly expected: number;
			readonly replace: boolean;
	  }
	| { readonly kind: 'remove-people'; readonly people: readonly string[] }
	/** Cameras whose live picture somebody watches. */
	| { readonly kind: 'watch'; readonly cameras: readonly string[] }
	/** Cameras that somebody calibrates; they are watched too. */
	| { readonly kind: 'calibrate'; readonly cameras: readonly string[] }
	/** About a visitor at a kiosk who wants to be recognised. */
	| { readonly kind: 'face'; readonly id: number; readonly session: string; readonly ask: FaceAsk }
	/** Who in the gallery this descriptor is most like. */
	| { readonly kind: 'nearest'; readonly id: number; readonly probe: Float32Array }
	| { readonly kind: 'stats'; readonly id: number }
	| { readonly kind: 'stop' };

/** vision worker -> main. */
export type VisionAnswer =
	| {
			readonly kind: 'ready';
			readonly modelId: string;
			readonly descriptorLength: number;
			readonly metric: 'euclidean' | 'cosine';
	  }
	/** The networks cannot be had; the worker has ended. */
	| { readonly kind: 'failed'; readonly message: string }
	/** What is being built or loaded, for people. */
	| { readonly kind: 'progress'; readonly message: string }
	| { readonly kind: 'events'; readonly events: readonly VisionEvent[] }
	| { readonly kind: 'picture'; readonly picture: AnalysedPicture }
	| { readonly kind: 'face'; readonly id: number; readonly answer: FaceAnswer }
	/** The templates of this request have been copied, or (`fault`) none of them. */
	| { readonly kind: 'copied'; readonly id: number; readonly fault: string | null }
	| ({ readonly kind: 'nearest'; readonly id: number } & Likeness)
	| { readonly kind: 'stats'; readonly id: number; readonly cameras: readonly CameraStats[] };

/** Who is most like a face, and how far away recognition takes somebody for the same person. */
export interface Likeness {
	/** null: nobody is in the gallery. */
	readonly nearest: Nearest | null;
	readonly threshold: number;
}

/** An analysed frame for people to look at, with its boxes. */
export interface AnalysedPicture {
	readonly camera: string;
	/** At most 960 pixels wide. */
	readonly jpeg: ArrayBuffer;
	readonly boxes: readonly PersonBox[];
	readonly line: CountingLine | null;
	/** While somebody calibrates the camera: what the detector saw in it; null otherwise, and where it did not look. */
	readonly look: Look | null;
}

export interface CameraStats extends PipelineCounters {
	readonly camera: string;
	/** Frames that a newer one overtook before they were looked at. */
	readonly dropped: number;
	/** Frames analysed a second over the last five seconds. */
	readonly fps: number;
	/** From when a frame had been read until its events were out, over the last 1000 frames; null before the first. */
	readonly latencyMs: { readonly p50: number; readonly p95: number } | null;
}
