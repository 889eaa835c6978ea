import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFor, lanesOf, waitingFor } from '../../../console/src/desk/select.js';
import { type DeskInput, type DeskState, initialDeskState, reduceDesk } from '../../../console/src/desk/state.js';
import { isRed, visitorOf } from '../../../console/src/live/visitor.js';
import type { AlertView } from '../../../edge-agent/contract/api.js';

function alert(over: Partial<AlertView> = {}): AlertView {
	return {
		...{ id: 'a', visit: 'v', state: 'open', openedAt: 1000, customer: null, checkinName: null, purpose: null, told: ['wang'], step: 0 },
		...{ acknowledgedBy: null, acknowledgedAt: null, greetedAt: null, greetedBy: null, overdue: false },
		...{ redAt: 61_000, closedAt: null, closeReason: null, joined: [], kind: 'arrival', from: null, quiet: false },
		...{ lastVisitAt: null, interests: [], tasks: [], photograph: false },
		...over,
	};
}
const run = (...inputs: DeskInput[]): DeskState => inputs.reduce(reduceDesk, initialDeskState);
const change = (seq: number, ...alerts: AlertView[]): DeskInput => ({ type: 'change', change: { seq, alerts, visits: [] } });
const deliver = (row: AlertView): DeskInput => ({
	type: 'delivery',
	delivery: { delivery: `${row.id}/${row.step}/wang`, step: row.step, alert: row },
});
const taken = { state: 'acknowledged', acknowledgedBy: 'li', acknowledgedAt: 5000 } as const;

describe('the state of the desk', () => {
	it('replaces rows by id and remembers the highest seq', () => {
		const state = run(change(7, alert()), change(9, alert(taken)), change(8, alert({ id: 'b' })));
		expect(state.lastSeq).toBe(9);
		expect(state.alerts.get('a')?.acknowledgedBy).toBe('li');
		expect(state.alerts.size).toBe(2);
	});

	it('never lets a late delivery or answer undo what a change has told', () => {
		const rows = fc.constantFrom(alert(), alert({ step: 1 }), alert(taken), alert({ ...taken, state: 'greeted', greetedAt: 9000 }));
		const rank = { open: 0, acknowledged: 1, greeted: 2, closed: 2 };
		fc.assert(
			fc.property(rows, rows, (first, late) => {
				for (const input of [deliver(late), { type: 'act-answered', alert: late, staff: 'wang' } as const]) {
					const state = run(change(1, first), input);
					const shown = state.alerts.get('a');
					expect(rank[shown?.state ?? 'open']).toBe(Math.max(rank[first.state], rank[late.state]));
				}
			}),
		);
	});

	it('owes one acknowledgement for a delivery, however often it comes', () => {
		const state = run(deliver(alert()), deliver(alert()), deliver(alert()));
		expect([...state.unacknowledged]).toEqual([['a/0/wang', 'a']]);
		expect(reduceDesk(state, { type: 'acknowledged', deliveries: ['a/0/wang'] }).unacknowledged.size).toBe(0);
	});

	it('shows an act as pending until it is answered', () => {
		const pending = run(change(1, alert()), { type: 'act', alert: 'a', act: { kind: 'accept' } });
		expect(pending.acts.get('a')?.state).toBe('pending');
		expect(pending.alerts.get('a')?.state).toBe('open');
		const answered = reduceDesk(pending, { type: 'act-answered', alert: alert({ ...taken, acknowledgedBy: 'wang' }), staff: 'wang' });
		expect(answered.acts.size).toBe(0);
		expect(answered.lost.size).toBe(0);
	});

	it('keeps a failed act so that it can be tried again', () => {
		const state = run(
			change(1, alert()),
			{ type: 'act', alert: 'a', act: { kind: 'close', reason: 'courier' } },
			{ type: 'act-failed', alert: 'a', error: 'x', network: true },
		);
		expect(state.acts.get('a')).toEqual({ act: { kind: 'close', reason: 'courier' }, state: 'failed', error: 'x', network: true });
	});

	it('says so when somebody else was faster, whether the refusal or the change comes first', () => {
		const accept: DeskInput = { type: 'act', alert: 'a', act: { kind: 'accept' } };
		const refused: DeskInput = { type: 'act-refused', alert: 'a', error: '李伟明已经接待了。', taken: true };
		const waitingForChange = run(change(1, alert()), accept, refused);
		expect(waitingForChange.acts.get('a')).toMatchObject({ state: 'refused', error: '李伟明已经接待了。' });
		for (const state of [
			reduceDesk(waitingForChange, change(2, alert(taken))),
			run(change(1, alert()), accept, change(2, alert(taken)), refused),
		]) {
			expect(state.acts.size).toBe(0);
			expect(state.lost.has('a')).toBe(true);
			expect(state.alerts.get('a')?.acknowledgedBy).toBe('li');
		}
	});

	it('forgets everything of a log that was replaced', () => {
		const state = run(change(500, alert()), { type: 'snapshot', alerts: [alert({ id: 'new' })], lastSeq: 3 });
		expect(state.lastSeq).toBe(3);
		expect([...state.alerts.keys()]).toEqual(['new']);
	});
});

describe('what a person sees', () => {
	it('puts every alert into one lane at most, own ones first', () => {
		const states = fc.constantFrom('open', 'acknowledged', 'greeted', 'closed');
		const rows = fc.uniqueArray(
			fc.record({
				id: fc.uuid(),
				state: states,
				openedAt: fc.integer({ min: 0, max: 400_000 }),
				told: fc.constantFrom(['wang'], ['li']),
			}),
			{ selector: ({ id }) => id, maxLength: 30 },
		);
		fc.assert(
			fc.property(rows, (some) => {
				const all = some.map((row) => alert(row as Partial<AlertView>));
				const { waiting, underway, done } = lanesOf(all, 'wang', 400_000);
				const shown = [...waiting, ...underway, ...done].map(({ id }) => id);
				expect(new Set(shown).size).toBe(shown.length);
				expect(waiting.length).toBe(all.filter(({ state }) => state === 'open').length);
				const mine = waiting.map((row) => isFor(row, 'wang'));
				expect(mine).toEqual([...mine].sort((a, b) => Number(b) - Number(a)));
				expect(waitingFor(all, 'wang')).toBe(mine.filter(Boolean).length);
			}),
		);
	});

	it('stays among those just done for five minutes after it was over, however long it took', () => {
		const closed = alert({ state: 'closed', closeReason: 'left', openedAt: 1000, acknowledgedAt: 2000, closedAt: 900_000 });
		expect(lanesOf([closed], 'wang', 1_199_999).done).toEqual([closed]);
		expect(lanesOf([closed], 'wang', 1_200_000).done).toEqual([]);
	});

	it('is red from redAt on while nobody has accepted', () => {
		expect(isRed(alert(), 60_999)).toBe(false);
		expect(isRed(alert(), 61_000)).toBe(true);
		expect(isRed(alert({ overdue: true }), 2000)).toBe(true);
		expect(isRed(alert(taken), 100_000)).toBe(false);
	});

	it('names a known customer before what was written at the kiosk', () => {
		expect(visitorOf(alert({ customer: { id: 'c', name: '刘德海' }, checkinName: '刘' })).name).toBe('刘德海');
		expect(visitorOf(alert({ checkinName: '刘' })).known).toBe('visitor.checked-in');
		expect(visitorOf(alert()).name).toBeNull();
	});
});
