import { describe, expect, it } from 'vitest';
import type { EventBody, EventType, LoggedEvent } from '../../../edge-agent/contract/events.js';
import { judge } from '../../../edge-agent/demo/judge.js';
import { writeScript } from '../../../edge-agent/demo/script.js';
import { type Truth, truthOf } from '../../../edge-agent/demo/truth.js';

const noTurn = { turn: null, passed: [], quiet: false };
const arrival = { kind: 'arrival', from: null, ...noTurn } as const;

const zero = 5_000_000;
const truth = truthOf(writeScript(42));

function event<T extends EventType>(type: T, atMs: number, body: EventBody<T>): LoggedEvent {
	const at = { wall: 1_700_000_000_000 + atMs, mono: zero + atMs, boot: 'b' };
	return { id: `${type}-${atMs}`, seq: 0, version: 1, type, at, actor: 'system', subject: 's', cause: null, body } as LoggedEvent;
}

const visitOf = (person: Truth['people'][number]) => `v-${person.id}`;

/** The log of a showroom that makes no mistake. */
function perfectLog(): LoggedEvent[] {
	return truth.people
		.filter((person) => person.role !== 'staff')
		.flatMap((person) => {
			const visit = visitOf(person);
			const alert = `a-${person.id}`;
			const opened = person.known ? (person.recognisableMs ?? 0) + 300 : person.crossingMs + 200;
			const staff = person.consultant ?? 'li-jing';
			const events = [
				event('visit.opened', opened, {
					visit,
					source: 'crossing',
					entrance: 'e',
					customer: person.known,
					purpose: null,
					host: null,
					face: null,
					party: null,
				}),
				event('alert.opened', opened + 5, {
					alert,
					visit,
					...arrival,
					customer: person.known,
					purpose: null,
					steps: [
						{ afterMs: 0, staff: [staff] },
						{ afterMs: 20_000, staff: ['chen-fang'] },
					],
					redAfterMs: 60_000,
				}),
				event('alert.sent', opened + 10, { alert, step: 0, staff, device: 'd' }),
				event('alert.received', opened + 50, { alert, step: 0, staff, device: 'd' }),
				event('alert.acknowledged', opened + 2000, { alert, staff }),
			];
			if (person.stepOut) events.push(event('visit.returned', person.stepOut.returnMs + 100, { visit }));
			return events;
		});
}

const find = (role: string) => {
	const person = truth.people.find((candidate) => candidate.role === role && !candidate.stepOut);
	if (!person) throw new Error(`nobody is ${role}`);
	return person;
};
const stepper = truth.people.find((person) => person.stepOut) ?? find('customer');
const isOf = (person: Truth['people'][number]) => (e: LoggedEvent) => JSON.stringify(e.body).includes(`${person.id}"`);
const verdict = (events: LoggedEvent[], shown: Parameters<typeof judge>[3] = []) => judge(truth, events, zero, shown);

/** The perfect log with the bodies of one type of one person's events changed. */
function changed<T extends EventType>(
	person: Truth['people'][number],
	type: T,
	change: (body: EventBody<T>) => EventBody<T>,
): LoggedEvent[] {
	return perfectLog().map((e) =>
		e.type === type && isOf(person)(e) ? ({ ...e, body: change(e.body as EventBody<T>) } as LoggedEvent) : e,
	);
}

describe('judge', () => {
	it('finds nothing wrong in a perfect log', () => {
		const result = verdict(perfectLog());
		expect(result.false).toEqual([]);
		expect(result).toMatchObject({
			ok: true,
			seed: 42,
			arrivals: 6,
			recognised: 3,
			strangers: 2,
			unseenFaces: 1,
			staffIgnored: 1,
			reentries: 1,
			alerts: { sent: 6, acknowledged: 6, doubled: 0 },
		});
		expect(result.arrivalToAlertMs).toEqual({ p50: 250, p95: 350 });
	});

	it('takes an arrival that was identified, and rerouted, a moment later', () => {
		const person = find('customer');
		const steps = [{ afterMs: 0, staff: [person.consultant ?? ''] }];
		const events = changed(person, 'visit.opened', (body) => ({ ...body, customer: null }));
		events.push(
			event('visit.identified', person.crossingMs, { visit: visitOf(person), customer: person.known ?? '', by: 'face', face: null }),
		);
		events.push(
			event('alert.rerouted', person.crossingMs, { alert: `a-${person.id}`, customer: person.known ?? '', steps, ...noTurn, base: 0 }),
		);
		expect(verdict(events).false).toEqual([]);
	});

	it('does not mind an alert that nobody took, but counts it', () => {
		const result = verdict(perfectLog().filter((e) => !(e.type === 'alert.acknowledged' && isOf(find('stranger'))(e))));
		expect(result.ok).toBe(true);
		expect(result.alerts.acknowledged).toBe(5);
	});

	const customer = find('customer');
	const stranger = find('stranger');
	const unseen = find('unseen');
	const staff = find('staff');
	const other = truth.people.find((p) => p.role === 'customer' && p !== customer) ?? customer;
	const without = (person: Truth['people'][number], type?: EventType) =>
		perfectLog().filter((e) => !isOf(person)(e) || (type !== undefined && e.type !== type));
	const visitAt = (atMs: number, who: string | null) =>
		event('visit.opened', atMs, {
			visit: 'v-extra',
			source: 'crossing',
			entrance: 'e',
			customer: who,
			purpose: null,
			host: null,
			face: null,
			party: null,
		});
	const alertFor = (visit: string, atMs: number) =>
		event('alert.opened', atMs, { alert: 'a-extra', visit, ...arrival, customer: null, purpose: null, steps: [], redAfterMs: 1 });
	const received = (person: Truth['people'][number], who: string, step = 0) =>
		event('alert.received', person.crossingMs + 4000, { alert: `a-${person.id}`, step, staff: who, device: 'd2' });

	const mistakes: [string, LoggedEvent[], RegExp][] = [
		['a customer missed', without(customer), /made no visit/],
		[
			'a customer not recognised',
			changed(customer, 'visit.opened', (b) => ({ ...b, customer: null })),
			/not recognised|nobody who came in/,
		],
		[
			'one customer taken for another',
			changed(customer, 'visit.opened', (b) => ({ ...b, customer: other.known })),
			/made 2 visits|seen when they were not there/,
		],
		['a customer counted twice', [...perfectLog(), visitAt(customer.crossingMs + 900, customer.known)], /made 2 visits/],
		[
			'a customer seen at another time',
			perfectLog().map((e) => (isOf(customer)(e) ? { ...e, at: { ...e.at, mono: e.at.mono + 20_000 } } : e)),
			/seen when they were not there/,
		],
		[
			'the wrong consultant planned',
			changed(customer, 'alert.opened', (b) => ({ ...b, steps: [{ afterMs: 0, staff: ['chen-fang'] }] })),
			/belongs to/,
		],
		['the wrong consultant told', changed(customer, 'alert.received', (b) => ({ ...b, staff: 'chen-fang' })), /was told first/],
		['no alert', perfectLog().filter((e) => !(e.type === 'alert.opened' && isOf(stranger)(e))), /announced to nobody/],
		['an alert that reached nobody', perfectLog().filter((e) => !(e.type === 'alert.received' && isOf(unseen)(e))), /reached nobody/],
		['two alerts for one visit', [...perfectLog(), alertFor(visitOf(stranger), stranger.crossingMs + 3000)], /2 alerts/],
		['an alert of no visit', [...perfectLog(), alertFor('v-nowhere', 1000)], /of no visit/],
		['a stranger missed', without(stranger), /stranger .* made no visit/],
		['a stranger counted twice', [...perfectLog(), visitAt(stranger.crossingMs + 1200, null)], /nobody who came in|made 2 visits/],
		[
			'a stranger taken for a customer',
			changed(stranger, 'visit.opened', (b) => ({ ...b, customer: customer.known })),
			/stranger .* made no visit/,
		],
		['an unseen visitor missed', without(unseen), /without a readable face .* made no visit/],
		['staff counted', [...perfectLog(), visitAt(staff.crossingMs + 300, null)], /taken for a visitor/],
		[
			'staff counted, then closed',
			[
				...perfectLog(),
				visitAt(staff.crossingMs + 300, null),
				event('visit.closed', staff.crossingMs + 600, { visit: 'v-extra', reason: 'staff' }),
			],
			/taken for a visitor/,
		],
		['a visit of nobody', [...perfectLog(), visitAt(500, null)], /of nobody who came in then/],
		['a return not noticed', perfectLog().filter((e) => e.type !== 'visit.returned'), /was not noticed/],
		['a return as a new visit', [...perfectLog(), visitAt((stepper.stepOut?.returnMs ?? 0) + 300, null)], /made 2 visits/],
		['a return with a second alert', [...perfectLog(), alertFor(visitOf(stepper), (stepper.stepOut?.returnMs ?? 0) + 300)], /2 alerts/],
		[
			'a return at the wrong time',
			perfectLog().map((e) => (e.type === 'visit.returned' ? { ...e, at: { ...e.at, mono: zero + 1000 } } : e)),
			/came back at .*, not at/,
		],
		[
			'a return of somebody who had not left',
			[...perfectLog(), event('visit.returned', 60_000, { visit: visitOf(stranger) })],
			/who had not left/,
		],
		['a doubled alert', [...perfectLog(), received(customer, customer.consultant ?? '')], /was shown 2 times/],
		['an empty log', [], /made no visit/],
	];

	it.each(mistakes)('is not content with %s', (_, events, words) => {
		const result = verdict(events);
		expect(result.ok).toBe(false);
		expect(result.false.join('\n')).toMatch(words);
	});

	it('counts what the screens showed twice even where the log has one receipt', () => {
		const once = { alert: `a-${customer.id}`, step: 0, staff: customer.consultant ?? '' };
		expect(verdict(perfectLog(), [once]).ok).toBe(true);
		expect(verdict(perfectLog(), [once, once])).toMatchObject({ ok: false, alerts: { doubled: 1 } });
	});

	it('is not content when any one visit or receipt is missing', () => {
		const log = perfectLog();
		for (const [i, missing] of log.entries()) {
			if (missing.type !== 'visit.opened' && missing.type !== 'alert.received' && missing.type !== 'alert.opened') continue;
			expect(verdict(log.toSpliced(i, 1)).ok).toBe(false);
		}
	});
});
