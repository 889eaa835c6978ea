import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Erasure, ErasureListError, readErasures, tailOf } from '../../../edge-agent/consent/erasure-list.js';

const code = (text: string) => createHmac('sha256', 'the showroom’s key').update(text).digest();
const other = (text: string) => createHmac('sha256', 'another one’s').update(text).digest();

const erasures = fc
	.uniqueArray(
		fc.record({ event: fc.uuid(), person: fc.uuid(), level: fc.constantFrom('face', 'everything'), at: fc.integer({ min: 0 }) }),
		{
			selector: ({ event }) => event,
			minLength: 1,
		},
	)
	.map((list) => list.map((one, index): Erasure => ({ ...one, seq: index * 3 + 1 }) as Erasure));

const write = (list: string, logged: readonly Erasure[]) => {
	const { at, lines } = tailOf(code, list, logged);
	return Buffer.from(list).subarray(0, at).toString() + lines;
};

describe('a list of erasures', () => {
	it('holds what the log holds, in whatever portions it was written, and then lacks nothing', () => {
		fc.assert(
			fc.property(erasures, fc.nat(), (logged, cut) => {
				const first = write('', logged.slice(0, cut % logged.length));
				const whole = write(first, logged);
				expect(readErasures(code, whole).erasures).toEqual(logged);
				expect(tailOf(code, whole, logged)).toEqual({ at: Buffer.byteLength(whole), lines: '' });
			}),
		);
	});

	it('goes on after a power cut in the middle of a line', () => {
		fc.assert(
			fc.property(erasures, fc.nat(), (logged, cut) => {
				const whole = write('', logged);
				const torn = whole.slice(0, cut % whole.length);
				expect(write(torn, logged)).toBe(whole);
			}),
		);
	});

	it('takes what a log that was set back appends anew, and keeps what it had', () => {
		const one = (event: string, seq: number): Erasure => ({ seq, event, person: event, level: 'face', at: 1 });
		const before = write('', [one('a', 10), one('b', 20)]);
		const after = write(before, [one('a', 10), one('c', 15)]);
		expect(readErasures(code, after).erasures.map(({ event }) => event)).toEqual(['a', 'b', 'c']);
	});

	it('shows any change, a line taken out or moved, and another showroom’s key', () => {
		fc.assert(
			fc.property(erasures, fc.nat(), (logged, where) => {
				const whole = write('', logged);
				const lines = whole.split('\n').slice(0, -1);
				const at = where % lines.length;
				const changed = lines.map((line, index) => (index === at ? line.replace(/"at":\d+/, '"at":-1') : line));
				expect(() => readErasures(code, `${changed.join('\n')}\n`)).toThrow(ErasureListError);
				expect(() => readErasures(other, whole)).toThrow(ErasureListError);
				if (lines.length < 2) return;
				expect(() => readErasures(code, `${lines.slice(1).join('\n')}\n`)).toThrow('line 1');
				expect(() => readErasures(code, `${lines.toReversed().join('\n')}\n`)).toThrow(ErasureListError);
			}),
		);
	});

	it('holds ids, and nothing else of anybody', () => {
		const line = JSON.parse(write('', [{ seq: 1, event: 'e', person: 'p', level: 'face', at: 5 }]));
		expect(Object.keys(line)).toEqual(['seq', 'event', 'person', 'level', 'at', 'mac']);
	});
});
