import type { MessagePort } from 'node:worker_threads';
import type { RecogniserName } from '../../models/catalogue.js';
import type { Template } from '../gallery/gallery.types.js';
import type { CountingLine } from './counting-line.js';
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
}

/** A worker's workerData. */
export interface VisionSettings {
	readonly recogniser: RecogniserName;
	/** Folder of the model files. */
	readonly modelsDir: string;
	/** The largest distance at which a face is a known person's; null: the recogniser's default for the gallery's size. */
	readonly threshold: number | null;
}

/** main -> vision worker. */
export type VisionRequest =
	| { readonly kind: 'camera'; readonly camera: VisionCamera; readonly port: MessagePort }
	| { readonly kind: 'remove-camera'; readonly camera: string }
	/** `replace`: the gallery is these templates and no others. */
	| { readonly kind: 'templates'; readonly templates: readonly Template[]; readonly replace: boolean }
	| { readonly kind: 'remove-person'; readonly person: string }
	/** Cameras whose live picture somebody watches. */
	| { readonly kind: 'watch'; readonly cameras: readonly string[] }
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
	| { readonly kind: 'stats'; readonly id: number; readonly cameras: readonly CameraStats[] };

/** An analysed frame for people to look at, with its boxes. */
export interface AnalysedPicture {
	readonly camera: string;
	/** At most 960 pixels wide. */
	readonly jpeg: ArrayBuffer;
	readonly boxes: readonly PersonBox[];
	readonly line: CountingLine | null;
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
