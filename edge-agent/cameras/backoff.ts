/** The first wait after a failure, and the longest: ms. */
export const shortestWaitMs = 500;
export const longestWaitMs = 30_000;
/** Cameras lock an account after a few wrong passwords: ms between tries after a 401. */
export const unauthorisedWaitMs = 60_000;

/**
 * How long to wait before connecting again, in ms. Grows by half with each failure in a row, so that a camera which was away for T is tried
 * again about T/2 after it came back; up to a third is taken off by chance, so that the cameras of a rebooted switch do not all come at once.
 *
 * @param failures failures in a row so far, 1 or more
 * @param random in [0, 1)
 */
export function backoffMs(failures: number, random: number): number {
	const full = Math.min(longestWaitMs, shortestWaitMs * 1.5 ** failures);
	return Math.max(shortestWaitMs, full * (1 - random / 3));
}
