import { expect, it } from 'vitest';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { memoryDatabase, testKeys } from '../store/test-keys.js';
import { alertOpened, draft, visitOpened } from './drafts.js';

/** What each of these people is still to be handed, after the events. */
function pendingAfter(...events: readonly EventDraft[]) {
	const database = memoryDatabase();
	const writer = new LogWriter(database, testKeys);
	for (const outcome of writer.commit([{ kind: 'append', drafts: [visitOpened('v1'), ...events], changes: [] }]))
		if ('error' in outcome) throw outcome.error;
	const reader = new LogReader(database, () => testKeys);
	const steps = (staff: string) => reader.pendingDeliveries(staff).map(({ step }) => step);
	const pending = { anna: steps('anna'), bo: steps('bo'), ma: steps('ma') };
	database.close();
	return pending;
}

const HOUR_MS = 3_600_000;
const T = 1_770_000_000_000;
const opened = alertOpened('a1', 'v1', ['anna'], T);
const toBo = draft('alert.escalated', { alert: 'a1', step: 1, staff: ['bo'] }, T + 20_000);
const taken = draft('alert.acknowledged', { alert: 'a1', staff: 'bo' }, T + 21_000);
/** Bo took it and walks up to nobody. */
const toManager = draft('alert.escalated', { alert: 'a1', step: 2, staff: ['ma'] }, T + 140_000);

it('what was told before somebody took the alert need not be delivered any more', () => {
	expect(pendingAfter(opened, toBo)).toEqual({ anna: [0], bo: [1], ma: [] });
	expect(pendingAfter(opened, toBo, taken)).toEqual({ anna: [], bo: [], ma: [] });
});

it('who is told after that is, whatever the wall clock did meanwhile', () => {
	expect(pendingAfter(opened, toBo, taken, toManager)).toEqual({ anna: [], bo: [], ma: [2] });
	const clockBack = draft('alert.escalated', { alert: 'a1', step: 2, staff: ['ma'] }, T - HOUR_MS);
	expect(pendingAfter(opened, toBo, taken, clockBack).ma).toEqual([2]);
	const clockAhead = draft('alert.acknowledged', { alert: 'a1', staff: 'bo' }, T + HOUR_MS);
	expect(pendingAfter(opened, toBo, clockAhead).anna).toEqual([]);
});

it('somebody who is sent is told, taken or not', () => {
	const sent = draft(
		'alert.assigned',
		{ alert: 'a1', staff: 'ma', by: 'anna', step: 3, steps: [{ afterMs: 0, staff: ['ma'] }] },
		T + 30_000,
	);
	expect(pendingAfter(opened, sent)).toEqual({ anna: [0], bo: [], ma: [3] });
	expect(pendingAfter(opened, toBo, taken, sent).ma).toEqual([3]);
});

it('once whoever took it cannot come after all, everybody who missed it is told', () => {
	const released = draft('alert.released', { alert: 'a1', staff: 'bo' }, T + 60_000);
	const seen = draft('alert.received', { alert: 'a1', step: 1, staff: 'bo', device: 'phone' }, T + 20_500);
	expect(pendingAfter(opened, toBo, seen, taken, released)).toEqual({ anna: [0], bo: [], ma: [] });
});

it('nothing is pending of an alert that is over, and nothing that one of the person’s devices has shown', () => {
	const greeted = draft('alert.greeted', { alert: 'a1', staff: 'bo' }, T + 150_000);
	expect(pendingAfter(opened, toBo, taken, toManager, greeted)).toEqual({ anna: [], bo: [], ma: [] });
	const shown = draft('alert.received', { alert: 'a1', step: 2, staff: 'ma', device: 'phone' }, T + 141_000);
	expect(pendingAfter(opened, toBo, taken, toManager, shown).ma).toEqual([]);
});

it('telling the same step again after somebody took it is another call, unless it was shown', () => {
	const again = draft('alert.escalated', { alert: 'a1', step: 0, staff: ['anna'] }, T + 140_000);
	expect(pendingAfter(opened, taken, again).anna).toEqual([0]);
	const shown = draft('alert.received', { alert: 'a1', step: 0, staff: 'anna', device: 'phone' }, T + 500);
	expect(pendingAfter(opened, shown, taken, again).anna).toEqual([]);
});
