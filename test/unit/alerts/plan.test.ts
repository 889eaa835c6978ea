import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Crew, planSteps, type Wishes } from '../../../edge-agent/alerts/plan.js';
import type { StaffView } from '../../../edge-agent/contract/api.js';
import { purposeSchema, roleSchema } from '../../../edge-agent/contract/vocabulary.js';
import { alertRules, person } from './crew.js';

const nothing: Wishes = { purpose: null, host: null, consultant: null };
const crew = (staff: readonly StaffView[], more: Partial<Crew> = {}): Crew => ({
	...{ staff, reachable: new Set(staff.map(({ id }) => id)), load: new Map(), lastTurn: new Map() },
	...more,
});
const everybody = [
	person('anna', 'consultant'),
	person('bo', 'consultant'),
	person('chen', 'adviser'),
	person('dai', 'reception'),
	person('ma', 'manager'),
];
const told = (wishes: Partial<Wishes>, of: Crew = crew(everybody)) =>
	planSteps({ ...nothing, ...wishes }, of, alertRules).map(({ afterMs, staff }) => [afterMs / 1000, ...staff]);

describe('who is told', () => {
	it('a stranger: the consultants in turn, reception, and the manager at 45 s', () => {
		expect(told({})).toEqual([
			[0, 'anna'],
			[20, 'bo'],
			[40, 'dai'],
			[45, 'ma'],
		]);
	});

	it('the customer’s own consultant first, and the one asked for before that', () => {
		expect(told({ consultant: 'bo' })[0]).toEqual([0, 'bo']);
		expect(told({ consultant: 'bo', host: 'chen' }).slice(0, 2)).toEqual([
			[0, 'chen'],
			[20, 'bo'],
		]);
	});

	it('not who is off duty', () => {
		const staff = [person('anna', 'consultant'), person('bo', 'consultant', false), person('ma', 'manager')];
		expect(told({ consultant: 'bo' }, crew(staff))).toEqual([
			[0, 'anna'],
			[45, 'ma'],
		]);
	});

	it('those without a screen after those with one, their own consultant too', () => {
		expect(told({ consultant: 'anna' }, crew(everybody, { reachable: new Set(['bo']) })).slice(0, 2)).toEqual([
			[0, 'bo'],
			[20, 'anna'],
		]);
	});

	it('whoever has the fewest alerts, then whoever had no turn for longest', () => {
		expect(told({}, crew(everybody, { load: new Map([['anna', 1]]) }))[0]).toEqual([0, 'bo']);
		const lastTurn = new Map([
			['anna', 5],
			['bo', 4],
		]);
		expect(told({}, crew(everybody, { lastTurn }))[0]).toEqual([0, 'bo']);
	});

	it('service: the advisers; a complaint: the manager at once', () => {
		expect(told({ purpose: 'service' }).slice(0, 2)).toEqual([
			[0, 'chen'],
			[20, 'dai'],
		]);
		expect(told({ purpose: 'complaint' })).toEqual([[0, 'ma']]);
		expect(told({ purpose: 'complaint' }, crew([person('dai', 'reception'), person('anna', 'consultant')]))).toEqual([[0, 'dai']]);
	});

	it('nobody on duty: manager and reception; nobody there at all: nobody', () => {
		const off = everybody.map((someone) => ({ ...someone, onDuty: false }));
		expect(told({}, crew(off))).toEqual([[0, 'ma', 'dai']]);
		expect(told({}, crew([]))).toEqual([]);
	});

	it('only people of another rota on duty: them, rather than nobody', () => {
		expect(told({}, crew([person('chen', 'adviser')]))).toEqual([[0, 'chen']]);
	});
});

it('begins at once, goes on in order of time, tells nobody twice, and somebody whenever somebody is on duty', () => {
	const role = fc.constantFrom(...roleSchema.options.filter((option) => option !== 'kiosk'));
	const staffList = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), role, onDuty: fc.boolean() }), {
		selector: ({ id }) => id,
	});
	const anyId = fc.option(fc.constantFrom('a', 'b', 'c', 'gone'));
	const purpose = fc.option(fc.constantFrom(...purposeSchema.options));
	fc.assert(
		fc.property(
			staffList,
			fc.record({ purpose, host: anyId, consultant: anyId }),
			fc.subarray(['a', 'b', 'c', 'd']),
			(people, wishes, online) => {
				const staff = people.map(({ id, role, onDuty }) => person(id, role, onDuty));
				const steps = planSteps(wishes, crew(staff, { reachable: new Set(online) }), alertRules);
				const everyone = steps.flatMap((step) => step.staff);
				expect(new Set(everyone).size).toBe(everyone.length);
				expect(everyone.every((id) => staff.some((person) => person.id === id))).toBe(true);
				expect(steps.every((step) => step.staff.length > 0)).toBe(true);
				expect(steps.map(({ afterMs }) => afterMs)).toEqual(steps.map(({ afterMs }) => afterMs).toSorted((a, b) => a - b));
				if (staff.some(({ onDuty }) => onDuty)) expect(steps[0]?.afterMs).toBe(0);
			},
		),
	);
});
