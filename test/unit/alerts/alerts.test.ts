import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { act, nextDeadlineMs, type People, tick } from '../../../edge-agent/alerts/alerts.js';
import type { AlertAction } from '../../../edge-agent/alerts/alerts.types.js';
import { Refused } from '../../../edge-agent/alerts/refused.js';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { emptyFloor, evolveFloor, type FloorState, withAlerts } from '../../../edge-agent/visits/arrivals.js';
import { noSightings, type Sightings } from '../../../edge-agent/visits/sightings.js';
import { decide } from '../../../edge-agent/visits/visits.js';
import type { VisitInput } from '../../../edge-agent/visits/visits.types.js';
import { alertRules, person } from './crew.js';

const visitRules = { reentryMs: new Map([['main', 600_000]]), maxMs: 12 * 3_600_000 };
const staff = [person('anna', 'consultant'), person('bo', 'consultant'), person('chen', 'adviser'), person('ma', 'manager')];
const people: People = {
	staff,
	reachable: new Set(staff.map(({ id }) => id)),
	consultantOf: (customer) => (customer === 'li' ? 'bo' : null),
};
const at = (ms: number, boot = 'boot'): Instant => ({ wall: 1_800_000_000_000 + ms, mono: 1000 + ms, boot });

/** A showroom without a log: every input as the program takes it. */
class Floor {
	state: FloorState = emptyFloor;
	sightings: Sightings = noSightings();
	readonly log: EventDraft[] = [];
	#ids = 0;
	readonly #id = () => `id-${++this.#ids}`;

	take(input: VisitInput, ms = 0): string[] {
		const { events, sightings } = decide(this.state.visits, this.sightings, input, at(ms), this.#id, visitRules);
		const both = withAlerts(this.state, events, people, this.#id, alertRules);
		this.state = both.state;
		this.sightings = sightings;
		this.log.push(...both.events);
		return both.events.map(({ type }) => type);
	}
	do(action: AlertAction, ms = 0): string[] {
		return this.#keep(act(this.state.alerts, action, at(ms), this.#id));
	}
	tick(ms: number, boot?: string): string[] {
		return this.#keep(tick(this.state.alerts, at(ms, boot), this.#id));
	}
	walkIn(track: number, ms = 0): string {
		this.take({ kind: 'crossing', camera: 'cam-1', entrance: 'main', track, direction: 'in', who: 'undecided', at: at(ms) }, ms);
		return [...this.state.alerts.active.keys()].at(-1) ?? '';
	}
	checkIn(id: string, purpose: 'quote' | 'service' | 'complaint', host: string | null, ms: number): string[] {
		const form = { id, name: '王芳', telephone: null, purpose, host, model: null, language: 'zh' as const };
		return this.take({ kind: 'checkIn', form, via: 'touch', customer: null }, ms);
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
		expect(floor.tick(90_000)).toEqual([]);
		expect(floor.do({ kind: 'greet', alert, staff: 'anna' })).toEqual(['alert.greeted', 'visit.greeted']);
		expect(refusal(() => floor.do({ kind: 'accept', alert, staff: 'bo' })).code).toBe('no-such-alert');
	});

	it('turns are fair: with equal work, whoever had none for longest', () => {
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
		expect(nextDeadlineMs(floor.state.alerts, at(5000))).toBe(15_000);
		expect([19_999, 20_000, 20_001, 45_000, 60_000, 61_000].map((ms) => floor.tick(ms))).toEqual([
			...[[], ['alert.escalated'], [], ['alert.escalated'], ['alert.overdue'], []],
		]);
		expect(nextDeadlineMs(floor.state.alerts, at(61_000))).toBe(null);
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
		expect(tick(floor.state.alerts, jumped, () => 'x')).toEqual([]);
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
				for (const { visit } of floor.state.alerts.active.values()) expect(floor.state.visits.open.has(visit)).toBe(true);
			}
			const over = new Set<string>();
			const step = new Map<string, number>();
			for (const { type, subject, body } of floor.log) {
				if (!type.startsWith('alert.')) continue;
				expect(over.has(subject)).toBe(false);
				if (type === 'alert.greeted' || type === 'alert.closed') over.add(subject);
				if (type === 'alert.opened' || type === 'alert.rerouted') step.set(subject, 0);
				if (type === 'alert.escalated' && 'step' in body) {
					expect(body.step).toBe((step.get(subject) ?? 0) + 1);
					step.set(subject, body.step);
				}
			}
		}),
		{ numRuns: 300 },
	);
});
