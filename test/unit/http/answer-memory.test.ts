import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerMemory, type Ticket } from '../../../edge-agent/http/idempotency/answer-memory.js';

const answer = (length: number) => ({ status: 200, contentType: 'application/json', body: new Uint8Array(length) });
const step = fc.oneof(
	fc.record({ do: fc.constant('begin' as const), key: fc.constantFrom('a', 'b', 'c', 'd'), request: fc.constantFrom('r', 's') }),
	fc.record({ do: fc.constant('keep' as const), bytes: fc.integer({ min: 0, max: 60 }), which: fc.nat(5) }),
	fc.record({ do: fc.constant('drop' as const), which: fc.nat(5) }),
	fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 60 }) }),
	fc.record({ do: fc.constant('forget' as const) }),
);

describe('the memory of answers', () => {
	it('runs no request of a key twice while its answer is kept, and stays within its bounds, whatever comes', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
				const bounds = { answers: 3, bytes: 100, keepMs: 100 };
				const memory = new AnswerMemory(bounds);
				const running: Ticket[] = [];
				/** Each kept answer, until when. */
				const kept = new Map<string, { readonly request: string; readonly until: number; readonly length: number }>();
				let now = 0;
				for (const next of steps) {
					if (next.do === 'wait') now += next.ms;
					if (next.do === 'forget') {
						memory.forgetAll();
						kept.clear();
						running.length = 0;
					}
					if (next.do === 'begin') {
						const verdict = memory.begin(next.key, next.request, now);
						const mine = running.find(({ key }) => key === next.key);
						const known = kept.get(next.key);
						if (mine) {
							expect(verdict).toEqual({ do: 'refuse', because: mine.request === next.request ? 'still-running' : 'key-reused' });
						} else if (verdict.do === 'replay') {
							expect(known).toMatchObject({ request: next.request, length: verdict.answer.body.byteLength });
							expect(known?.until).toBeGreaterThan(now);
						} else if (verdict.do === 'refuse') {
							expect([verdict.because, known?.request === next.request]).toEqual(['key-reused', false]);
						} else {
							running.push(verdict.ticket);
							kept.delete(next.key);
						}
					}
					if (next.do === 'keep' || next.do === 'drop') {
						const [ticket] = running.splice(next.which, 1);
						if (ticket && next.do === 'keep') {
							memory.keep(ticket, answer(next.bytes), now);
							kept.set(ticket.key, { request: ticket.request, until: now + bounds.keepMs, length: next.bytes });
						}
						if (ticket && next.do === 'drop') memory.drop(ticket);
					}
					expect(memory.size).toBeLessThanOrEqual(bounds.answers);
					expect(memory.bytes).toBeLessThanOrEqual(bounds.bytes);
				}
			}),
		);
	});

	it('keeps the newest answers, and forgets each after its time', () => {
		const memory = new AnswerMemory({ answers: 2, bytes: 1000, keepMs: 100 });
		const run = (key: string, now: number) => {
			const verdict = memory.begin(key, 'r', now);
			if (verdict.do === 'run') memory.keep(verdict.ticket, answer(1), now);
			return verdict.do;
		};
		expect(['a', 'b', 'c'].map((key) => run(key, 0))).toEqual(['run', 'run', 'run']);
		expect(['b', 'c', 'a'].map((key) => run(key, 50))).toEqual(['replay', 'replay', 'run']);
		expect([run('c', 99), run('c', 100), run('a', 149), run('a', 150)]).toEqual(['replay', 'run', 'replay', 'run']);
	});

	it('keeps no answer that is larger than all it may hold, and none that was being made when it had to forget', () => {
		const memory = new AnswerMemory({ answers: 2, bytes: 10, keepMs: 100 });
		for (const key of ['large', 'forgotten']) {
			const verdict = memory.begin(key, 'r', 0);
			if (verdict.do !== 'run') throw new Error('it runs');
			if (key === 'forgotten') memory.forgetAll();
			memory.keep(verdict.ticket, answer(key === 'large' ? 11 : 1), 0);
			expect([memory.size, memory.bytes]).toEqual([0, 0]);
			expect(memory.begin(key, 'r', 0).do).toBe('run');
		}
	});
});
