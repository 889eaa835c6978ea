/** A stored face descriptor of somebody who opted in (or of staff), and whom it stands for. */
export interface Template {
	readonly person: string;
	readonly kind: 'customer' | 'staff';
	readonly modelId: string;
	readonly descriptor: Float32Array;
}

/** What the open-set decision found. `distance` is the engine's metric, smaller is more alike. */
export interface Match {
	readonly person: string;
	readonly kind: 'customer' | 'staff';
	readonly distance: number;
}
