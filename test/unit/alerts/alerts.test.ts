import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { act, handOver } from '../../../edge-agent/alerts/acts.js';
import type { People } from '../../../edge-agent/alerts/alerts.js';
import type { AlertAction } from '../../../edge-agent/alerts/alerts.types.js';
import { nextDeadlineMs, tick } from '../../../edge-agent/alerts/deadlines.js';
import type { Colleague } from '../../../edge-agent/alerts/plan.js';
import { Refused } from '../../../edge-agent/alerts/refused.js';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { emptyFloor, evolveFloor, type FloorState, withAlerts } from '../../../edge-agent/visits/arrivals.js';
import { noSightings, type Sightings } from '../../../edge-agent/visits/sightings.js';
import { decide } from '../../../edge-agent/visits/visits.js';
import type { VisitInput, Who } from '../../../edge-agent/visits/visits.types.js';
import { rules as visitRules } from '../visits/door.js';
import { alertRules, person } from './crew.js';

const staff = [person('anna', 'consultant'), person('bo', 'consultant'), person('chen', 'adviser'), person('ma', 'manager')];
const at = (ms: number, boot = 'boot'): Instant => ({ wall: 1_800_000_000_000 + ms, mono: 1000 + ms, boot });

/** A showroom without a log: every input as the program takes it. */
class Floor {
	state: FloorState = emptyFloor;
	sightings: Sightings = noSightings();
	readonly log: EventDraft[] = [];
	/** Who is with a visitor, as visits would say. */
	readonly busy = new Set<string>();
	#ids = 0;
	readonly #id = () => `id-${++this.#ids}`;

	get people(): People {
		const colleagues = staff.map((one): Colleague => ({ ...one, busy: this.busy.has(one.id) }));
		return {
			colleagues,
			wishesOf: (customer) => ({ consultant: customer === 'li' ? 'bo' : null, greeting: customer !== 'shy', always: false }),
		};
	}

	take(input: VisitInput, ms = 0): string[] {
		const { events, sightings } = decide(this.state.visits, this.sightings, input, at(ms), this.#id, visitRules);
		const both = withAlerts(this.state, events, () => this.people, this.#id, alertRules);
		this.state = both.state;
		this.sightings = sightings;
		this.log.push(...both.events);
		return both.events.map(({ type }) => type);
	}
	do(action: AlertAction, ms = 0): string[] {
		return this.#keep(act(this.state.alerts, action, at(ms), this.people, this.#id, alertRules));
	}
	tick(ms: number, boot?: string): string[] {
		return this.#keep(tick(this.state.alerts, at(ms, boot), ['ma'], this.#id, alertRules));
	}
	handOver(visit: string, from: string, to: string, ms = 0): string[] {
		const { alerts, visits } = this.state;
		return this.#keep(
			handOver(alerts, visits.open.get(visit) ?? { id: visit, customer: null }, { from, to }, at(ms), this.#id, alertRules),
		);
	}
	walkIn(track: number, ms = 0): string {
		this.take({ kind: 'crossing', camera: 'cam-1', entrance: 'main', track, direction: 'in', who: 'undecided', at: at(ms) }, ms);
		return [...this.state.alerts.active.keys()].at(-1) ?? '';
	}
	checkIn(id: string, purpose: 'quote' | 'service' | 'complaint', host: string | null, ms: number): string[] {
		const form = { id, purpose, host, model: null };
		return this.take({ kind: 'checkIn', form, via: 'touch', customer: null, by: 'kiosk', guest: null, actor: 'kiosk:main' }, ms);
	}
	#keep(events: readonly EventDraft[]): string[] {
		this.state = events.reduce(evolveFloor, this.state);
		this.log.push(...events);
		return events.map(({ type }) => type);
	}
}

const refusal = (task: () => unknown): Refused => {
	try {
		task();
	} catch (error) {
		if (error instanceof Refused) return error;
	}
	throw new Error('was not refused');
};

describe('an arrival', () => {
	it('opens an alert in the same breath, caused by it', () => {
		const floor = new Floor();
		floor.walkIn(1);
		const [visit, alert] = floor.log;
		expect(alert).toMatchObject({ type: 'alert.opened', cause: visit?.id, body: { visit: visit?.subject, redAfterMs: 60_000 } });
	});

	it('known later goes to their own consultant, with a new plan', () => {
		const floor = new Floor();
		floor.walkIn(1);
		floor.tick(20_000);
		const li = { person: 'li', kind: 'customer' } as const;
		const types = floor.take({ kind: 'identified', camera: 'cam-1', entrance: 'main', track: 1, who: li, evidence: null, at: at(25_000) });
		expect(types).toEqual(['visit.identified', 'alert.rerouted']);
		expect(floor.log.at(-1)).toMatchObject({
			body: { customer: 'li', steps: [{ afterMs: 0, staff: ['bo'] }, { staff: ['anna'] }, { staff: ['ma'] }] },
		});
		expect(floor.tick(44_000)).toEqual([]);
		expect(floor.tick(45_000)).toEqual(['alert.escalated']);
		expect(floor.tick(60_000)).toEqual(['alert.overdue']);
	});

	it('known after somebody took it stays with them', () => {
		const floor = new Floor();
		const alert = floor.walkIn(1);
		floor.do({ kind: 'accept', alert, staff: 'anna' });
		const li = { person: 'li', kind: 'customer' } as const;
		expect(floor.take({ kind: 'identified', camera: 'cam-1', entrance: 'main', track: 1, who: li, evidence: null, at: at(5000) })).toEqual([
			'visit.identified',
		]);
	});

	it('that turns out to be staff closes its alert', () => {
		const floor = new Floor();
		floor.walkIn(1);
		const anna = { person: 'anna', kind: 'staff' } as const;
		expect(floor.take({ kind: 'identified', camera: 'cam-1', entrance: 'main', track: 1, who: anna, evidence: null, at: at(500) })).toEqual(
			['visit.closed', 'alert.closed'],
		);
		expect(floor.log.at(-1)).toMatchObject({ body: { reason: 'staff' } });
	});
});

describe('a check-in', () => {
	it('opens one alert that knows whom it is for', () => {
		const floor = new Floor();
		expect(floor.checkIn('c1', 'quote', 'bo', 0)).toEqual(['visit.opened', 'alert.opened', 'checkin.recorded']);
		expect([...floor.state.alerts.active.values()][0]).toMatchObject({ purpose: 'quote', host: 'bo', steps: [{ staff: ['bo'] }, {}, {}] });
	});

	it('of somebody who walked in changes the plan only if it must', () => {
		const floor = new Floor();
		floor.walkIn(1);
		expect(floor.checkIn('c1', 'quote', null, 1000)).toEqual(['checkin.recorded']);
		floor.walkIn(2, 2000);
		expect(floor.checkIn('c2', 'complaint', null, 3000)).toEqual(['checkin.recorded', 'alert.rerouted']);
		expect(floor.log.at(-1)).toMatchObject({ body: { customer: null, steps: [{ afterMs: 0, staff: ['ma'] }] } });
		floor.walkIn(3, 4000);
		expect(floor.checkIn('c3', 'quote', 'chen', 5000)).toEqual(['checkin.recorded', 'alert.rerouted']);
		expect(floor.log.at(-1)).toMatchObject({ body: { steps: [{ staff: ['chen'] }, {}, {}, {}] } });
	});
});

describe('taking and greeting', () => {
	it('the first to take it has it; the second is told who; again is harmless', () => {
		const floor = new Floor();
		const alert = floor.walkIn(1);
		expect(floor.do({ kind: 'accept', alert, staff: 'anna' })).toEqual(['alert.acknowledged']);
		expect(floor.do({ kind: 'accept', alert, staff: 'anna' })).toEqual([]);
		const refused = refusal(() => floor.do({ kind: 'accept', alert, staff: 'bo' }));
		expect([refused.code, refused.staff]).toEqual(['taken', 'anna']);
		expect(floor.tick(119_000)).toEqual([]);
		expect(floor.do({ kind: 'greet', alert, staff: 'anna' })).toEqual(['alert.greeted', 'visit.greeted']);
		expect(refusal(() => floor.do({ kind: 'accept', alert, staff: 'bo' })).code).toBe('no-such-alert');
	});

	it('turns are fair', () => {
		const floor = new Floor();
		const first = [1, 2, 3, 4].map((track) => {
			const alert = floor.walkIn(track, track * 5000);
			const staff = floor.state.alerts.active.get(alert)?.steps[0]?.staff[0] ?? '';
			floor.do({ kind: 'accept', alert, staff }, track * 5000 + 1);
			floor.do({ kind: 'greet', alert, staff }, track * 5000 + 2);
			return staff;
		});
		expect(first).toEqual(['anna', 'bo', 'anna', 'bo']);
	});
});

describe('time', () => {
	it('escalates step by step, then red, each once', () => {
		const floor = new Floor();
		floor.walkIn(1);
		expect(nextDeadlineMs(floor.state.alerts, at(5000), alertRules)).toBe(15_000);
		expect([19_999, 20_000, 20_001, 45_000, 60_000, 61_000].map((ms) => floor.tick(ms))).toEqual([
			...[[], ['alert.escalated'], [], ['alert.escalated'], ['alert.overdue'], []],
		]);
		expect(nextDeadlineMs(floor.state.alerts, at(61_000), alertRules)).toBe(null);
	});

	it('that passed while the agent was down is made up for at once, in order, across a reboot too', () => {
		const floor = new Floor();
		floor.walkIn(1);
		expect(floor.tick(50_000, 'another boot')).toEqual(['alert.escalated', 'alert.escalated']);
		expect(floor.log.slice(-2).map(({ body }) => 'step' in body && body.step)).toEqual([1, 2]);
	});

	it('does not follow a jump of the wall clock', () => {
		const floor = new Floor();
		floor.walkIn(1);
		const jumped = { ...at(1000), wall: at(0).wall + 86_400_000 };
		expect(tick(floor.state.alerts, jumped, ['ma'], () => 'x', alertRules)).toEqual([]);
	});
});

describe('a colleague', () => {
	it('who cannot come passes it on at once, or gives back what they took', () => {
		const floor = new Floor();
		const alert = floor.walkIn(1);
		expect(floor.do({ kind: 'decline', alert, staff: 'bo' }, 1000)).toEqual([]);
		expect(floor.do({ kind: 'decline', alert, staff: 'anna' }, 1000)).toEqual(['alert.escalated']);
		expect(floor.log.at(-1)).toMatchObject({ body: { step: 1, staff: ['bo'] } });
		floor.do({ kind: 'accept', alert, staff: 'bo' }, 2000);
		expect(floor.do({ kind: 'release', alert, staff: 'bo' }, 3000)).toEqual(['alert.released', 'alert.rerouted']);
		expect(floor.log.at(-1)).toMatchObject({ body: { steps: [{ staff: ['anna'] }, { afterMs: 45_000, staff: ['ma'] }], base: 4 } });
		// Whoever had been told before is told once more.
		expect(floor.tick(48_000)).toEqual(['alert.escalated']);
		expect(floor.log.at(-1)).toMatchObject({ body: { step: 5, staff: ['ma'] } });
	});

	it('is sent, whoever had it before; unanswered, the manager hears of it', () => {
		const floor = new Floor();
		const alert = floor.walkIn(1);
		floor.do({ kind: 'accept', alert, staff: 'anna' }, 1000);
		expect(floor.do({ kind: 'assign', alert, staff: 'ma', to: 'bo' }, 30_000)).toEqual(['alert.released', 'alert.assigned']);
		expect(floor.log.at(-1)).toMatchObject({ body: { staff: 'bo', by: 'ma', step: 1 } });
		expect(floor.do({ kind: 'assign', alert, staff: 'ma', to: 'bo' }, 31_000)).toEqual(['alert.assigned']);
		expect(floor.tick(51_000)).toEqual(['alert.escalated']);
		expect(floor.log.at(-1)).toMatchObject({ body: { staff: ['ma'] } });
	});

	it('accepted and never came: the manager is told, once', () => {
		const floor = new Floor();
		const alert = floor.walkIn(1);
		floor.do({ kind: 'accept', alert, staff: 'anna' }, 10_000);
		expect(nextDeadlineMs(floor.state.alerts, at(10_000), alertRules)).toBe(120_000);
		expect([129_999, 130_000, 200_000].map((ms) => floor.tick(ms))).toEqual([[], ['alert.escalated'], []]);
		expect(floor.log.at(-1)).toMatchObject({ body: { step: 3, staff: ['ma'] } });
	});

	it('takes a visitor over by accepting; declines, or does not answer: the visitor stays where they are', () => {
		const floor = new Floor();
		const alert = floor.walkIn(1);
		const visit = floor.state.alerts.active.get(alert)?.visit ?? '';
		floor.do({ kind: 'accept', alert, staff: 'anna' }, 1000);
		expect(floor.handOver(visit, 'anna', 'bo', 2000)).toEqual(['alert.opened']);
		expect(floor.handOver(visit, 'anna', 'bo', 2500)).toEqual([]);
		expect(refusal(() => floor.handOver(visit, 'anna', 'chen', 2500))).toMatchObject({ code: 'asked', staff: 'bo' });
		const asked = [...floor.state.alerts.active.keys()].at(-1) ?? '';
		expect(refusal(() => floor.do({ kind: 'accept', alert: asked, staff: 'chen' })).code).toBe('not-yours');
		expect(floor.do({ kind: 'accept', alert: asked, staff: 'bo' }, 3000)).toEqual([
			...['alert.acknowledged', 'visit.reassigned', 'alert.acknowledged', 'alert.closed'],
		]);
		expect(floor.state.alerts.active.get(alert)?.acknowledgedBy).toBe('bo');
		floor.handOver(visit, 'bo', 'anna', 10_000);
		const again = [...floor.state.alerts.active.keys()].at(-1) ?? '';
		expect(floor.do({ kind: 'decline', alert: again, staff: 'anna' }, 11_000)).toEqual(['alert.closed']);
		floor.handOver(visit, 'bo', 'anna', 20_000);
		expect(floor.tick(79_999)).toEqual([]);
		expect(floor.tick(80_000)).toEqual(['alert.closed']);
		expect(floor.log.at(-1)).toMatchObject({ body: { reason: 'expired' } });
	});
});

describe('many at once', () => {
	it('a party has one alert, and one greeting receives all of it', () => {
		const floor = new Floor();
		const alert = floor.walkIn(1);
		expect(
			floor.take({ kind: 'crossing', camera: 'cam-1', entrance: 'main', track: 2, direction: 'in', who: 'nobody', at: at(2000) }, 2000),
		).toEqual(['visit.opened', 'alert.joined']);
		expect(floor.do({ kind: 'greet', alert, staff: 'anna' }, 5000)).toEqual(['alert.greeted', 'visit.greeted', 'visit.greeted']);
	});

	it('whoever comes in behind somebody who wants no greeting is received all the same', () => {
		const floor = new Floor();
		const cross = (track: number, who: Who, ms: number) =>
			floor.take({ kind: 'crossing', camera: 'cam-1', entrance: 'main', track, direction: 'in', who, at: at(ms) }, ms);
		cross(1, { person: 'shy', kind: 'customer' }, 0);
		expect(floor.log.at(-1)).toMatchObject({ body: { quiet: true } });
		expect(cross(2, 'nobody', 1000)).toEqual(['visit.opened', 'alert.opened']);
		expect(floor.log.at(-1)).toMatchObject({ body: { quiet: false } });
	});

	it('an alert goes on until the last of a party has left', () => {
		const floor = new Floor();
		floor.walkIn(1);
		floor.walkIn(2, 2000);
		const [one, two] = [...floor.state.visits.open.keys()];
		expect(floor.take({ kind: 'close', visit: one ?? '', reason: 'left', staff: 'anna' }, 3000)).toEqual(['visit.closed']);
		expect(floor.take({ kind: 'close', visit: two ?? '', reason: 'left', staff: 'anna' }, 4000)).toEqual(['visit.closed', 'alert.closed']);
	});

	it('a coach: after six alerts in a minute the others join the last; a known customer among them gets their own consultant', () => {
		const floor = new Floor();
		for (let track = 1; track <= 20; track++) floor.walkIn(track, track * 3000);
		expect(floor.state.alerts.active.size).toBe(6);
		const group = [...floor.state.alerts.active.values()].at(-1);
		expect(group?.waiting).toHaveLength(15);
		const li = { person: 'li', kind: 'customer' } as const;
		expect(
			floor.take({ kind: 'identified', camera: 'cam-1', entrance: 'main', track: 20, who: li, evidence: null, at: at(61_000) }, 61_000),
		).toEqual([...['visit.identified', 'alert.opened']]);
		// Everybody's screen is ringing, so the manager hears of it as well.
		expect(floor.log.at(-1)).toMatchObject({ body: { steps: [{ staff: ['bo', 'ma'] }, { staff: ['anna'] }] } });
		expect(floor.state.alerts.active.get(group?.id ?? '')?.waiting).toHaveLength(14);
	});

	it('with nobody free the manager is told; whoever becomes free gets whoever has waited longest', () => {
		const floor = new Floor();
		floor.busy.add('anna').add('bo');
		const waiting = floor.walkIn(1);
		expect(floor.log.at(-1)).toMatchObject({ body: { steps: [{ staff: ['anna', 'ma'] }, { staff: ['bo'] }], turn: null } });
		floor.walkIn(2, 10_000);
		const other = [...floor.state.visits.open.keys()].at(-1) ?? '';
		floor.busy.delete('bo');
		// The second visitor has left; that is when the floor looks round for who is free.
		expect(floor.take({ kind: 'close', visit: other, reason: 'left', staff: 'ma' }, 12_000)).toEqual([
			...['visit.closed', 'alert.closed', 'alert.rerouted'],
		]);
		expect(floor.log.at(-1)).toMatchObject({
			subject: waiting,
			body: { turn: { staff: 'bo', among: ['bo'] }, steps: [{ staff: ['bo'] }, {}, {}] },
		});
	});
});

const action = fc.oneof(
	fc.record({ what: fc.constant('walkIn' as const), gap: fc.nat(30_000) }),
	fc.record({ what: fc.constant('checkIn' as const), gap: fc.nat(30_000) }),
	fc.record({ what: fc.constant('tick' as const), gap: fc.nat(30_000) }),
	fc.record({
		what: fc.constantFrom('accept' as const, 'greet' as const, 'close' as const, 'identify' as const),
		gap: fc.nat(30_000),
		which: fc.nat(5),
		by: fc.constantFrom('anna', 'bo'),
	}),
);

it('greets or closes an alert, never both; escalates in the order of its plan; and the log gives back the state', () => {
	fc.assert(
		fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
			const floor = new Floor();
			let ms = 0;
			for (const [index, next] of actions.entries()) {
				ms += next.gap;
				if (next.what === 'walkIn') floor.walkIn(index, ms);
				else if (next.what === 'checkIn') floor.checkIn(`c${index}`, 'service', null, ms);
				else if (next.what === 'tick') floor.tick(ms);
				else {
					const alert = [...floor.state.alerts.active.values()][next.which];
					if (!alert) continue;
					const who = { person: 'li', kind: 'customer' } as const;
					if (next.what === 'identify')
						floor.take({ kind: 'identified', camera: 'cam-1', entrance: 'main', track: index, who, evidence: null, at: at(ms) });
					else if (next.what === 'close') floor.take({ kind: 'close', visit: alert.visit, reason: 'courier', staff: next.by }, ms);
					else if (alert.acknowledgedBy === null || next.what === 'greet')
						floor.do({ kind: next.what, alert: alert.id, staff: next.by }, ms);
				}
				expect(floor.log.reduce(evolveFloor, emptyFloor)).toEqual(floor.state);
				for (const { waiting } of floor.state.alerts.active.values()) {
					expect(waiting.length).toBeGreaterThan(0);
					expect(waiting.every((visit) => floor.state.visits.open.has(visit))).toBe(true);
				}
			}
			const over = new Set<string>();
			const step = new Map<string, number>();
			const taken = new Set<string>();
			for (const { type, subject, body } of floor.log) {
				if (!type.startsWith('alert.')) continue;
				expect(over.has(subject)).toBe(false);
				if (type === 'alert.greeted' || type === 'alert.closed') over.add(subject);
				if (type === 'alert.opened') step.set(subject, 0);
				if (type === 'alert.rerouted' && 'base' in body) step.set(subject, body.base);
				if (type === 'alert.acknowledged') taken.add(subject);
				// The manager's call for an accepted alert is a step of its own, after the plan's.
				if (type === 'alert.escalated' && 'step' in body && !taken.has(subject)) {
					expect(body.step).toBe((step.get(subject) ?? 0) + 1);
					step.set(subject, body.step);
				}
			}
		}),
		{ numRuns: 300 },
	);
});
