/** Between `EnrolmentDesk` and its worker thread. */

export interface EnrolmentSettings {
	readonly recogniser: 'face-api' | 'mobilefacenet' | 'sface';
	/** Folder of the model files. */
	readonly modelsDir: string;
}

export interface DescribeRequest {
	readonly id: number;
	/** A picture file's path or bytes, or a frame's planes. */
	readonly photo: string | Uint8Array | { readonly width: number; readonly height: number; readonly data: Uint8Array };
}

export type EnrolmentMessage =
	| { readonly kind: 'ready'; readonly modelId: string; readonly metric: 'euclidean' | 'cosine' }
	| { readonly kind: 'progress'; readonly message: string }
	| { readonly kind: 'described'; readonly id: number; readonly descriptor: Float32Array }
	/** The photograph cannot be used; `message` is for people. */
	| { readonly kind: 'refused'; readonly id: number; readonly message: string }
	| { readonly kind: 'failed'; readonly message: string };
