import { expect, it } from 'vitest';
import { type Handed, type Seen, tally as tallyOf } from '../../../edge-agent/bench/alerts-tally.js';

const begun = new Map([
	['v1', 1000],
	['v2', 2000],
]);
const handed: Handed[] = [
	{ screen: 0, delivery: 'a1/0/anna', visit: 'v1', at: 1010 },
	{ screen: 1, delivery: 'a1/0/anna', visit: 'v1', at: 1012 },
	{ screen: 2, delivery: 'a2/0/bo', visit: 'v2', at: 2030 },
];
const seen = { v1: [1011, 1013, 1020], v2: [2031, 2040, 2035] };
const told = ['a1/0/anna', 'a2/0/bo'];
const tally = (...all: [readonly string[], ReadonlyMap<string, number>, readonly Handed[], Seen]) => tallyOf(...all, 3);

it('times what every screen showed, from the input', () => {
	expect(tally(told, begun, handed, seen)).toEqual({ lost: 0, doubled: 0, latencyMs: [10, 12, 30], broadcastMs: [11, 13, 20, 31, 40, 35] });
});

it('counts what was told and shown nowhere, and what a screen did not hear of', () => {
	expect(tally([...told, 'a3/0/chen'], begun, handed, seen).lost).toBe(1);
	expect(tally(told, begun, handed.slice(0, 2), seen).lost).toBe(1);
	expect(tally(told, begun, handed, { ...seen, v2: [2031, null, 2035] })).toMatchObject({ lost: 1, broadcastMs: [11, 13, 20, 31, 35] });
	// Nobody at all heard of it.
	expect(tally(told, begun, handed, { v1: seen.v1 }).lost).toBe(3);
});

it('counts what a screen was handed again, and does not time it', () => {
	const again = [...handed, { screen: 0, delivery: 'a1/0/anna', visit: 'v1', at: 4010 }];
	expect(tally(told, begun, again, seen)).toMatchObject({ lost: 0, doubled: 1, latencyMs: [10, 12, 30] });
});

it('leaves the times of the warming up out, and nothing that was lost in it', () => {
	const late = new Map([['v2', 2000]]);
	expect(tally(told, late, handed.slice(2), seen)).toEqual({ lost: 1, doubled: 0, latencyMs: [30], broadcastMs: [31, 40, 35] });
});
