import type { PhotographRefusal } from '../contract/consent.api.js';
import type { ModelSet } from '../vision/engine.js';

/** Between `EnrolmentDesk` and its worker thread. */

export type EnrolmentSettings = ModelSet & {
	/** Folder of the model files. */
	readonly modelsDir: string;
};

export interface DescribeRequest {
	readonly id: number;
	/** enrol: exactly one face, and a fit one. measure: the main one, whatever it is like. */
	readonly purpose: 'enrol' | 'measure';
	/** A picture file's path or bytes, or a frame's planes. */
	readonly photo: string | Uint8Array | { readonly width: number; readonly height: number; readonly data: Uint8Array };
}

export type EnrolmentMessage =
	| { readonly kind: 'ready'; readonly modelId: string; readonly descriptorLength: number; readonly metric: 'euclidean' | 'cosine' }
	| { readonly kind: 'progress'; readonly message: string }
	| { readonly kind: 'described'; readonly id: number; readonly descriptor: Float32Array }
	/** The photograph cannot be used; `message` is for people. */
	| { readonly kind: 'refused'; readonly id: number; readonly reason: PhotographRefusal; readonly message: string }
	| { readonly kind: 'failed'; readonly message: string };
