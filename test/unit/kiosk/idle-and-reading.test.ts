import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seenOf, swipeOf, turn } from '../../../kiosk/src/brochure/reading.js';
import { idleMs, idlePhase, warningMs } from '../../../kiosk/src/idle/idle.js';

it('warns before it forgets a visitor, and counts down to it', () => {
	expect(idlePhase(0)).toEqual({ phase: 'active' });
	expect(idlePhase(idleMs - warningMs - 1)).toEqual({ phase: 'active' });
	expect(idlePhase(idleMs - warningMs)).toEqual({ phase: 'warning', secondsLeft: warningMs / 1000 });
	expect(idlePhase(idleMs - 1)).toEqual({ phase: 'warning', secondsLeft: 1 });
	expect(idlePhase(idleMs)).toEqual({ phase: 'over' });
	expect(idleMs).toBe(60_000);
});

it('reports a page that was read, not one that was passed by', () => {
	expect(seenOf({ brochure: 'b', page: 2, since: 1000 }, 4200.6)).toEqual({ brochure: 'b', page: 2, ms: 3201 });
	expect(seenOf({ brochure: 'b', page: 2, since: 1000 }, 1300)).toBeNull();
});

it('never turns beyond the ends', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 40 }), fc.array(fc.constantFrom(1 as const, -1 as const)), (pages, turns) => {
			const at = turns.reduce((page, by) => turn(page, by, pages), 0);
			expect(at).toBeGreaterThanOrEqual(0);
			expect(at).toBeLessThan(pages);
		}),
	);
});

it('tells a swipe from a touch and from scrolling', () => {
	expect(swipeOf(-120, 10)).toBe(1);
	expect(swipeOf(120, -10)).toBe(-1);
	expect(swipeOf(-20, 0)).toBeNull();
	expect(swipeOf(-100, 90)).toBeNull();
});
