import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import { emptyFloor, evolveFloor } from '../../../edge-agent/visits/arrivals.js';
import { happen, happening } from './any-day.js';
import { Day } from './day.js';

/** Any day, played to its end: everybody has left, or was closed for having been here too long. */
function play(happenings: readonly (readonly [number, Parameters<typeof happen>[2]])[]): Day {
	const day = new Day();
	for (const [index, [gap, what]] of happenings.entries()) {
		day.pass(gap);
		happen(day, index, what);
	}
	day.pass(26 * 60 * 60_000);
	return day;
}

const days = fc.array(happening, { maxLength: 60 });
const runs = { numRuns: 400 };

it('no customer is on two visits at a time, whatever cameras, kiosk and staff say', () => {
	fc.assert(
		fc.property(days, (happenings) => {
			const here = new Map<string, string>();
			const customerOf = new Map<string, string>();
			for (const event of play(happenings).log) {
				const is = event.type === 'visit.opened' || event.type === 'visit.identified' ? event.body.customer : null;
				if (is !== null && 'visit' in event.body) {
					expect(here.get(is) ?? event.body.visit).toBe(event.body.visit);
					here.set(is, event.body.visit);
					customerOf.set(event.body.visit, is);
				}
				if (event.type === 'visit.closed') here.delete(customerOf.get(event.body.visit) ?? '');
			}
		}),
		runs,
	);
});

it('every visit and every alert ends, each once, and no alert outlives those who wait by way of it', () => {
	fc.assert(
		fc.property(days, (happenings) => {
			const day = play(happenings);
			expect([...day.state.visits.open.keys(), ...day.state.alerts.active.keys()]).toEqual([]);
			const count = (...types: EventDraft['type'][]) => {
				const subjects = day.log.filter(({ type }) => types.includes(type)).map(({ subject }) => subject);
				expect(new Set(subjects).size).toBe(subjects.length);
				return subjects.toSorted();
			};
			expect(count('visit.closed')).toEqual(count('visit.opened'));
			expect(count('alert.greeted', 'alert.closed')).toEqual(count('alert.opened'));
		}),
		runs,
	);
});

it('deadlines fire once: each step of each plan, red, and the manager’s call for an accepted alert', () => {
	fc.assert(
		fc.property(days, (happenings) => {
			const fired = new Set<string>();
			const plans = new Map<string, number>();
			for (const { type, subject, body } of play(happenings).log) {
				if (['alert.rerouted', 'alert.assigned', 'alert.acknowledged'].includes(type)) plans.set(subject, (plans.get(subject) ?? 0) + 1);
				if (type !== 'alert.escalated' && type !== 'alert.overdue') continue;
				// Red counts from the opening, whatever plan holds.
				const what = type === 'alert.overdue' ? `${subject} red` : `${subject} ${plans.get(subject) ?? 0} ${'step' in body && body.step}`;
				expect(fired).not.toContain(what);
				fired.add(what);
			}
		}),
		runs,
	);
});

it('what the log says is the state, at every event: a crash anywhere loses nothing of it', () => {
	fc.assert(
		fc.property(days, (happenings) => {
			const day = play(happenings);
			expect(day.log.reduce(evolveFloor, emptyFloor)).toEqual(day.state);
		}),
		runs,
	);
});
