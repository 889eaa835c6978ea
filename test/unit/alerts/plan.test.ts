import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Colleague, noWishes, planAlert, type Wishes } from '../../../edge-agent/alerts/plan.js';
import { noTurns, type TurnsState } from '../../../edge-agent/alerts/turns.js';
import { dutyStateSchema, purposeSchema, roleSchema, rotaSchema } from '../../../edge-agent/contract/vocabulary.js';
import { alertRules, person } from './crew.js';

const everybody = [
	person('anna', 'consultant'),
	person('bo', 'consultant'),
	person('chen', 'adviser'),
	person('dai', 'reception'),
	person('ma', 'manager'),
];
/** The crew, with some of them otherwise. */
const but = (others: Readonly<Record<string, Partial<Colleague>>>) => everybody.map((one) => ({ ...one, ...others[one.id] }));
const plan = (wishes: Partial<Wishes>, colleagues: readonly Colleague[] = everybody, turns: TurnsState = noTurns) =>
	planAlert({ ...noWishes, ...wishes }, { colleagues, turns }, alertRules);
const told = (...args: Parameters<typeof plan>) => plan(...args).steps.map(({ afterMs, staff }) => [afterMs / 1000, ...staff]);

describe('who is told', () => {
	it('a stranger: the consultants in turn, reception, and the manager at 45 s', () => {
		expect(told({})).toEqual([
			[0, 'anna'],
			[20, 'bo'],
			[40, 'dai'],
			[45, 'ma'],
		]);
		expect(plan({}).turn).toEqual({ rota: 'sales', staff: 'anna', among: ['anna', 'bo'] });
		expect(plan({}).passed).toEqual([{ staff: 'bo', why: 'later' }]);
	});

	it('the customer’s own consultant first, and the one asked for before that; neither uses up a turn', () => {
		expect(told({ consultant: 'bo' })[0]).toEqual([0, 'bo']);
		expect(told({ consultant: 'bo', host: 'chen' }).slice(0, 2)).toEqual([
			[0, 'chen'],
			[20, 'bo'],
		]);
		expect(plan({ consultant: 'bo' }).turn).toBeNull();
	});

	it('their own consultant is busy: the named backup; without one the rota, and the consultant after it', () => {
		const backed = but({ bo: { busy: true, backup: 'chen' } });
		expect(told({ consultant: 'bo' }, backed)[0]).toEqual([0, 'chen']);
		expect(told({ consultant: 'bo' }, but({ bo: { busy: true } })).slice(0, 2)).toEqual([
			[0, 'anna'],
			[20, 'bo'],
		]);
		expect(plan({ consultant: 'bo' }, but({ bo: { busy: true } })).passed).toContainEqual({ staff: 'bo', why: 'busy' });
	});

	it('nobody who is off duty or on a break, and it says so', () => {
		const crew = but({ anna: { duty: 'break' }, bo: { duty: 'off' } });
		expect(told({}, crew)).toEqual([[0, 'dai', 'ma']]);
		expect(plan({}, crew).passed).toEqual([
			{ staff: 'anna', why: 'break' },
			{ staff: 'bo', why: 'off' },
		]);
	});

	it('those without a screen after those with one', () => {
		expect(told({ consultant: 'anna' }, but({ anna: { reachable: false } })).slice(0, 2)).toEqual([
			[0, 'bo'],
			[20, 'anna'],
		]);
	});

	it('with everybody busy: reception and the manager at once, then the busy ones', () => {
		expect(told({}, but({ anna: { busy: true }, bo: { busy: true } }))).toEqual([
			[0, 'dai', 'ma'],
			[20, 'anna'],
			[40, 'bo'],
		]);
	});

	it('whoever is furthest behind a fair share', () => {
		const turns: TurnsState = new Map([
			[
				'sales',
				new Map([
					['anna', { turns: 3, owed: -0.5 }],
					['bo', { turns: 3, owed: 0.5 }],
				]),
			],
		]);
		expect(told({}, everybody, turns)[0]).toEqual([0, 'bo']);
	});

	it('service: the advisers; a complaint: the manager at once', () => {
		expect(told({ purpose: 'service' }).slice(0, 2)).toEqual([
			[0, 'chen'],
			[20, 'dai'],
		]);
		expect(told({ purpose: 'complaint' })).toEqual([[0, 'ma']]);
		expect(told({ purpose: 'complaint' }, [person('dai', 'reception'), person('anna', 'consultant')])[0]).toEqual([0, 'dai']);
	});

	it('nobody on duty: manager and reception; nobody there at all: nobody', () => {
		expect(
			told(
				{},
				everybody.map((one) => ({ ...one, duty: 'off' as const })),
			),
		).toEqual([[0, 'ma', 'dai']]);
		expect(told({}, [])).toEqual([]);
	});

	it('only people of another rota on duty: them, rather than nobody', () => {
		expect(told({}, [person('chen', 'adviser')])).toEqual([[0, 'chen']]);
	});

	it('who wants no greeting: their own consultant, quietly, and nobody else', () => {
		expect(plan({ greeting: false, consultant: 'bo' })).toMatchObject({ steps: [{ staff: ['bo'] }], quiet: true });
		expect(told({ greeting: false })).toEqual([[0, 'dai']]);
	});

	it('who wants always the same consultant: that one though busy, then the manager, and no rota', () => {
		expect(told({ always: true, consultant: 'bo' }, but({ bo: { busy: true } }))).toEqual([
			[0, 'bo'],
			[20, 'dai'],
			[45, 'ma'],
		]);
	});

	it('somebody who cannot come is left out', () => {
		const { steps } = planAlert(noWishes, { colleagues: everybody, turns: noTurns }, alertRules, 'anna');
		expect(steps.flatMap(({ staff }) => staff)).not.toContain('anna');
	});
});

const colleague = fc.record({
	id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
	role: fc.constantFrom(...roleSchema.options.filter((option) => option !== 'kiosk')),
	duty: fc.constantFrom(...dutyStateSchema.options),
	busy: fc.boolean(),
	reachable: fc.boolean(),
	rotas: fc.subarray([...rotaSchema.options]),
	backup: fc.option(fc.constantFrom('a', 'b', 'gone')),
});

it('begins at once, goes on in order of time, tells nobody twice, and somebody whenever somebody is there', () => {
	const crew = fc.uniqueArray(colleague, { selector: ({ id }) => id });
	const anyId = fc.option(fc.constantFrom('a', 'b', 'c', 'gone'));
	const wishes = fc.record({
		...{ purpose: fc.option(fc.constantFrom(...purposeSchema.options)), host: anyId, consultant: anyId },
		...{ greeting: fc.boolean(), always: fc.boolean() },
	});
	fc.assert(
		fc.property(crew, wishes, (colleagues, wished) => {
			const { steps, turn, passed, quiet } = plan(wished, colleagues);
			const everyone = steps.flatMap(({ staff }) => staff);
			expect(new Set(everyone).size).toBe(everyone.length);
			expect(everyone.every((id) => colleagues.some((one) => one.id === id))).toBe(true);
			expect(steps.every(({ staff }) => staff.length > 0)).toBe(true);
			expect(steps.map(({ afterMs }) => afterMs)).toEqual(steps.map(({ afterMs }) => afterMs).toSorted((a, b) => a - b));
			if (steps.length > 0) expect(steps[0]?.afterMs).toBe(0);
			if (!quiet && colleagues.some(({ duty }) => duty === 'on')) expect(steps.length).toBeGreaterThan(0);
			// A turn is somebody's who was free, and told first, alone.
			if (turn) {
				expect(steps[0]?.staff).toEqual([turn.staff]);
				expect(turn.among).toContain(turn.staff);
				expect(turn.among.every((id) => colleagues.some((one) => one.id === id && one.duty === 'on' && !one.busy && one.reachable))).toBe(
					true,
				);
			}
			expect(passed.some(({ staff }) => staff === turn?.staff)).toBe(false);
		}),
		{ numRuns: 500 },
	);
});
