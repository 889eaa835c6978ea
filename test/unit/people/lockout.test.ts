import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { charged, forgotten, rebased, refunded, type Tries, waitMs } from '../../../edge-agent/people/lockout.js';

const rules = { free: 5, firstMs: 30_000, maxMs: 900_000, forgetMs: 86_400_000 };
const at = (mono: number, wall = 1_700_000_000_000 + mono, boot = 'a'): Instant => ({ wall, mono, boot });
const failed = (times: number, when: Instant): Tries | undefined => {
	let tries: Tries | undefined;
	for (let count = 0; count < times; count++) tries = charged(tries, rules, when);
	return tries;
};

describe('lockout', () => {
	it('lets five failures go, then waits 30 s, 60 s, … 15 min', () => {
		const waits = [0, 4, 5, 6, 7, 8, 9, 10, 11, 200].map((times) => waitMs(failed(times, at(0)), rules, at(0)));
		expect(waits).toEqual([0, 0, 30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000, 900_000]);
	});

	it('lets at most a few guesses through, however they are spread: under 100 a day', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 120_000 }), { minLength: 200, maxLength: 600 }), (gaps) => {
				let [tries, mono, through] = [undefined as Tries | undefined, 0, 0];
				for (const gap of gaps) {
					mono += gap;
					if (mono > 86_400_000) break;
					if (waitMs(tries, rules, at(mono)) > 0) continue;
					through += 1;
					tries = charged(tries, rules, at(mono));
				}
				// Five free, six on the way to the longest wait, then one in 15 minutes.
				expect(through).toBeLessThanOrEqual(11 + Math.ceil(mono / rules.maxMs));
			}),
			{ numRuns: 50 },
		);
	});

	it('is not opened or bolted by a jump of the wall clock', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(1_000_000), fc.integer({ min: -1e12, max: 1e12 }), (times, later, jump) => {
				const tries = failed(times, at(1000));
				expect(waitMs(tries, rules, at(1000 + later, 1_700_000_000_000 + jump))).toBe(waitMs(tries, rules, at(1000 + later)));
			}),
		);
	});

	it('holds over a restart, and never longer than the rules say, whatever the wall clock did meanwhile', () => {
		fc.assert(
			fc.property(fc.integer({ min: 5, max: 30 }), fc.integer({ min: -1e12, max: 1e12 }), fc.nat(1_000_000), (times, jump, later) => {
				const tries = failed(times, at(5_000_000)) as Tries;
				const booted = at(100, tries.at.wall + jump, 'b');
				const again = rebased(tries, booted);
				const wait = waitMs(again, rules, booted);
				expect(wait).toBeLessThanOrEqual(rules.maxMs);
				if (jump <= 0) expect(wait).toBe(waitMs(tries, rules, tries.at));
				expect(again.failures).toBe(times);
				// From here on it runs by the monotonic clock.
				expect(waitMs(again, rules, at(100 + later, 0, 'b'))).toBe(Math.max(0, wait - later));
			}),
		);
	});

	it('takes back what was no failure, and forgets after a day', () => {
		expect(refunded(failed(3, at(0)))?.failures).toBe(2);
		expect(refunded(failed(1, at(0)))).toBeUndefined();
		const tries = failed(9, at(0)) as Tries;
		expect([forgotten(tries, rules, at(86_399_999)), forgotten(tries, rules, at(86_400_000))]).toEqual([false, true]);
		expect(charged(tries, rules, at(86_400_000)).failures).toBe(1);
	});
});
