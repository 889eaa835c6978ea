/** From, to. */
export type Interval = readonly [number, number];

/** Wilson's interval for a share, at 95 %: [0, 1] of nothing. */
export function wilson(count: number, of: number): Interval {
	if (of === 0) return [0, 1];
	const z = 1.959964;
	const share = count / of;
	const scale = 1 + (z * z) / of;
	const middle = (share + (z * z) / (2 * of)) / scale;
	const half = (z / scale) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
	return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** The middle 95 % of what resampling gave; null of fewer than 20 values. */
export function percentiles(values: readonly (number | null)[], level = 0.95): Interval | null {
	const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
	if (sorted.length < 20) return null;
	const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
	return [at((1 - level) / 2), at((1 + level) / 2)];
}
