/** How far two descriptors of one length are apart, by a recogniser's metric; smaller is more alike. */
export const distances: Readonly<Record<'euclidean' | 'cosine', (a: Float32Array, b: Float32Array) => number>> = { euclidean, cosine };

/** The Euclidean length of `length` numbers that begin at `from`. */
export function norm(values: Float32Array, from = 0, length: number = values.length): number {
	let sum = 0;
	for (let i = from; i < from + length; i++) sum += (values[i] as number) ** 2;
	return Math.sqrt(sum);
}

function euclidean(a: Float32Array, b: Float32Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
	return Math.sqrt(sum);
}

/** 1 - cosine. */
function cosine(a: Float32Array, b: Float32Array): number {
	let [ab, aa, bb] = [0, 0, 0];
	for (let i = 0; i < a.length; i++) {
		const [x, y] = [a[i] ?? 0, b[i] ?? 0];
		ab += x * y;
		aa += x * x;
		bb += y * y;
	}
	return 1 - ab / Math.sqrt(aa * bb);
}
