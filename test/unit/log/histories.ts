import fc from 'fast-check';
import type { EventBody, EventType } from '../../../edge-agent/contract/events.js';
import {
	cameraReasonSchema,
	cameraStateSchema,
	channelSchema,
	closeReasonSchema,
	dutyStateSchema,
	gradeSchema,
	purposeSchema,
	rotaSchema,
	visitResultSchema,
} from '../../../edge-agent/contract/vocabulary.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { draft } from './drafts.js';

// Few ids, so that random histories meet themselves: reopened visits, deliveries before their alert, greetings after the close.
const visit = fc.constantFrom('v1', 'v2', 'v3');
const alert = fc.constantFrom('a1', 'a2');
const staff = fc.constantFrom('s1', 's2', 's3');
const customer = fc.constantFrom('c1', 'c2');
const checkin = fc.constantFrom('k1', 'k2');
const model = fc.constantFrom('et5', 'es8');
const step = fc.integer({ min: 0, max: 2 });
const purpose = fc.constantFrom(...purposeSchema.options);
const reason = fc.constantFrom(...closeReasonSchema.options);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const people = fc.array(staff, { maxLength: 3 });
const steps = fc.array(fc.record({ afterMs: fc.nat(60_000), staff: people }), { maxLength: 3 });

const time = fc.integer({ min: 1, max: 5 }).map((day) => day * 86_400_000);
const turn = maybe(fc.record({ rota: fc.constantFrom(...rotaSchema.options), staff, among: people }));
const planned = {
	steps,
	turn,
	passed: fc.array(fc.record({ staff, why: fc.constantFrom('off' as const, 'busy' as const, 'later' as const) }), { maxLength: 2 }),
	quiet: fc.boolean(),
};
const partySize = fc.integer({ min: 1, max: 5 });
const why = maybe(fc.constant('why'));
const guest = fc.constantFrom('g1', 'g2');
const task = fc.constantFrom('t1', 't2');
const count = fc.nat(50);
const spread = maybe(fc.record({ p50: count, p95: count }));
const correction = fc.record(
	{
		...{
			customer: maybe(customer),
			purpose: maybe(purpose),
			host: maybe(staff),
			channel: maybe(fc.constantFrom(...channelSchema.options)),
		},
		...{ partySize, receivedBy: maybe(staff), openedAt: time, greetedAt: maybe(time), closedAt: maybe(time) },
	},
	{ requiredKeys: [] },
);

type Bodies = { [T in EventType]?: fc.Arbitrary<EventBody<T>> };
const bodies: Bodies = {
	'visit.opened': fc.record({
		visit,
		source: fc.constantFrom('crossing', 'face', 'kiosk', 'manual', 'telephone', 'guest'),
		entrance: maybe(fc.constant('main')),
		customer: maybe(customer),
		purpose: maybe(purpose),
		host: maybe(staff),
		face: fc.constant(null),
		party: maybe(visit),
	}),
	'visit.identified': fc.record({ visit, customer, by: fc.constantFrom('face', 'kiosk', 'manual'), face: fc.constant(null) }),
	'visit.seen': fc.record({ visit }),
	'visit.stepped-out': fc.record({ visit }),
	'visit.returned': fc.record({ visit }),
	'visit.greeted': fc.record({ visit, staff }),
	'visit.closed': fc.record({ visit, reason }),
	'visit.merged': fc.record({ visit, into: visit, why }),
	'visit.split': fc.record({ visit, from: visit, why }),
	'visit.corrected': fc.record({ visit, changes: correction, before: correction, why }),
	'visit.reassigned': fc.record({ visit, staff, from: maybe(staff), by: fc.constantFrom('hand-over', 'manager'), why }),
	'visit.annotated': fc.record({ visit, note: fc.constant('note') }),
	'visit.outcome-recorded': fc.record({
		...{ visit, staff, result: fc.constantFrom(...visitResultSchema.options), grade: maybe(fc.constantFrom(...gradeSchema.options)) },
		...{ channel: fc.constantFrom(...channelSchema.options), partySize, models: fc.uniqueArray(model), rivals: fc.uniqueArray(model) },
		...{ testDrive: fc.boolean(), quote: fc.boolean(), contactLeft: fc.boolean(), note: maybe(fc.constant('note')) },
	}),
	'visit.outcome-asked': fc.record({ visit, staff, turn: partySize }),
	'checkin.recorded': fc.record({
		checkin,
		visit,
		via: fc.constantFrom('touch', 'voice', 'face', 'reception'),
		purpose,
		host: maybe(staff),
		model: maybe(model),
	}),
	'alert.opened': fc.record({
		alert,
		visit,
		kind: fc.constantFrom('arrival', 'hand-over'),
		from: maybe(staff),
		customer: maybe(customer),
		purpose: maybe(purpose),
		...planned,
		redAfterMs: fc.nat(90_000).map((ms) => ms + 1),
	}),
	'alert.rerouted': fc.record({ alert, customer: maybe(customer), ...planned, base: step }),
	'alert.joined': fc.record({ alert, visit }),
	'alert.assigned': fc.record({ alert, staff, by: staff, step, steps }),
	'alert.released': fc.record({ alert, staff }),
	'alert.escalated': fc.record({ alert, step, staff: people }),
	'alert.overdue': fc.record({ alert }),
	'alert.sent': fc.record({ alert, step, staff, device: fc.constantFrom('d1', 'd2') }),
	'alert.received': fc.record({ alert, step, staff, device: fc.constantFrom('d1', 'd2') }),
	'alert.acknowledged': fc.record({ alert, staff }),
	'alert.greeted': fc.record({ alert, staff }),
	'alert.closed': fc.record({ alert, reason, staff: maybe(staff) }),
	'duty.changed': fc.record({ staff, state: fc.constantFrom(...dutyStateSchema.options), until: maybe(time) }),
	'duty.freed': fc.record({ staff }),
	'rota.set': fc.record({
		staff,
		rotas: fc.uniqueArray(fc.constantFrom(...rotaSchema.options)),
		shifts: fc.array(fc.record({ days: fc.constant([1, 2]), from: fc.constant('09:00'), to: fc.constant('18:00') }), { maxLength: 1 }),
		backup: maybe(staff),
	}),
	'customer.wishes-set': fc.record({ customer, greeting: fc.boolean(), always: fc.boolean() }),
	'guest.expected': fc.record({ guest, customer: maybe(customer), host: maybe(staff), purpose: maybe(purpose), at: time }),
	'guest.cancelled': fc.record({ guest }),
	'guest.arrived': fc.record({ guest, visit }),
	'task.opened': fc.record({ task, kind: fc.constant('follow-up'), visit, customer: maybe(customer), staff, dueAt: time }),
	'task.done': fc.record({ task, staff, how: fc.constantFrom('reached', 'not-reached', 'dropped') }),
	'summary.made': fc.record({
		...{ day: fc.constantFrom('2026-03-01', '2026-03-02'), visits: count, persons: count, known: count, repeat: count },
		...{ received: count, withinTarget: count, leftUnreceived: count, escalated: count, contacts: count, testDrives: count },
		...{ quotes: count, orders: count, openOutcomes: count, guestsExpected: count, guestsArrived: count, greetMs: spread, dwellMs: spread },
	}),
	'person.read': fc.record({ person: maybe(customer), purpose: fc.constant('reception') }),
	'recognition.trigger-changed': fc.constant({ trigger: 'zone' }),
	'consent.granted': fc.record({
		...{ grant: fc.uuid(), person: customer, kind: fc.constant('customer'), notice: fc.constant('n1'), guardian: fc.boolean() },
		...{ purposes: fc.constant(['recognition', 'photograph']), via: fc.constant('paper'), language: fc.constant('zh') },
	}),
	'consent.withdrawn': fc.record({ person: customer, level: fc.constant('face') }),
	'camera.changed': fc.record({
		camera: fc.constantFrom('door', 'lot'),
		state: fc.constantFrom(...cameraStateSchema.options),
		reason: maybe(fc.constantFrom(...cameraReasonSchema.options)),
	}),
};

/** One event. */
export const anyDraft = fc.oneof(
	...Object.entries(bodies).map(([type, body]) =>
		// The wall clock jumps about: nothing may depend on it running forwards.
		fc
			.tuple(body as fc.Arbitrary<object>, fc.integer({ min: 1, max: 5 }), fc.uuid())
			.map(([made, day, id]) => draft(type as EventType, made as never, day * 86_400_000, id)),
	),
);
const name = fc.constantFrom('王芳', '李雷', "O'Neill");
const anyChange: fc.Arbitrary<RowChange> = fc.oneof(
	fc.record({
		table: fc.constant('customers' as const),
		id: customer,
		name,
		telephone: maybe(fc.constant('138')),
		consultant: maybe(staff),
	}),
	fc.record({ table: fc.constant('checkin_texts' as const), id: checkin, name, telephone: maybe(fc.constant('139')) }),
);
/** What one caller appends. */
export const anyCall = fc.record({ drafts: fc.array(anyDraft, { maxLength: 6 }), changes: fc.array(anyChange, { maxLength: 2 }) });
