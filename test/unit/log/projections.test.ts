import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventBody, EventDraft, EventType, LoggedEvent } from '../../../edge-agent/contract/events.js';
import { cameraReasonSchema, cameraStateSchema, closeReasonSchema, purposeSchema } from '../../../edge-agent/contract/vocabulary.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { memoryDatabase, testKeys } from '../store/test-keys.js';
import { alertOpened, draft, visitOpened } from './drafts.js';
import { fold } from './model.js';

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

type Bodies = { [T in EventType]?: fc.Arbitrary<EventBody<T>> };
const bodies: Bodies = {
	'visit.opened': fc.record({
		visit,
		source: fc.constantFrom('crossing', 'face', 'kiosk', 'manual'),
		entrance: maybe(fc.constant('main')),
		customer: maybe(customer),
		purpose: maybe(purpose),
		host: maybe(staff),
		face: fc.constant(null),
	}),
	'visit.identified': fc.record({ visit, customer, by: fc.constantFrom('face', 'kiosk', 'manual'), face: fc.constant(null) }),
	'visit.stepped-out': fc.record({ visit }),
	'visit.returned': fc.record({ visit }),
	'visit.greeted': fc.record({ visit, staff }),
	'visit.closed': fc.record({ visit, reason }),
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
		customer: maybe(customer),
		purpose: maybe(purpose),
		steps,
		redAfterMs: fc.nat(90_000).map((ms) => ms + 1),
	}),
	'alert.rerouted': fc.record({ alert, customer: maybe(customer), steps }),
	'alert.escalated': fc.record({ alert, step, staff: people }),
	'alert.overdue': fc.record({ alert }),
	'alert.sent': fc.record({ alert, step, staff, device: fc.constantFrom('d1', 'd2') }),
	'alert.received': fc.record({ alert, step, staff, device: fc.constantFrom('d1', 'd2') }),
	'alert.acknowledged': fc.record({ alert, staff }),
	'alert.greeted': fc.record({ alert, staff }),
	'alert.closed': fc.record({ alert, reason, staff: maybe(staff) }),
	'camera.changed': fc.record({
		camera: fc.constantFrom('door', 'lot'),
		state: fc.constantFrom(...cameraStateSchema.options),
		reason: maybe(fc.constantFrom(...cameraReasonSchema.options)),
	}),
};

const anyDraft = fc.oneof(
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
const anyCall = fc.record({ drafts: fc.array(anyDraft, { maxLength: 6 }), changes: fc.array(anyChange, { maxLength: 2 }) });

function memoryLog() {
	const database = memoryDatabase();
	const writer = new LogWriter(database, testKeys);
	const append = (drafts: readonly EventDraft[], changes: readonly RowChange[] = []): readonly LoggedEvent[] => {
		const [outcome] = writer.commit([{ kind: 'append', drafts, changes }]);
		if (!outcome || 'error' in outcome) throw outcome?.error;
		return outcome.events;
	};
	return { database, writer, append, reader: new LogReader(database, () => testKeys) };
}

it('the rows after any history are what a plain fold over it says', () => {
	fc.assert(
		fc.property(fc.array(fc.array(anyCall, { maxLength: 4 }), { maxLength: 10 }), (batches) => {
			const { database, writer, reader } = memoryLog();
			const written: RowChange[] = [];
			for (const calls of batches) {
				const outcomes = writer.commit(calls.map((call) => ({ kind: 'append', ...call })));
				for (const [index, outcome] of outcomes.entries()) {
					if ('error' in outcome) throw outcome.error;
					const call = calls[index];
					if (call && (call.drafts.length === 0 || outcome.events.length > 0)) written.push(...call.changes);
				}
			}
			const events = reader.read(0, 10_000);
			const expected = fold(events, written);
			expect(reader.visits({ from: 0, to: Number.MAX_SAFE_INTEGER })).toEqual(expected.visits);
			expect(reader.alerts({ ids: ['a1', 'a2'] })).toEqual(expected.alerts);
			expect(reader.alerts({ open: true })).toEqual(expected.alerts.filter(({ state }) => state === 'open' || state === 'acknowledged'));
			expect(reader.firstUnsettledSeq()).toBe(expected.firstUnsettledSeq);
			for (const person of ['s1', 's2', 's3']) expect(reader.pendingDeliveries(person)).toEqual(expected.pending(person));
			const rows = database.prepare('SELECT * FROM cameras').all();
			expect(rows).toHaveLength(expected.cameras.length);
			expect(rows).toEqual(expect.arrayContaining(expected.cameras));
			database.close();
		}),
		{ numRuns: 150 },
	);
});

it('a new plan adds to who was told, starts at its first step and tells nobody the same step twice', () => {
	const { append, reader } = memoryLog();
	append([
		visitOpened('v1'),
		alertOpened('a1', 'v1', ['chen', 'li']),
		draft('alert.escalated', { alert: 'a1', step: 1, staff: ['manager'] }),
		draft('alert.rerouted', { alert: 'a1', customer: 'c1', steps: [{ afterMs: 0, staff: ['wang', 'li'] }] }),
	]);
	expect(reader.alerts({ open: true })[0]).toMatchObject({ told: ['chen', 'li', 'manager', 'wang'], step: 0 });
	expect(reader.pendingDeliveries('li')).toEqual([{ alert: 'a1', step: 0 }]);
	expect(reader.pendingDeliveries('wang')).toEqual([{ alert: 'a1', step: 0 }]);
});

it('a delivery stays pending until one of the person’s devices has it, and while the alert is open', () => {
	const { append, reader } = memoryLog();
	append([alertOpened('a1', 'v1', ['chen']), draft('alert.sent', { alert: 'a1', step: 0, staff: 'chen', device: 'phone' })]);
	expect(reader.pendingDeliveries('chen')).toEqual([{ alert: 'a1', step: 0 }]);
	append([draft('alert.received', { alert: 'a1', step: 0, staff: 'chen', device: 'desk' })]);
	expect(reader.pendingDeliveries('chen')).toEqual([]);
	append([alertOpened('a2', 'v2', ['chen']), draft('alert.acknowledged', { alert: 'a2', staff: 'li' })]);
	expect(reader.pendingDeliveries('chen')).toEqual([]);
});

it('what becomes known of the visit shows on its alert', () => {
	const { append, reader } = memoryLog();
	append([visitOpened('v1'), alertOpened('a1', 'v1', ['chen'])]);
	append(
		[
			draft('visit.identified', { visit: 'v1', customer: 'c1', by: 'face', face: null }),
			draft('checkin.recorded', { checkin: 'k1', visit: 'v1', via: 'touch', purpose: 'quote', host: null, model: null }),
		],
		[
			{ table: 'customers', id: 'c1', name: '王芳', telephone: null, consultant: null },
			{ table: 'checkin_texts', id: 'k1', name: '王小姐', telephone: null },
		],
	);
	expect(reader.alerts({ ids: ['a1'] })[0]).toMatchObject({
		customer: { id: 'c1', name: '王芳' },
		checkinName: '王小姐',
		purpose: 'quote',
	});
});
