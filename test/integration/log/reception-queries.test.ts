import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventBody, EventDraft } from '../../../edge-agent/contract/events.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { AFTERWARDS } from '../../../edge-agent/log/visit-events.store.js';
import { type VisitFilter, type VisitListPage, visitListSql } from '../../../edge-agent/log/visit-list.store.js';
import type { Connection } from '../../../edge-agent/store/database.store.js';
import { alertOpened, draft, visitOpened } from '../../unit/log/drafts.js';
import { memoryDatabase, testKeys } from '../../unit/store/test-keys.js';

let database: Connection;
let writer: LogWriter;
let reader: LogReader;
beforeEach(() => {
	database = memoryDatabase();
	writer = new LogWriter(database, testKeys);
	reader = new LogReader(database, () => testKeys);
});
afterEach(() => database.close());

const T0 = 1_770_000_000_000;
const MINUTE = 60_000;
const at = (minutes: number) => T0 + minutes * MINUTE;
const ALWAYS = { from: 0, to: 9e15 };

function append(drafts: readonly EventDraft[], changes: readonly RowChange[] = []): void {
	const [outcome] = writer.commit([{ kind: 'append', drafts, changes }]);
	if (!outcome || 'error' in outcome) throw outcome?.error;
}
const customer = (id: string, name: string, telephone: string | null = null): RowChange => ({
	...{ table: 'customers', id, name, telephone, consultant: null },
});
/** Came in, was received, and left. */
const received = (visit: string, from: number, staff: string, over: Partial<EventBody<'visit.opened'>> = {}): EventDraft[] => [
	visitOpened(visit, at(from), over),
	draft('visit.greeted', { visit, staff }, at(from + 1)),
	draft('visit.closed', { visit, reason: 'left' }, at(from + 30)),
];
const outcome = (visit: string, over: Partial<EventBody<'visit.outcome-recorded'>> = {}): EventDraft =>
	draft('visit.outcome-recorded', {
		...{ visit, staff: 's1', result: 'follow-up', grade: 'A', channel: 'walk-in', partySize: 2, models: ['et5'], rivals: [] },
		...{ testDrive: true, quote: false, contactLeft: true, note: null, ...over },
	});
const found = (filter: Partial<VisitFilter>, limit = 100) =>
	reader.reception('visitList', [{ ...ALWAYS, ...filter }, null, limit]).visits.map(({ id }) => id);

it('lists visits newest first, a page at a time, each once, though two were opened at the same moment', () => {
	append(Array.from({ length: 25 }, (_, n) => visitOpened(`v${n}`, at(Math.floor(n / 2)))));
	const pages: string[][] = [];
	let before: { openedAt: number; openedSeq: number } | null = null;
	do {
		const page: VisitListPage = reader.reception('visitList', [ALWAYS, before, 7]);
		pages.push(page.visits.map(({ id }) => id));
		before = page.next;
	} while (before && pages.length < 10);
	expect(pages.map(({ length }) => length)).toEqual([7, 7, 7, 4]);
	expect(pages.flat()).toEqual(Array.from({ length: 25 }, (_, n) => `v${24 - n}`));
	expect(reader.reception('visitList', [ALWAYS, null, 25]).next).toBeNull();
	expect(found({ from: at(3), to: at(5) })).toEqual(['v9', 'v8', 'v7', 'v6']);
});

it('narrows the list down by customer, by what finds a customer, by who received them or whom they came to see, and by state', () => {
	append(
		[
			...received('v1', 0, 's1', { customer: 'wang' }),
			...received('v2', 10, 's2', { customer: 'li' }),
			visitOpened('v3', at(20), { customer: 'wang', host: 's2' }),
			visitOpened('v4', at(30), { host: 's1' }),
			draft('visit.greeted', { visit: 'v4', staff: 's3' }, at(31)),
			visitOpened('v5', at(40)),
		],
		[customer('wang', '王芳', '13812345678'), customer('li', '李雷', '13900001111')],
	);
	expect(found({ customer: 'wang' })).toEqual(['v3', 'v1']);
	expect(found({ text: '王' })).toEqual(['v3', 'v1']);
	expect(found({ text: 'lilei' })).toEqual(['v2']);
	expect(found({ text: 'wf' })).toEqual(['v3', 'v1']);
	expect(found({ text: '5678' })).toEqual(['v3', 'v1']);
	expect(found({ text: '赵' })).toEqual([]);
	expect(found({ text: '王', customer: 'li' })).toEqual([]);
	expect(found({ staff: 's2' })).toEqual(['v3', 'v2']);
	expect(found({ staff: 's1' })).toEqual(['v1']);
	expect(found({ state: 'open' })).toEqual(['v5', 'v4', 'v3']);
	expect(found({ state: 'waiting' })).toEqual(['v5', 'v3']);
	expect(found({ state: 'received' })).toEqual(['v4']);
	expect(found({ state: 'over' })).toEqual(['v2', 'v1']);
	expect(found({ state: 'open', customer: 'wang', staff: 's2', from: at(20), to: at(21) })).toEqual(['v3']);
});

it.each<[string, string[], string]>([
	['by time', [], 'COVERING INDEX visits_opened (opened_at>? AND opened_at<?)'],
	['by customer', ['v.customer = @customer'], 'COVERING INDEX visits_customer (customer=? AND opened_at>? AND opened_at<?)'],
	['by found customers', ['v.customer IN (SELECT value FROM json_each(@found))'], 'COVERING INDEX visits_customer (customer=?'],
	['by staff', ['coalesce(v.received_by, v.host) = @staff'], 'COVERING INDEX visits_staff (<expr>=? AND opened_at>? AND opened_at<?)'],
	['of those that are open', ['v.closed_at IS NULL'], 'INDEX visits_open'],
])('finds the rows of a page %s in an index', (_, conditions, index) => {
	const values = { from: 0, to: 1, openedAt: 1, openedSeq: 1, limit: 1, customer: 'c', found: '[]', staff: 's' };
	const plan = database.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${visitListSql(conditions)}`).all(values);
	const details = plan.map(({ detail }) => detail);
	expect(details).toContainEqual(expect.stringContaining(index));
	expect(details.filter((detail) => /^SCAN (v|e)\b/.test(detail) && !detail.includes('visits_open'))).toEqual([]);
});

it('knows who has been here before, when, and what interests them', () => {
	append(
		[
			...received('v1', 0, 's1', { customer: 'wang' }),
			outcome('v1', { models: ['et5', 'es8'] }),
			...received('courier', 60, 's1', { customer: 'wang' }).slice(0, 2),
			draft('visit.closed', { visit: 'courier', reason: 'courier' }, at(61)),
			...received('v2', 100, 's2', { customer: 'wang' }),
			draft('checkin.recorded', { checkin: 'k1', visit: 'v2', via: 'touch', purpose: 'quote', host: null, model: 'et7' }, at(101)),
			draft('task.opened', { task: 't1', kind: 'follow-up', visit: 'v1', customer: 'wang', staff: 's1', dueAt: at(900) }),
			visitOpened('v3', at(200), { customer: 'wang' }),
			alertOpened('a3', 'v3', ['s1'], at(200), { customer: 'wang' }),
			visitOpened('v4', at(201), { customer: 'nobody' }),
			alertOpened('a4', 'v4', ['s1'], at(201), { customer: 'nobody' }),
		],
		[customer('wang', '王芳'), { table: 'customer_notes', id: 'wang', model: 'Model 3', note: null }],
	);
	const repeat = Object.fromEntries(reader.visits(ALWAYS).map(({ id, repeat }) => [id, repeat]));
	expect(repeat).toEqual({ v1: false, courier: true, v2: true, v3: true, v4: null });
	const [known, erased] = reader.alerts({ ids: ['a3', 'a4'] });
	expect(known).toMatchObject({
		...{ customer: { name: '王芳' }, lastVisitAt: at(100), interests: ['et7', 'et5', 'es8', 'Model 3'], photograph: false },
		tasks: [
			{ kind: 'follow-up', dueAt: at(900) },
			{ kind: 'outcome', dueAt: at(130) },
		],
	});
	expect(erased).toMatchObject({ customer: null, lastVisitAt: null, interests: [], tasks: [], photograph: false });
	append([draft('task.done', { task: 't1', staff: 's1', how: 'reached' }), outcome('v2')]);
	expect(reader.alerts({ ids: ['a3'] })[0]?.tasks).toEqual([]);
});

it('offers a photograph only while the grant allows keeping it', () => {
	const grant = (id: string, purposes: EventBody<'consent.granted'>['purposes']) =>
		draft('consent.granted', {
			...{ grant: id, person: 'wang', kind: 'customer', notice: 'n1', purposes, via: 'paper', language: 'zh', guardian: false },
		});
	const offered = () => reader.alerts({ ids: ['a1'] })[0]?.photograph;
	append(
		[visitOpened('v1', at(0), { customer: 'wang' }), alertOpened('a1', 'v1', ['s1'], at(0), { customer: 'wang' })],
		[customer('wang', '王芳')],
	);
	append([grant('g1', ['recognition', 'photograph'])]);
	expect(offered()).toBe(false);
	append([], [{ table: 'photographs', id: 'p1', person: 'wang', jpeg: new Uint8Array(100) }]);
	expect(offered()).toBe(true);
	append([grant('g2', ['recognition'])]);
	expect(offered()).toBe(false);
});

it('tells everything of one visit, also what was said of it long afterwards, and nothing of others', () => {
	append([
		visitOpened('other', at(0)),
		visitOpened('v1', at(1)),
		alertOpened('a1', 'v1', ['s1'], at(1)),
		visitOpened('v2', at(2), { party: 'v1' }),
		draft('alert.joined', { alert: 'a1', visit: 'v2' }, at(2)),
		draft('alert.greeted', { alert: 'a1', staff: 's1' }, at(3)),
		draft('visit.greeted', { visit: 'v1', staff: 's1' }, at(3)),
		draft('visit.greeted', { visit: 'v2', staff: 's1' }, at(3)),
		alertOpened('other', 'other', ['s1'], at(4)),
		draft('visit.annotated', { visit: 'v1', note: 'n1' }, at(5)),
		draft('visit.closed', { visit: 'v1', reason: 'left' }, at(30)),
		draft('visit.closed', { visit: 'v2', reason: 'left' }, at(30)),
		draft('visit.seen', { visit: 'other' }, at(31)),
		outcome('v1'),
		{ ...draft('task.opened', { task: 't1', kind: 'follow-up', visit: 'v1', customer: null, staff: 's1', dueAt: at(900) }), subject: 't1' },
		draft('visit.merged', { visit: 'other', into: 'v1', why: 'n2' }, at(40)),
		draft('visit.annotated', { visit: 'other', note: 'n3' }, at(41)),
		draft('visit.corrected', { visit: 'v1', changes: { partySize: 2 }, before: { partySize: 1 }, why: null }, at(50)),
		draft('guest.expected', { guest: 'g1', customer: null, host: null, purpose: null, at: at(0) }, at(50)),
		draft('guest.arrived', { guest: 'g1', visit: 'v1' }, at(51)),
		draft('task.done', { task: 't1', staff: 's1', how: 'reached' }, at(60)),
	]);
	const types = (visit: string) => reader.reception('visitEvents', [visit]).map(({ type, subject }) => `${type} ${subject}`);
	expect(types('v1')).toEqual([
		...['visit.opened v1', 'alert.opened a1', 'alert.joined a1', 'alert.greeted a1', 'visit.greeted v1', 'visit.annotated v1'],
		...['visit.closed v1', 'visit.outcome-recorded v1', 'task.opened t1', 'visit.merged other', 'visit.corrected v1'],
		...['guest.arrived g1', 'task.done t1'],
	]);
	expect(types('v2')).toEqual([
		...['alert.opened a1', 'visit.opened v2', 'alert.joined a1', 'alert.greeted a1', 'visit.greeted v2', 'visit.closed v2'],
	]);
	expect(types('nobody')).toEqual([]);
});

it('finds what was said afterwards in an index of its own', () => {
	const plan = database
		.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT * FROM events WHERE ${AFTERWARDS} AND subject IN ('v1', 'v2')`)
		.all();
	expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH events USING INDEX events_afterwards (subject=?)']);
});

it('opens remarks about a visit, which are sealed where they lie', () => {
	append(
		[visitOpened('v1'), draft('visit.annotated', { visit: 'v1', note: 'n1' })],
		[
			{ table: 'visit_texts', id: 'n1', visit: 'v1', text: '太太喜欢蓝色' },
			{ table: 'visit_texts', id: 'n2', visit: 'v2', text: '别的' },
		],
	);
	expect(reader.reception('visitTexts', ['v1'])).toEqual([{ id: 'n1', text: '太太喜欢蓝色' }]);
	expect(String(database.prepare('SELECT text FROM visit_texts').pluck().get())).not.toContain('太太');
	append([], [{ table: 'persons', id: 'v1', erase: 'everything' }]);
	expect(reader.reception('visitTexts', ['v1'])).toEqual([]);
	expect(reader.reception('visitTexts', ['v2'])).toEqual([{ id: 'n2', text: '别的' }]);
});

it('says who is expected, and finds them by their number, their own or as a customer', () => {
	const expected = (guest: string, minutes: number, over: Partial<EventBody<'guest.expected'>> = {}) =>
		draft('guest.expected', { guest, customer: null, host: 's1', purpose: 'test-drive', at: at(minutes), ...over });
	append(
		[expected('g1', 60), expected('g2', 30, { customer: 'wang' }), expected('g3', 90), expected('g4', 5000)],
		[
			customer('wang', '王芳', '13812345678'),
			{ table: 'guest_texts', id: 'g1', name: '韩梅梅', telephone: '+86 139 0000 1111' },
			{ table: 'guest_texts', id: 'g2', name: null, telephone: null },
			{ table: 'guest_texts', id: 'g3', name: '赵先生', telephone: null },
			{ table: 'guest_texts', id: 'g4', name: '韩梅梅', telephone: '13900001111' },
		],
	);
	const today = [at(0), at(1000)] as const;
	expect(reader.reception('guests', [...today]).map(({ id, name }) => `${id} ${name}`)).toEqual(['g2 王芳', 'g1 韩梅梅', 'g3 赵先生']);
	expect(reader.reception('guest', ['g1'])).toEqual({
		...{ id: 'g1', customer: null, name: '韩梅梅', telephone: '+86 139 0000 1111', host: 's1', purpose: 'test-drive' },
		...{ at: at(60), state: 'expected', visit: null },
	});
	const byTelephone = (telephone: string) => reader.reception('guestsByTelephone', [telephone, ...today]).map(({ id }) => id);
	expect(byTelephone('139-0000-1111')).toEqual(['g1']);
	expect(byTelephone('138 1234 5678')).toEqual(['g2']);
	expect(byTelephone('')).toEqual([]);
	append([
		draft('guest.cancelled', { guest: 'g3' }),
		visitOpened('v1', at(55)),
		draft('guest.arrived', { guest: 'g1', visit: 'v1' }, at(56)),
		draft('guest.cancelled', { guest: 'g1' }),
	]);
	expect(reader.reception('guests', [...today]).map(({ state }) => state)).toEqual(['expected', 'arrived', 'cancelled']);
	expect(reader.visits({ ids: ['v1'] })[0]?.record.channel).toBe('invited');
	append([], [{ table: 'persons', id: 'g1', erase: 'everything' }]);
	expect(reader.reception('guest', ['g1'])).toMatchObject({ name: null, telephone: null, state: 'arrived' });
	expect(reader.reception('guest', ['nobody'])).toBeNull();
});

it('says what is to be done: calls, and forms of visits that were visits and of which nobody has said anything', () => {
	const closed = (visit: string, from: number, reason: EventBody<'visit.closed'>['reason']) => [
		...received(visit, from, 's1').slice(0, 2),
		draft('visit.closed', { visit, reason }, at(from + 5)),
	];
	append(
		[
			...received('due', 0, 's1', { customer: 'wang' }),
			...received('done', 40, 's1'),
			outcome('done'),
			...closed('courier', 80, 'courier'),
			...closed('merged', 90, 'merged'),
			...closed('absent', 95, 'absent'),
			visitOpened('unreceived', at(100)),
			draft('visit.closed', { visit: 'unreceived', reason: 'left' }, at(110)),
			...received('other', 120, 's2'),
			draft('visit.outcome-asked', { visit: 'due', staff: 's1', turn: 2 }, at(60)),
			draft('task.opened', { task: 't1', kind: 'follow-up', visit: 'done', customer: 'wang', staff: 's1', dueAt: at(50) }),
			draft('task.opened', { task: 't2', kind: 'follow-up', visit: 'done', customer: null, staff: 's2', dueAt: at(51) }),
			draft('task.done', { task: 't2', staff: 's2', how: 'dropped' }),
		],
		[customer('wang', '王芳')],
	);
	const wang = { id: 'wang', name: '王芳' };
	const mine = [
		{ id: 'due', kind: 'outcome', staff: 's1', visit: 'due', customer: wang, dueAt: at(30) },
		{ id: 't1', kind: 'follow-up', staff: 's1', visit: 'done', customer: wang, dueAt: at(50) },
		{ id: 'absent', kind: 'outcome', staff: 's1', visit: 'absent', customer: null, dueAt: at(100) },
	];
	expect(reader.reception('tasks', [{ staff: 's1' }])).toEqual(mine);
	const others = [{ id: 'other', kind: 'outcome', staff: 's2', visit: 'other', customer: null, dueAt: at(150) }];
	expect(reader.reception('tasks', [{ all: true }])).toEqual([...mine, ...others]);
	expect(reader.reception('outcomesDue', [10])).toEqual([
		{ visit: 'other', staff: 's2', closedAt: at(150), asked: 0, askedAt: null },
		{ visit: 'absent', staff: 's1', closedAt: at(100), asked: 0, askedAt: null },
		{ visit: 'due', staff: 's1', closedAt: at(30), asked: 2, askedAt: at(60) },
	]);
	expect(reader.reception('outcomesDue', [1])).toHaveLength(1);
});

it('keeps who is on duty, who takes turns, what they have had of them, and what customers wish', () => {
	const turn = (alert: string, staff: string, among: string[]) =>
		alertOpened(alert, 'v1', [staff], T0, { turn: { rota: 'sales', staff, among } });
	const shifts = [{ days: [1, 2], from: '09:00', to: '18:00' }];
	append([
		draft('duty.changed', { staff: 's1', state: 'on', until: null }, at(0)),
		draft('duty.changed', { staff: 's1', state: 'break', until: at(20) }, at(5)),
		draft('rota.set', { staff: 's1', rotas: ['sales'], shifts, backup: 's2' }),
		turn('a1', 's1', ['s1', 's2']),
		turn('a2', 's2', ['s1', 's2', 's3', 's4']),
		draft('alert.rerouted', {
			...{ alert: 'a2', customer: null, steps: [], passed: [], quiet: false, base: 0 },
			turn: { rota: 'service', staff: 's9', among: ['s9'] },
		}),
		draft('customer.wishes-set', { customer: 'wang', greeting: false, always: true }),
	]);
	expect(reader.reception('dutyRows', [])).toEqual([{ staff: 's1', state: 'break', until: at(20), at: at(5) }]);
	expect(reader.reception('rotaRows', [])).toEqual([{ staff: 's1', rotas: ['sales'], shifts, backup: 's2' }]);
	expect(reader.reception('rotaTurns', [])).toEqual([
		{ rota: 'sales', staff: 's1', turns: 1, owed: -0.25 },
		{ rota: 'sales', staff: 's2', turns: 1, owed: -0.25 },
		{ rota: 'sales', staff: 's3', turns: 0, owed: 0.25 },
		{ rota: 'sales', staff: 's4', turns: 0, owed: 0.25 },
		{ rota: 'service', staff: 's9', turns: 1, owed: 0 },
	]);
	expect(reader.reception('wishes', ['wang'])).toEqual({ greeting: false, always: true });
	expect(reader.reception('wishes', ['li'])).toEqual({ greeting: true, always: false });
});

it('says why somebody was told and somebody else was not', () => {
	const passed: EventBody<'alert.opened'>['passed'] = [{ staff: 's2', why: 'busy' }];
	const turn = { rota: 'sales' as const, staff: 's1', among: ['s1', 's2'] };
	const sent = [{ afterMs: 0, staff: ['s3'] }];
	append([
		alertOpened('a1', 'v1', ['s1'], at(0), { turn, passed }),
		draft('alert.received', { alert: 'a1', step: 0, staff: 's1', device: 'phone' }, at(2)),
		draft('alert.received', { alert: 'a1', step: 0, staff: 's1', device: 'desk' }, at(1)),
		draft('alert.assigned', { alert: 'a1', staff: 's3', by: 'boss', step: 1, steps: sent }, at(3)),
		draft('alert.greeted', { alert: 'a1', staff: 's3' }, at(4)),
	]);
	expect(reader.reception('why', ['a1'])).toEqual({
		alert: 'a1',
		plans: [
			{ at: at(0), because: 'opened', steps: [{ afterMs: 0, staff: ['s1'] }], turn: { rota: 'sales', staff: 's1' }, passed },
			{ at: at(3), because: 'assigned', steps: sent, turn: null, passed: [] },
		],
		told: [
			{ staff: 's1', step: 0, at: at(0), receivedAt: at(1) },
			{ staff: 's3', step: 1, at: at(3), receivedAt: null },
		],
	});
	expect(reader.reception('why', ['nobody'])).toBeNull();
});

it('an alert that is handed on belongs to whoever takes it; one that is given back is open again', () => {
	const act = (type: 'alert.acknowledged' | 'alert.released', staff: string, minutes: number) =>
		draft(type, { alert: 'a1', staff }, at(minutes));
	const state = () => {
		const [alert] = reader.alerts({ ids: ['a1'] });
		return [alert?.state, alert?.acknowledgedBy, alert?.acknowledgedAt];
	};
	append([visitOpened('v1'), alertOpened('a1', 'v1', ['s1']), act('alert.acknowledged', 's1', 1)]);
	expect(state()).toEqual(['acknowledged', 's1', at(1)]);
	append([act('alert.acknowledged', 's2', 2)]);
	expect(state()).toEqual(['acknowledged', 's2', at(2)]);
	append([act('alert.released', 's2', 3)]);
	expect(state()).toEqual(['open', null, null]);
});
