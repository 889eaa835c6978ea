/** A place where a detector sees a face, in pixels of its input; several may mean the same face. */
export interface Candidate {
	readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
	/** 0..1 */
	readonly score: number;
}

export function sigmoid(x: number): number {
	return 1 / (1 + Math.exp(-x));
}
