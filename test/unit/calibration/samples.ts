/** Numbers in (0, 1) from a fixed seed (mulberry32). */
export function uniform(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
	};
}

/** `count` values of a normal distribution (Box and Muller). */
export function normal(count: number, mean: number, deviation: number, seed = 1): number[] {
	const random = uniform(seed);
	return Array.from({ length: count }, () => mean + deviation * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()));
}
