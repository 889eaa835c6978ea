import { expect, it } from 'vitest';
import { elapsedMs } from '../../edge-agent/clock.js';

const base = { wall: 1_000_000, mono: 5_000, boot: 'a' };

it('measures on the monotonic clock within one boot, whatever the wall clock does', () => {
	expect(elapsedMs(base, { wall: 0, mono: 25_000, boot: 'a' })).toBe(20_000);
});

it('measures on the wall clock across boots', () => {
	expect(elapsedMs(base, { wall: 1_030_000, mono: 10, boot: 'b' })).toBe(30_000);
});
