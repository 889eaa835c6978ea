import type { CameraReason, CameraState } from '../contract/vocabulary.js';
import { backoffMs, unauthorisedWaitMs } from './backoff.js';
import type { Fault } from './ffmpeg-errors.js';

/**
 * When ffmpeg is started, killed and started again: pure. A camera is tried for ever; a file is read once.
 *
 *     start -> connecting -> live -> (no frame for 4 s) killing -> waiting -> connecting …
 *                         \-> (no first frame for 10 s) killing
 */
export const firstFrameMs = 10_000;
export const nextFrameMs = 4_000;
/** A camera that stayed live this long has recovered: the next failure waits the shortest time again. */
const steadyMs = 10_000;

export interface Supervision {
	readonly policy: 'keep' | 'once';
	readonly phase: 'idle' | 'connecting' | 'live' | 'killing' | 'waiting' | 'stopping' | 'over';
	/** ms on the caller's clock when a `due` event is wanted; null: never. */
	readonly deadline: number | null;
	/** The camera has answered since this try began. */
	readonly answered: boolean;
	/** Failures in a row. */
	readonly failures: number;
	readonly liveSince: number;
	/** Why it is not live; kept while connecting again. */
	readonly fault: Fault | null;
	/** For reports. */
	readonly state: CameraState;
}

export type SupervisionEvent =
	| { readonly kind: 'start' }
	/** The camera described its stream. */
	| { readonly kind: 'answered' }
	| { readonly kind: 'frame' }
	/** The deadline may have passed. */
	| { readonly kind: 'due' }
	/** ffmpeg is gone; null: a file was read to its end. */
	| { readonly kind: 'exited'; readonly fault: Fault | null }
	| { readonly kind: 'stop' };

/** What the shell has to do, in order. `report`: tell people the state; `end`: tell the reader that the file has been read. */
export type SupervisionAction = 'spawn' | 'kill' | 'report' | 'end';

export interface SupervisionStep {
	readonly next: Supervision;
	readonly actions: readonly SupervisionAction[];
}

/** @param policy keep: connect again for ever (cameras); once: a file, read to its end, without watchdog, since its reader sets the pace */
export function idle(policy: Supervision['policy']): Supervision {
	return { policy, phase: 'idle', deadline: null, answered: false, failures: 0, liveSince: 0, fault: null, state: 'stopped' };
}

/** @param random in [0, 1), for the wait's jitter */
export function supervise(current: Supervision, event: SupervisionEvent, nowMs: number, random: number): SupervisionStep {
	switch (event.kind) {
		case 'start':
			return current.phase === 'idle' ? connect(current, nowMs) : nothing(current);
		case 'answered':
			return nothing({ ...current, answered: true });
		case 'frame':
			return frame(current, nowMs);
		case 'due':
			return current.deadline !== null && nowMs >= current.deadline ? due(current, nowMs) : nothing(current);
		case 'exited':
			return exited(current, event.fault, nowMs, random);
		case 'stop':
			return stop(current);
	}
}

const nothing = (next: Supervision): SupervisionStep => ({ next, actions: [] });

function connect(current: Supervision, nowMs: number): SupervisionStep {
	const deadline = watched(current, nowMs + firstFrameMs);
	return { next: { ...current, phase: 'connecting', state: 'connecting', answered: false, deadline }, actions: ['spawn', 'report'] };
}

function watched(current: Supervision, deadline: number): number | null {
	return current.policy === 'keep' ? deadline : null;
}

function frame(current: Supervision, nowMs: number): SupervisionStep {
	const deadline = watched(current, nowMs + nextFrameMs);
	if (current.phase === 'live') return nothing({ ...current, deadline });
	if (current.phase !== 'connecting') return nothing(current);
	return { next: { ...current, phase: 'live', state: 'live', deadline, liveSince: nowMs, fault: null }, actions: ['report'] };
}

function due(current: Supervision, nowMs: number): SupervisionStep {
	const killing = (reason: CameraReason): Supervision => ({
		...current,
		phase: 'killing',
		deadline: null,
		fault: { reason, detail: null },
	});
	switch (current.phase) {
		case 'waiting':
			return connect(current, nowMs);
		case 'connecting':
			return { next: killing(current.answered ? 'no-frames' : 'unreachable'), actions: ['kill'] };
		case 'live':
			return { next: { ...killing('stalled'), state: 'stalled' }, actions: ['report', 'kill'] };
		default:
			return nothing(current);
	}
}

function exited(current: Supervision, fault: Fault | null, nowMs: number, random: number): SupervisionStep {
	switch (current.phase) {
		case 'stopping':
			return { next: { ...current, phase: 'over', state: 'stopped', deadline: null }, actions: ['report'] };
		case 'connecting':
		case 'live':
		case 'killing':
			break;
		default:
			return nothing(current);
	}
	if (current.policy === 'once') {
		const over = { ...current, phase: 'over', deadline: null, fault } as const;
		return fault === null
			? { next: { ...over, state: 'ended' }, actions: ['end', 'report'] }
			: { next: { ...over, state: 'failed' }, actions: ['report'] };
	}
	// A watchdog's finding says more than what ffmpeg says when it is killed.
	const why = current.phase === 'killing' ? current.fault : fault;
	const recovered = current.state !== 'connecting' && nowMs - current.liveSince >= steadyMs;
	const failures = recovered ? 1 : current.failures + 1;
	const wait = why?.reason === 'unauthorised' ? unauthorisedWaitMs : backoffMs(failures, random);
	return { next: { ...current, phase: 'waiting', state: 'retrying', fault: why, failures, deadline: nowMs + wait }, actions: ['report'] };
}

function stop(current: Supervision): SupervisionStep {
	switch (current.phase) {
		case 'connecting':
		case 'live':
			return { next: { ...current, phase: 'stopping', deadline: null, fault: null }, actions: ['kill'] };
		case 'killing':
			return nothing({ ...current, phase: 'stopping', fault: null });
		case 'idle':
		case 'waiting':
			return { next: { ...current, phase: 'over', state: 'stopped', deadline: null, fault: null }, actions: ['report'] };
		default:
			return nothing(current);
	}
}
