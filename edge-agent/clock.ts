import { readFileSync } from 'node:fs';
import type { Instant } from './contract/vocabulary.js';

/** CLOCK_MONOTONIC in ms, the same clock in every thread and process of this machine (performance.now() is not). */
export function monotonicMs(): number {
	return Number(process.hrtime.bigint()) / 1e6;
}

let bootId: string | undefined;

/** The machine's boot id; on systems without one, a constant, so that deadlines run on the wall clock after every restart. */
function boot(): string {
	bootId ??= readBootId();
	return bootId;
}

function readBootId(): string {
	try {
		return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
	} catch {
		return `process-${process.pid}-${Math.round(Date.now() - monotonicMs())}`;
	}
}

/** Now on both clocks. */
export function now(): Instant {
	return { wall: Date.now(), mono: monotonicMs(), boot: boot() };
}

/** ms from `from` to `to`: monotonic within one boot, wall time across boots. */
export function elapsedMs(from: Instant, to: Instant): number {
	return from.boot === to.boot ? to.mono - from.mono : to.wall - from.wall;
}

/** The moment `mono` (this boot's CLOCK_MONOTONIC, ms), as seen from `present`. */
export function momentOf(mono: number, present: Instant): Instant {
	return { wall: Math.round(present.wall - (present.mono - mono)), mono, boot: present.boot };
}
