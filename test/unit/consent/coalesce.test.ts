import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coalesce, nothingRecorded, type Recorded } from '../../../edge-agent/consent/coalesce.js';

const look = (people: readonly string[], actor = 'staff:anna') => ({ actor, action: 'person.read', purpose: 'reception', people });
const MINUTE_MS = 60_000;

describe('coalescing', () => {
	it('says each person once, each actor for themselves, and a long list in one word', () => {
		const first = coalesce(nothingRecorded, look(['li', 'sun', 'li']), 0);
		expect(first.people).toEqual(['li', 'sun']);
		expect(coalesce(first.recorded, look(['li', 'zhou']), MINUTE_MS).people).toEqual(['zhou']);
		expect(coalesce(first.recorded, look(['li'], 'staff:bo'), MINUTE_MS).people).toEqual(['li']);
		expect(coalesce(first.recorded, look(Array.from({ length: 14_200 }, (_, i) => `c${i}`)), MINUTE_MS).people).toEqual([null]);
	});

	it('never says the same within ten minutes, and always again after', () => {
		const step = fc.record({ person: fc.constantFrom('li', 'sun', 'zhou'), waitMs: fc.integer({ min: 0, max: 15 * MINUTE_MS }) });
		fc.assert(
			fc.property(fc.array(step), (steps) => {
				let recorded: Recorded = nothingRecorded;
				const last = new Map<string, number>();
				let now = 0;
				for (const { person, waitMs } of steps) {
					now += waitMs;
					const answer = coalesce(recorded, look([person]), now);
					recorded = answer.recorded;
					const before = last.get(person);
					expect(answer.people.length).toBe(before === undefined || now - before >= 10 * MINUTE_MS ? 1 : 0);
					if (answer.people.length > 0) last.set(person, now);
				}
				expect(recorded.size).toBeLessThanOrEqual(3);
			}),
		);
	});
});
