import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, longestWaitMs, shortestWaitMs, unauthorisedWaitMs } from '../../../edge-agent/cameras/backoff.js';
import {
	firstFrameMs,
	idle,
	nextFrameMs,
	type Supervision,
	type SupervisionEvent,
	supervise,
} from '../../../edge-agent/cameras/supervision.js';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('backoffMs', () => {
	it('stays between its bounds, and grows with the failures', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 1000 }), chance, (failures, random) => {
				const wait = backoffMs(failures, random);
				expect(wait).toBeGreaterThanOrEqual(shortestWaitMs);
				expect(wait).toBeLessThanOrEqual(longestWaitMs);
				expect(backoffMs(failures + 1, random)).toBeGreaterThanOrEqual(wait);
			}),
		);
	});

	it('tries a camera that was away for up to 10 s again within 6 s', () => {
		fc.assert(
			fc.property(fc.array(chance, { minLength: 40, maxLength: 40 }), (randoms) => {
				let at = 0;
				randoms.forEach((random, i) => {
					const wait = backoffMs(i + 1, random);
					if (at <= 10_000) expect(wait).toBeLessThanOrEqual(6000);
					at += wait;
				});
			}),
		);
	});
});

/** Plays events at given times and gathers what was asked for. */
function play(policy: Supervision['policy'], events: readonly (readonly [number, SupervisionEvent])[]) {
	let state = idle(policy);
	const actions: string[] = [];
	for (const [at, event] of events) {
		const step = supervise(state, event, at, 0);
		state = step.next;
		actions.push(...step.actions.map((action) => (action === 'report' ? `report ${state.state}` : action)));
	}
	return { state, actions };
}

const fault = { reason: 'unreachable', detail: null } as const;

describe('supervise', () => {
	it('kills a camera that sends no first frame', () => {
		const silent = play('keep', [
			[0, { kind: 'start' }],
			[firstFrameMs - 1, { kind: 'due' }],
			[firstFrameMs, { kind: 'due' }],
		]);
		expect(silent.actions).toEqual(['spawn', 'report connecting', 'kill']);
		expect(silent.state.fault?.reason).toBe('unreachable');
		const mute = play('keep', [
			[0, { kind: 'start' }],
			[1, { kind: 'answered' }],
			[firstFrameMs, { kind: 'due' }],
			[firstFrameMs, { kind: 'exited', fault }],
		]);
		expect(mute.state).toMatchObject({ state: 'retrying', fault: { reason: 'no-frames' } });
	});

	it('kills a camera whose frames stop, and keeps saying why until it is live again', () => {
		const stalled = play('keep', [
			[0, { kind: 'start' }],
			[1000, { kind: 'frame' }],
			[2000, { kind: 'frame' }],
			[1000 + nextFrameMs, { kind: 'due' }],
			[2000 + nextFrameMs, { kind: 'due' }],
			[2001 + nextFrameMs, { kind: 'exited', fault }],
			[9000, { kind: 'due' }],
		]);
		expect(stalled.actions).toEqual([
			'spawn',
			'report connecting',
			'report live',
			'report stalled',
			'kill',
			'report retrying',
			'spawn',
			'report connecting',
		]);
		expect(stalled.state.fault?.reason).toBe('stalled');
		expect(supervise(stalled.state, { kind: 'frame' }, 9500, 0).next).toMatchObject({ state: 'live', fault: null });
	});

	it('waits a minute after a wrong password', () => {
		const { state } = play('keep', [
			[0, { kind: 'start' }],
			[100, { kind: 'exited', fault: { reason: 'unauthorised', detail: null } }],
		]);
		expect(state.deadline).toBe(100 + unauthorisedWaitMs);
	});

	it('forgets old failures of a camera that was live for a while', () => {
		const failing: [number, SupervisionEvent][] = [[0, { kind: 'start' }]];
		for (let i = 1; i <= 8; i++) failing.push([i * 100_000, { kind: 'exited', fault }], [i * 100_000 + 40_000, { kind: 'due' }]);
		expect(play('keep', failing).state.failures).toBe(8);
		const again = play('keep', [...failing, [850_000, { kind: 'frame' }], [860_000, { kind: 'exited', fault }]]);
		expect(again.state.failures).toBe(1);
		const flapping = play('keep', [...failing, [850_000, { kind: 'frame' }], [851_000, { kind: 'exited', fault }]]);
		expect(flapping.state.failures).toBe(9);
	});

	it('reads a file once, without a watchdog', () => {
		const read = play('once', [
			[0, { kind: 'start' }],
			[100_000, { kind: 'due' }],
			[100_001, { kind: 'frame' }],
			[900_000, { kind: 'due' }],
			[900_001, { kind: 'exited', fault: null }],
		]);
		expect(read.actions).toEqual(['spawn', 'report connecting', 'report live', 'end', 'report ended']);
		const failed = play('once', [
			[0, { kind: 'start' }],
			[1, { kind: 'exited', fault }],
			[100_000, { kind: 'due' }],
		]);
		expect(failed.actions).toEqual(['spawn', 'report connecting', 'report failed']);
	});

	const anyEvent: fc.Arbitrary<SupervisionEvent> = fc.oneof(
		fc.constantFrom<SupervisionEvent>({ kind: 'answered' }, { kind: 'frame' }, { kind: 'due' }, { kind: 'stop' }, { kind: 'start' }),
		fc.constant<SupervisionEvent>({ kind: 'exited', fault }),
	);

	it('never runs two ffmpegs, kills only one that runs, never waits without a deadline, and stops for good', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(20_000), anyEvent, chance), { maxLength: 60 }), (events) => {
				let state = idle('keep');
				let running = false;
				let stopped = false;
				let now = 0;
				for (const [later, event, random] of events) {
					now += later;
					if (event.kind === 'exited') {
						if (!running) continue;
						running = false;
					}
					if (event.kind === 'stop') stopped = true;
					const step = supervise(state, event, now, random);
					state = step.next;
					for (const action of step.actions) {
						if (action === 'spawn') {
							expect(running || stopped).toBe(false);
							running = true;
						}
						if (action === 'kill') expect(running).toBe(true);
						expect(action).not.toBe('end');
					}
					expect(running).toBe(['connecting', 'live', 'killing', 'stopping'].includes(state.phase));
					expect(state.deadline !== null).toBe(['connecting', 'live', 'waiting'].includes(state.phase));
					if (stopped) expect(['stopping', 'over']).toContain(state.phase);
				}
			}),
		);
	});
});
