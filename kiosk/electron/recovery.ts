/** How long to wait before the nth (from 0) new try to reach the agent, ms: quick at first, then every 15 s. */
export function retryDelayMs(attempt: number): number {
	return Math.min(1000 * 2 ** Math.max(0, attempt), 15_000);
}

/** Within this time crashes count together, ms. */
export const crashWindowMs = 5 * 60_000;

/** A page that crashed: load it again, or, where that has not helped three times within five minutes, start the whole shell again. */
export interface CrashDecision {
	readonly action: 'reload' | 'relaunch';
	readonly afterMs: number;
	/** The crashes that still count, to be handed in next time. */
	readonly crashes: readonly number[];
}

/** Pure. `crashes`: earlier ones, ms on a monotonic clock. */
export function afterCrash(crashes: readonly number[], now: number): CrashDecision {
	const recent = [...crashes.filter((at) => now - at < crashWindowMs), now];
	if (recent.length > 3) return { action: 'relaunch', afterMs: 5000, crashes: recent };
	return { action: 'reload', afterMs: retryDelayMs(recent.length - 1), crashes: recent };
}
