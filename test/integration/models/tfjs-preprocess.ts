/** A picture as interleaved RGB bytes. */
export interface RgbPicture {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
}

/**
 * What face-api feeds its networks, in float and without a shortcut: the picture padded to a square with black (behind it, or on both
 * sides), then TensorFlow.js's `resizeBilinear` with `alignCorners` and `halfPixelCenters` off.
 */
export function squareInput(picture: RgbPicture, size: number, centred: boolean): Float32Array {
	const { width, height, data } = picture;
	const side = Math.max(width, height);
	const missing = Math.abs(width - height);
	const before = centred ? missing - Math.round(missing / 2) : 0;
	const left = height > width ? before : 0;
	const top = width > height ? before : 0;
	const pixel = (row: number, column: number, channel: number): number => {
		const x = column - left;
		const y = row - top;
		return x < 0 || y < 0 || x >= width || y >= height ? 0 : (data[(y * width + x) * 3 + channel] ?? 0);
	};
	const scale = side / size;
	const result = new Float32Array(size * size * 3);
	let at = 0;
	for (let row = 0; row < size; row++) {
		const top = Math.floor(row * scale);
		const bottom = Math.min(side - 1, Math.ceil(row * scale));
		for (let column = 0; column < size; column++) {
			const left = Math.floor(column * scale);
			const right = Math.min(side - 1, Math.ceil(column * scale));
			for (let channel = 0; channel < 3; channel++) {
				const upper = between(pixel(top, left, channel), pixel(top, right, channel), column * scale - left);
				const lower = between(pixel(bottom, left, channel), pixel(bottom, right, channel), column * scale - left);
				result[at++] = between(upper, lower, row * scale - top);
			}
		}
	}
	return result;
}

function between(a: number, b: number, share: number): number {
	return a + (b - a) * share;
}
