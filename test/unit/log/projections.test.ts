import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventDraft, LoggedEvent } from '../../../edge-agent/contract/events.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { rebuildCheck } from '../../../edge-agent/log/rebuild.store.js';
import { memoryDatabase, testKeys } from '../store/test-keys.js';
import { alertOpened, draft, visitOpened } from './drafts.js';
import { anyCall } from './histories.js';
import { fold } from './model.js';

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

it('the rows after any history are what a plain fold over it says, and what they are when computed anew', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.array(anyCall, { maxLength: 4 }), { maxLength: 10 }), async (batches) => {
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
			expect(await rebuildCheck(database)).toMatchObject({ ok: true, events: events.length, differences: [] });
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
		draft('alert.rerouted', {
			...{ alert: 'a1', customer: 'c1', steps: [{ afterMs: 0, staff: ['wang', 'li'] }], turn: null, passed: [], quiet: false, base: 0 },
		}),
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
