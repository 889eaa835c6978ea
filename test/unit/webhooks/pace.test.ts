import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs, isBusy, MOST_A_MINUTE, paceMs, type Sent, sentNow } from '../../../edge-agent/webhooks/pace.js';

it('however fast messages come, no minute has more than a robot takes, and none waits for a quarter of one', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 8000 }), { minLength: 1, maxLength: 150 }), (gaps) => {
			let now = 0;
			let sent: Sent = [];
			const all: number[] = [];
			for (const gap of gaps) {
				now += gap;
				const wait = paceMs(sent, now);
				expect(wait).toBeLessThanOrEqual(15_000);
				now += wait;
				expect(paceMs(sent, now)).toBe(0);
				sent = sentNow(sent, now);
				all.push(now);
			}
			for (const [index, at] of all.entries()) expect((all[index + MOST_A_MINUTE] ?? Infinity) - at).toBeGreaterThan(60_000);
			expect(sent.length).toBeLessThanOrEqual(MOST_A_MINUTE);
		}),
	);
});

it('the first ones go at once', () => {
	let sent: Sent = [];
	for (let n = 0; n < 10; n++) {
		expect([paceMs(sent, 1000), isBusy(sent, 1000)]).toEqual([0, false]);
		sent = sentNow(sent, 1000);
	}
	expect([paceMs(sent, 1000), isBusy(sent, 1000)]).toEqual([5000, true]);
	expect(isBusy(sent, 70_000)).toBe(false);
});

it('waits longer after each failure, up to half a minute', () => {
	expect([1, 2, 3, 6, 100].map(backoffMs)).toEqual([1000, 2000, 4000, 30_000, 30_000]);
});
