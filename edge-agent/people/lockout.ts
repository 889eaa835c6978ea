import { elapsedMs } from '../clock.js';
import type { Instant } from '../contract/vocabulary.js';

/** How often something that can be guessed was tried in vain, and when last. */
export interface Tries {
	readonly failures: number;
	readonly at: Instant;
}

export interface LockoutRules {
	/** So many failures cost nothing. */
	readonly free: number;
	/** The wait after the last free one; it doubles with each further failure. */
	readonly firstMs: number;
	readonly maxMs: number;
	/** After this time without a failure all are forgotten. */
	readonly forgetMs: number;
}

/** How long to wait before the next try, in ms; 0: not at all. */
export function waitMs(tries: Tries | undefined, { free, firstMs, maxMs }: LockoutRules, now: Instant): number {
	if (!tries || tries.failures < free) return 0;
	const delay = Math.min(maxMs, firstMs * 2 ** (tries.failures - free));
	return Math.max(0, delay - since(tries, now));
}

/**
 * After one more try. It is counted before it is judged, so that many at the same time do not all find the door open; `refunded` takes it
 * back when it was right.
 */
export function charged(tries: Tries | undefined, { forgetMs }: LockoutRules, now: Instant): Tries {
	const before = tries && since(tries, now) < forgetMs ? tries.failures : 0;
	return { failures: before + 1, at: now };
}

/** One failure fewer; undefined: none is left. */
export function refunded(tries: Tries | undefined): Tries | undefined {
	return tries && tries.failures > 1 ? { ...tries, failures: tries.failures - 1 } : undefined;
}

/** Whether there is nothing left worth remembering. */
export function forgotten(tries: Tries, { forgetMs }: LockoutRules, now: Instant): boolean {
	return since(tries, now) >= forgetMs;
}

/**
 * As seen by this boot of the machine, so that from here on a jump of the wall clock neither opens nor bolts the door. Whatever the wall
 * clock did while the machine was off, nobody waits longer than the rules say.
 */
export function rebased(tries: Tries, now: Instant): Tries {
	const ago = since(tries, now);
	return { ...tries, at: { wall: now.wall - ago, mono: now.mono - ago, boot: now.boot } };
}

function since({ at }: Tries, now: Instant): number {
	return Math.max(0, elapsedMs(at, now));
}
