/** Descriptors side by side in memory, compared by a recogniser's metric; smaller distances are more alike. */
export class DescriptorTable {
	readonly length: number;
	readonly #width: number;
	readonly #values: Float32Array;
	/** Squared lengths. */
	readonly #squares: Float64Array;
	readonly #cosine: boolean;

	/** Copies the descriptors; they are all of one length, and none is zero. */
	constructor(descriptors: readonly Float32Array[], metric: 'euclidean' | 'cosine') {
		this.length = descriptors.length;
		this.#width = descriptors[0]?.length ?? 0;
		this.#cosine = metric === 'cosine';
		this.#values = new Float32Array(this.length * this.#width);
		this.#squares = new Float64Array(this.length);
		descriptors.forEach((descriptor, row) => {
			const square = descriptor.reduce((sum, x) => sum + x * x, 0);
			const scale = this.#cosine ? 1 / Math.sqrt(square) : 1;
			for (let i = 0; i < this.#width; i++) this.#values[row * this.#width + i] = (descriptor[i] as number) * scale;
			this.#squares[row] = square;
		});
	}

	/** Euclidean distance, or 1 - cosine. */
	distance(row: number, other: number): number {
		const width = this.#width;
		const values = this.#values;
		let [a, b, c, d] = [0, 0, 0, 0];
		let i = row * width;
		let j = other * width;
		for (const end = i + width - 3; i < end; i += 4, j += 4) {
			a += (values[i] as number) * (values[j] as number);
			b += (values[i + 1] as number) * (values[j + 1] as number);
			c += (values[i + 2] as number) * (values[j + 2] as number);
			d += (values[i + 3] as number) * (values[j + 3] as number);
		}
		for (const end = (row + 1) * width; i < end; i++, j++) a += (values[i] as number) * (values[j] as number);
		const dot = a + b + c + d;
		if (this.#cosine) return Math.max(0, 1 - dot);
		return Math.sqrt(Math.max(0, (this.#squares[row] as number) + (this.#squares[other] as number) - 2 * dot));
	}
}
