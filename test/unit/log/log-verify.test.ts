import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { memoryDatabase, testKeys } from '../store/test-keys.js';
import { visitOpened } from './drafts.js';

function logOf(count: number) {
	const database = memoryDatabase();
	const drafts = Array.from({ length: count }, (_, index) => visitOpened(`v${index + 1}`));
	new LogWriter(database, testKeys).commit([{ kind: 'append', drafts, changes: [] }]);
	return { database, reader: new LogReader(database, () => testKeys) };
}

it('finds a whole log right, over several pages, and an empty one', async () => {
	expect(await logOf(2500).reader.verify()).toMatchObject({ ok: true, events: 2500 });
	expect(await logOf(0).reader.verify()).toMatchObject({ ok: true, events: 0 });
});

it('names the first event whose row was changed, whichever column it was', async () => {
	const changes = {
		id: "'other'",
		type: "'visit.closed'",
		version: '9',
		wall: 'wall + 1',
		mono: 'mono + 0.5',
		boot: "'boot-2'",
		actor: "'cli'",
		subject: "'v0'",
		cause: "'x'",
		body: "replace(body, 'main', 'side')",
		hash: 'zeroblob(32)',
	};
	for (const [column, value] of Object.entries(changes)) {
		const { database, reader } = logOf(9);
		database.exec(`UPDATE events SET ${column} = ${value} WHERE seq IN (4, 7)`.replace(column === 'id' ? 'IN (4, 7)' : '\0', '= 4'));
		expect(await reader.verify(), column).toMatchObject({ ok: false, events: 3, first: { seq: 4, problem: 'changed' } });
	}
});

it('names an event that is gone, and events that changed places', async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 19 }), async (seq) => {
			const removed = logOf(20);
			removed.database.exec(`DELETE FROM events WHERE seq = ${seq}`);
			expect(await removed.reader.verify()).toMatchObject({ ok: false, events: seq - 1, first: { seq, id: null, problem: 'missing' } });
			const swapped = logOf(20);
			swapped.database.exec(`
				UPDATE events SET seq = -1 WHERE seq = ${seq};
				UPDATE events SET seq = ${seq} WHERE seq = ${seq + 1};
				UPDATE events SET seq = ${seq + 1} WHERE seq = -1`);
			expect(await swapped.reader.verify()).toMatchObject({ ok: false, first: { seq, id: expect.any(String), problem: 'changed' } });
		}),
		{ numRuns: 20 },
	);
});
