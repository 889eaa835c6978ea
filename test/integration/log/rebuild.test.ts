import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LoggedEvent } from '../../../edge-agent/contract/events.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { rowUpdates } from '../../../edge-agent/log/projections/index.js';
import { projectionTables } from '../../../edge-agent/log/projections/tables.js';
import { rebuild, rebuildCheck } from '../../../edge-agent/log/rebuild.store.js';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { openForReading, openForWriting, type WritingConnection } from '../../../edge-agent/store/database.store.js';
import { alertOpened, draft, visitOpened } from '../../unit/log/drafts.js';
import { anyCall, anyDraft } from '../../unit/log/histories.js';
import { dataFolder, fileOnly } from '../store/data-folder.js';

let dir: string;
let connection: WritingConnection;
beforeEach(() => {
	dir = dataFolder();
	connection = openForWriting(dir, fileOnly);
});
afterEach(() => {
	connection.close();
	rmSync(dir, { recursive: true, force: true });
});

const DAY = 86_400_000;

/** A history in which everything there is happens at least once. */
function fill(): number {
	const writer = new LogWriter(connection.database, connection.master.keys);
	const calls = fc.sample(anyCall, { seed: 7, numRuns: 400 });
	const outcomes = writer.commit(calls.map((call) => ({ kind: 'append', ...call })));
	return outcomes.reduce((sum, outcome) => sum + (outcome.events?.length ?? 0), 0);
}
const run = (sql: string) => connection.database.prepare(sql).run().changes;

it('knows every table that a projection writes, and no other', () => {
	const written = new Set<string>();
	for (const made of fc.sample(anyDraft, { seed: 1, numRuns: 3000 })) {
		const event = { ...made, seq: 1, version: 1 } as LoggedEvent;
		for (const { sql } of rowUpdates(event)) written.add(/(?:INSERT INTO|UPDATE) (\w+)/.exec(sql)?.[1] ?? sql);
	}
	expect([...written].sort()).toEqual(projectionTables.map(({ table }) => table).sort());
});

it('finds nothing wrong with what the writer wrote', async () => {
	const events = fill();
	const found = await rebuildCheck(connection.database);
	expect(found).toEqual({ ok: true, events, rows: expect.any(Number), differing: 0, differences: [] });
	expect(found.rows).toBeGreaterThan(50);
});

it.each<[string, string, object]>([
	[
		'a changed value',
		"UPDATE visits SET party_size = 77 WHERE id = 'v2'",
		{ table: 'visits', row: 'v2', column: 'party_size', stored: 77 },
	],
	[
		'a share that is a little off',
		"UPDATE rota_turns SET owed = owed + 1e-9 WHERE rota = 'sales' AND staff = 's1'",
		{ row: 'sales/s1', column: 'owed' },
	],
	['a row that is missing', "DELETE FROM alerts WHERE id = 'a1'", { table: 'alerts', row: 'a1', column: null, stored: null, log: 'a1' }],
	[
		'a row that no event made',
		"INSERT INTO duty VALUES ('nobody', 'on', NULL, 0)",
		{ table: 'duty', row: 'nobody', log: null, stored: 'nobody' },
	],
	['a telling in another order', 'UPDATE alert_told SET position = position + 1000 WHERE position = 1', { table: 'alert_told', row: '1' }],
	[
		'a record of processing that no event made',
		"INSERT INTO processing_records VALUES (99999, 0, 'cli', NULL, 'read', 'x')",
		{ row: '99999' },
	],
])('names %s, changes nothing when checking, and puts it right', async (_, sql, difference) => {
	fill();
	expect(run(sql)).toBe(1);
	const found = await rebuildCheck(connection.database);
	expect(found).toMatchObject({ ok: false, differences: expect.arrayContaining([expect.objectContaining(difference)]) });
	expect(await rebuildCheck(connection.database)).toEqual(found);
	expect(await rebuild(connection.database)).toEqual(found);
	expect(await rebuildCheck(connection.database)).toMatchObject({ ok: true });
});

it('leaves away what was past its time, when it puts other things right', async () => {
	fill();
	const gone =
		run('DELETE FROM processing_records WHERE seq % 2 = 0') +
		run('DELETE FROM checkin_times WHERE id = (SELECT min(id) FROM checkin_times)');
	expect(gone).toBeGreaterThan(2);
	expect(await rebuildCheck(connection.database)).toMatchObject({ ok: true });
	const records = () => connection.database.prepare('SELECT * FROM processing_records ORDER BY seq').all();
	const kept = records();
	run("UPDATE visits SET models = '[]', host = 'x'");
	await rebuild(connection.database);
	expect(records()).toEqual(kept);
	expect(await rebuildCheck(connection.database)).toMatchObject({ ok: true });
});

it('a rebuilt log goes on as it would have', async () => {
	fill();
	run('DELETE FROM alert_told');
	run('DELETE FROM visits');
	await rebuild(connection.database);
	const writer = new LogWriter(connection.database, connection.master.keys);
	writer.commit([{ kind: 'append', drafts: [visitOpened('new', 9 * DAY), alertOpened('new', 'new', ['s1', 's2'])], changes: [] }]);
	expect(await rebuildCheck(connection.database)).toMatchObject({ ok: true });
});

it('checks one moment of a log that somebody appends to, and leaves no file behind', async () => {
	connection.close();
	const log = openShowroomLog({ dataDir: dir, keys: fileOnly });
	await log.start();
	let open = 0;
	const more = () => log.append([visitOpened(`v${open++}`), draft('visit.seen', { visit: `v${open - 1}` })]);
	for (let n = 0; n < 3000; n++) void more();
	await more();
	const database = openForReading(dir);
	const files = () => [...readdirSync(dir), ...readdirSync(tmpdir()).filter((name) => name.startsWith('etilqs'))].length;
	const before = files();
	let seen = 0;
	const found = await rebuildCheck(database, () => {
		seen += 1;
		void more();
	});
	expect(seen).toBeGreaterThan(0);
	expect(found).toMatchObject({ ok: true });
	expect(found.events).toBeGreaterThanOrEqual(6002);
	expect(files()).toBe(before);
	database.close();
	await log.stop();
	connection = openForWriting(dir, fileOnly);
});
