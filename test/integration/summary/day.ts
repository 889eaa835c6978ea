import type { EventBody, EventDraft, EventType } from '../../../edge-agent/contract/events.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { draft } from '../../unit/log/drafts.js';

/** A Monday in Shanghai, whose figures were counted by hand. */
export const day = '2026-11-23';
export const at = (clock: string, on = day) => Date.parse(`${on}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`);

const event = <T extends EventType>(clock: string, type: T, body: EventBody<T>, on = day) => draft(type, body, at(clock, on));
const opened = (clock: string, visit: string, more: Partial<EventBody<'visit.opened'>> = {}, on = day) =>
	event(
		clock,
		'visit.opened',
		{ visit, source: 'crossing', entrance: 'main', customer: null, purpose: null, host: null, face: null, party: null, ...more },
		on,
	);
const alert = (clock: string, visit: string, staff: string, quiet = false) =>
	event(clock, 'alert.opened', {
		...{ alert: `a-${visit}`, visit, kind: 'arrival', from: null, customer: null, purpose: null, turn: null, passed: [], quiet },
		...{ steps: [{ afterMs: 0, staff: [staff] }], redAfterMs: 60_000 },
	});
const escalated = (clock: string, visit: string, staff: string) =>
	event(clock, 'alert.escalated', { alert: `a-${visit}`, step: 1, staff: [staff] });
const greeted = (clock: string, staff: string, ...visits: string[]) =>
	visits.map((visit) => event(clock, 'visit.greeted', { visit, staff }));
const out = (clock: string, visit: string) => event(clock, 'visit.stepped-out', { visit });
const closed = (clock: string, reason: EventBody<'visit.closed'>['reason'], ...visits: string[]) =>
	visits.map((visit) => event(clock, 'visit.closed', { visit, reason }));
const outcome = (clock: string, visit: string, staff: string, more: Partial<EventBody<'visit.outcome-recorded'>>) =>
	event(clock, 'visit.outcome-recorded', {
		...{ visit, staff, result: 'follow-up', grade: 'A', channel: 'walk-in', partySize: 1, models: [], rivals: [] },
		...{ testDrive: false, quote: false, contactLeft: false, note: null, ...more },
	});
const checkIn = (clock: string, visit: string, purpose: EventBody<'checkin.recorded'>['purpose'], model: string | null) =>
	event(clock, 'checkin.recorded', { checkin: `k-${visit}`, visit, via: 'touch', purpose, host: null, model });
const guest = (guest: string, clock: string) =>
	event('08:00', 'guest.expected', { guest, customer: null, host: null, purpose: null, at: at(clock) });

export const rows: RowChange[] = [
	{ table: 'customers', id: 'wang', name: '王芳', telephone: null, consultant: null },
	{ table: 'customers', id: 'zhao', name: '赵敏', telephone: null, consultant: null },
	{ table: 'checkin_texts', id: 'k-v5', name: '周杰', telephone: '13800138000' },
	{ table: 'checkin_texts', id: 'k-v11', name: '赵敏', telephone: null },
];

/** What has happened by 18:15, a quarter of an hour after closing. */
export const untilClosing: EventDraft[] = [
	// The customer li was here the week before; somebody was here late on the evening before.
	opened('10:00', 'v-before', { customer: 'li' }, '2026-11-16'),
	opened('23:59', 'v-eve', {}, '2026-11-22'),
	...[guest('g1', '17:00'), guest('g2', '17:30'), guest('g3', '17:30'), event('09:00', 'guest.cancelled', { guest: 'g3' })],
	// Alone, received in 30 s, gone after 35 min, with a test drive and a quote.
	...[opened('09:05', 'v1'), alert('09:05', 'v1', 'anna'), ...greeted('09:05:30', 'anna', 'v1'), out('09:40', 'v1')],
	...closed('09:50', 'left', 'v1'),
	outcome('09:55', 'v1', 'anna', { models: ['yaoxing-y7'], testDrive: true, quote: true, contactLeft: true }),
	// Known, and has been here before: orders.
	...[opened('09:10', 'v2', { source: 'face', customer: 'li' }), alert('09:10', 'v2', 'bo'), ...greeted('09:10:20', 'bo', 'v2')],
	...closed('10:10', 'left', 'v2'),
	outcome('10:12', 'v2', 'bo', { result: 'ordered', channel: 'returning', models: ['yaoxing-y7'] }),
	// Three who came in together, one of whom leaves a number at the kiosk; received after 90 s; three forms missing.
	...[
		opened('10:00', 'v3'),
		opened('10:00:01', 'v4', { party: 'v3' }),
		opened('10:00:02', 'v5', { party: 'v4' }),
		alert('10:00', 'v3', 'bo'),
	],
	...[event('10:00:02', 'alert.joined', { alert: 'a-v3', visit: 'v4' }), escalated('10:00:20', 'v3', 'ma')],
	...[...greeted('10:01:30', 'anna', 'v3', 'v4', 'v5'), checkIn('10:02', 'v5', 'look-around', 'yaoxing-y7')],
	...[...closed('11:00', 'left', 'v3', 'v4'), ...closed('11:05', 'left', 'v5')],
	// None of these is a visitor.
	...[opened('10:30', 'v6'), ...closed('10:31', 'courier', 'v6'), opened('10:45', 'v7'), ...closed('10:46', 'staff', 'v7')],
	...[opened('17:50', 'v15'), ...closed('17:51', 'not-a-visitor', 'v15')],
	// Left after 5 min, and nobody had come although two were told.
	...[
		opened('11:15', 'v8'),
		alert('11:15', 'v8', 'bo'),
		escalated('11:15:20', 'v8', 'ma'),
		out('11:20', 'v8'),
		...closed('11:30', 'left', 'v8'),
	],
	// Wished not to be greeted.
	...[opened('11:40', 'v9', { source: 'face', customer: 'wang' }), alert('11:40', 'v9', 'anna', true), ...closed('12:00', 'left', 'v9')],
	// One visitor whom two cameras took for two; here about a service, and known by telephone.
	...[opened('13:00', 'v10'), opened('13:01', 'v11'), event('13:01:30', 'visit.merged', { visit: 'v10', into: 'v11', why: null })],
	...[...closed('13:01:30', 'merged', 'v10'), ...greeted('13:02', 'chen', 'v11'), checkIn('13:03', 'v11', 'service', null)],
	event('13:03', 'visit.identified', { visit: 'v11', customer: 'zhao', by: 'telephone', face: null }),
	...[...closed('14:00', 'left', 'v11'), outcome('14:01', 'v11', 'chen', { result: 'served', channel: 'telephone', grade: null })],
	// The customer of the morning again, with somebody; a manager put right when they were greeted, and who looks after them.
	...[opened('14:30', 'v12', { source: 'face', customer: 'li' }), alert('14:30', 'v12', 'bo'), ...greeted('14:30:50', 'bo', 'v12')],
	event('14:50', 'visit.corrected', {
		...{ visit: 'v12', changes: { greetedAt: at('14:30:10'), receivedBy: 'anna', partySize: 2, purpose: 'quote' }, why: null },
		before: { greetedAt: at('14:30:50'), receivedBy: 'bo', partySize: 1, purpose: null },
	}),
	...[...closed('15:00', 'left', 'v12'), outcome('15:10', 'v12', 'anna', { channel: 'returning', partySize: 2, quote: true })],
	// Received after 2 min, and still here.
	...[opened('16:00', 'v13'), alert('16:00', 'v13', 'bo'), ...greeted('16:02', 'bo', 'v13')],
	// Expected, and came.
	...[opened('17:00', 'v14', { source: 'guest' }), event('17:00', 'guest.arrived', { guest: 'g1', visit: 'v14' })],
	...[alert('17:00', 'v14', 'anna'), ...greeted('17:00:15', 'anna', 'v14'), ...closed('17:45', 'left', 'v14')],
	outcome('17:50', 'v14', 'anna', { channel: 'invited', models: ['yaoxing-y9'], testDrive: true, contactLeft: true }),
	// Complains, and still waits.
	...[opened('17:55', 'v18', { source: 'manual', purpose: 'complaint' }), alert('17:55', 'v18', 'ma')],
];

/** What came in late, and the next day's first visit. */
export const afterClosing: EventDraft[] = [
	...[...closed('19:00', 'left', 'v13'), ...greeted('18:20', 'ma', 'v18'), ...closed('18:40', 'left', 'v18')],
	outcome('19:30', 'v3', 'anna', { result: 'ordered', models: ['yaoxing-y7'] }),
	opened('00:10', 'v-next', {}, '2026-11-24'),
];

/** By hand, of `untilClosing`. */
export const figures: Omit<EventBody<'summary.made'>, 'day'> = {
	...{ visits: 10, persons: 13, known: 4, repeat: 2, received: 7, withinTarget: 5, leftUnreceived: 1, escalated: 2 },
	...{ contacts: 6, testDrives: 2, quotes: 2, orders: 1, openOutcomes: 3, guestsExpected: 2, guestsArrived: 1 },
	greetMs: { p50: 30_000, p95: 120_000 },
	dwellMs: { p50: 35 * 60_000, p95: 65 * 60_000 },
};
