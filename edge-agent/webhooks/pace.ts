/** WeCom and DingTalk take 20 messages a minute from a robot; DingTalk is silent for ten minutes after the 21st. A second more, for slow networks. */
export const MOST_A_MINUTE = 20;
const MINUTE_MS = 61_000;
/** So many go at once; those after them are spaced and joined, so that none waits for the whole minute. */
const FREE = 10;
const SPACE_MS = 5000;

/** The messages of the last minute, oldest first (ms on the caller's clock). */
export type Sent = readonly number[];

export function sentNow(sent: Sent, now: number): Sent {
	return [...sent.filter((at) => at > now - MINUTE_MS), now];
}

/** ms until a robot may say something more; 0: now. */
export function paceMs(sent: Sent, now: number): number {
	const recent = sent.filter((at) => at > now - MINUTE_MS);
	const full = recent.at(-MOST_A_MINUTE);
	if (full !== undefined) return full + MINUTE_MS - now;
	const last = recent.at(-1);
	return last !== undefined && recent.length >= FREE ? Math.max(0, last + SPACE_MS - now) : 0;
}

/** Whether messages have to be joined from now on. */
export function isBusy(sent: Sent, now: number): boolean {
	return sent.filter((at) => at > now - MINUTE_MS).length >= FREE;
}

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

/** How long to wait after the `failures`th failure in a row (1: the first), ms. */
export function backoffMs(failures: number): number {
	return Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
}
