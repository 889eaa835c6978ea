import { expect, it } from 'vitest';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import { templatesIn } from '../../../edge-agent/gallery/packed-templates.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter, type WriteJob } from '../../../edge-agent/log/log-writer.store.js';
import { memoryDatabase, testKeys } from '../store/test-keys.js';
import { draft, visitOpened } from './drafts.js';

function memoryLog() {
	const database = memoryDatabase();
	return { database, writer: new LogWriter(database, testKeys), reader: new LogReader(database, () => testKeys) };
}
const append = (drafts: readonly EventDraft[], changes: readonly RowChange[] = []): WriteJob => ({ kind: 'append', drafts, changes });

it('answers the events with their numbers, which follow one another over all jobs', () => {
	const { writer, reader } = memoryLog();
	const [first, second] = writer.commit([append([visitOpened('v1'), visitOpened('v2')]), append([visitOpened('v3')])]);
	expect(first).toMatchObject({ events: [{ seq: 1 }, { seq: 2 }] });
	expect(second).toMatchObject({ events: [{ seq: 3, version: 3, body: { visit: 'v3' } }] });
	expect(writer.lastSeq).toBe(3);
	expect(reader.read(1, 10).map(({ subject }) => subject)).toEqual(['v2', 'v3']);
});

it('gives back on reading what was appended', () => {
	const { writer, reader } = memoryLog();
	const event: EventDraft = {
		...visitOpened('v1'),
		at: { wall: 1_770_000_000_123, mono: 0.1 + 0.2, boot: 'b' },
		cause: 'earlier',
		actor: 'camera:door',
	};
	writer.commit([append([event])]);
	expect(reader.read(0, 1)).toEqual([{ ...event, seq: 1, version: 3 }]);
});

it('leaves out what is in the log already, within a call, a batch and later', () => {
	const { writer, reader } = memoryLog();
	const one = visitOpened('v1');
	const outcomes = writer.commit([append([one, one]), append([one, visitOpened('v2')])]);
	expect(outcomes).toMatchObject([{ events: [{ seq: 1 }] }, { events: [{ seq: 2, subject: 'v2' }] }]);
	expect(writer.commit([append([one])])).toEqual([{ events: [] }]);
	expect(reader.lastSeq()).toBe(2);
});

it('does not bring back old rows when a call is sent again', () => {
	const { writer, reader } = memoryLog();
	const event = visitOpened('v1');
	const customer = (name: string): RowChange => ({ table: 'customers', id: 'c1', name, telephone: null, consultant: null });
	writer.commit([append([event], [customer('王方')])]);
	writer.commit([append([], [customer('王芳')])]);
	writer.commit([append([event], [customer('王方')])]);
	expect(reader.customers()).toMatchObject([{ name: '王芳' }]);
});

it('an invalid draft fails with its reason and its call only', () => {
	const { writer, reader } = memoryLog();
	const invalid = { ...visitOpened('v2'), body: { visit: 'v2', source: 'window' } } as unknown as EventDraft;
	const outcomes = writer.commit([append([visitOpened('v1')]), append([visitOpened('v9'), invalid]), append([visitOpened('v3')])]);
	expect(outcomes[1]).toMatchObject({ error: { code: 'invalid' } });
	expect(String(outcomes[1] && 'error' in outcomes[1] && outcomes[1].error.message)).toMatch(/visit\.opened.*source/);
	expect(reader.read(0, 10).map(({ seq, subject }) => `${seq} ${subject}`)).toEqual(['1 v1', '2 v3']);
	expect(reader.visits({ from: 0, to: 9e15 }).map(({ id }) => id)).toEqual(['v3', 'v1']);
});

it('a call that breaks a rule of the database fails alone as well', async () => {
	const { writer, reader, database } = memoryLog();
	database.exec("CREATE TRIGGER rule BEFORE INSERT ON visits WHEN new.id = 'v2' BEGIN SELECT raise(ABORT, 'no such visit'); END");
	const outcomes = writer.commit(['v1', 'v2', 'v3'].map((visit) => append([visitOpened(`${visit}-before`), visitOpened(visit)])));
	expect(outcomes).toMatchObject([
		{ events: [{ seq: 1 }, { seq: 2 }] },
		{ error: { code: 'failed' } },
		{ events: [{ seq: 3 }, { seq: 4 }] },
	]);
	expect(reader.visits({ from: 0, to: 9e15 }).map(({ id }) => id)).toEqual(['v3', 'v3-before', 'v1', 'v1-before']);
	expect(await reader.verify()).toMatchObject({ ok: true, events: 4 });
});

it('an invalid row fails its events with it, and its texts stay out of the message', () => {
	const { writer, reader } = memoryLog();
	const change: RowChange = { table: 'staff', id: 's1', name: '陈静', role: 'king', onDuty: true };
	const [outcome] = writer.commit([append([visitOpened('v1')], [change])]);
	expect(outcome).toMatchObject({ error: { code: 'invalid', message: expect.stringMatching(/row s1 of staff.*role/) } });
	expect(String(outcome && 'error' in outcome && outcome.error.message)).not.toContain('陈静');
	expect(reader.lastSeq()).toBe(0);
});

it('keeps out of the log whatever the body’s type does not name', () => {
	const { writer, database } = memoryLog();
	const talkative = draft('visit.returned', { visit: 'v1', name: '王芳' } as { visit: string });
	writer.commit([append([talkative])]);
	expect(database.prepare('SELECT body FROM events').pluck().get()).toBe('{"visit":"v1"}');
});

it('refuses text that would not come back as it went in', () => {
	const { writer } = memoryLog();
	expect(writer.commit([append([visitOpened('\ud800')])])).toMatchObject([{ error: { code: 'invalid' } }]);
});

it('goes on from where an earlier writer stopped', async () => {
	const { database, writer, reader } = memoryLog();
	writer.commit([append([visitOpened('v1')])]);
	new LogWriter(database, testKeys).commit([append([visitOpened('v2')])]);
	expect(await reader.verify()).toMatchObject({ ok: true, events: 2 });
});

it('keeps people, their templates and cursors', () => {
	const { database, writer, reader } = memoryLog();
	database.exec(`
		INSERT INTO consent_grants (id, person, kind, notice, purposes, granted_at, granted_by, via, guardian)
		VALUES ('g1', 'c1', 'customer', 'n1', '["recognition"]', 0, 's1', 'paper', 0)`);
	const descriptor = new Uint8Array(Float32Array.of(0.5, -1.25, 3).buffer);
	const outcomes = writer.commit([
		append(
			[],
			[
				{ table: 'staff', id: 's1', name: '陈静', role: 'manager', onDuty: false },
				{ table: 'staff', id: 's1', name: '陈静', role: 'manager', onDuty: true },
				{ table: 'customers', id: 'c1', name: '王芳', telephone: '13812345678', consultant: 's1' },
				{ table: 'templates', id: 't1', person: 'c1', kind: 'customer', modelId: 'sface', descriptor },
			],
		),
		{ kind: 'move-cursor', name: 'desk', seq: 7 },
	]);
	expect(outcomes).toEqual([{ events: [] }, { events: [] }]);
	expect(reader.staff()).toEqual([{ id: 's1', name: '陈静', role: 'manager', onDuty: true }]);
	expect(reader.customers()).toEqual([{ id: 'c1', name: '王芳', telephone: '13812345678', consultant: 's1', templates: 1 }]);
	expect([...templatesIn(reader.templateChanges('sface', 0).templates)]).toEqual([
		{ person: 'c1', kind: 'customer', modelId: 'sface', descriptor: Float32Array.of(0.5, -1.25, 3) },
	]);
	expect(reader.templateChanges('other', 0)).toMatchObject({ templates: { people: [] }, gone: ['s1', 'c1'] });
	expect(reader.cursor('desk')).toBe(7);
	expect(reader.cursor('webhooks')).toBeNull();
});
