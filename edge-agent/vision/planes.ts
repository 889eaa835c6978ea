/** Interleaved RGB -> three planes, blue first, 0 to 255 as they are. */
export function bgrPlanes(rgb: Uint8Array, planes: Float32Array): void {
	const pixels = rgb.length / 3;
	for (let i = 0, o = 0; i < pixels; i++, o += 3) {
		planes[i] = rgb[o + 2] as number;
		planes[pixels + i] = rgb[o + 1] as number;
		planes[2 * pixels + i] = rgb[o] as number;
	}
}

/** Interleaved RGB -> three planes in the order of `colour`, each `(value - mean) / deviation`, both in 0..255 and in that order. */
export function colourPlanes(
	rgb: Uint8Array,
	planes: Float32Array,
	colour: 'RGB' | 'BGR',
	{ mean, deviation }: { readonly mean: readonly number[]; readonly deviation: readonly number[] },
): void {
	const pixels = rgb.length / 3;
	for (let channel = 0; channel < 3; channel++) {
		const first = colour === 'BGR' ? 2 - channel : channel;
		const offset = mean[channel] ?? 0;
		const factor = 1 / (deviation[channel] ?? 1);
		for (let i = 0, o = first; i < pixels; i++, o += 3) planes[channel * pixels + i] = ((rgb[o] as number) - offset) * factor;
	}
}
