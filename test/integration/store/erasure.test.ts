import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventDraft } from '../../../edge-agent/contract/events.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { LogWriter, type WriteOutcome } from '../../../edge-agent/log/log-writer.store.js';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { databaseFile, openForReading, openForWriting, type WritingConnection } from '../../../edge-agent/store/database.store.js';
import { sealedTables } from '../../../edge-agent/store/sealed-tables.js';
import { draft, visitOpened } from '../../unit/log/drafts.js';
import { customer, dataFolder, fileOnly, holders } from './data-folder.js';

let dir: string;
let connection: WritingConnection;
let writer: LogWriter;
beforeEach(() => {
	dir = dataFolder();
	connection = openForWriting(dir, fileOnly);
	writer = new LogWriter(connection.database, connection.master.keys);
});
afterEach(() => {
	connection.close();
	rmSync(dir, { recursive: true, force: true });
});

function commit(changes: readonly RowChange[], drafts: readonly EventDraft[] = []): WriteOutcome | undefined {
	const [outcome] = writer.commit([{ kind: 'append', drafts, changes }]);
	return outcome;
}
function write(changes: readonly RowChange[], drafts: readonly EventDraft[] = []): void {
	const outcome = commit(changes, drafts);
	if (!outcome || 'error' in outcome) throw outcome?.error;
}

/** Everything sealed of somebody, and their sealed data keys, as it stands in the database. */
function sealedOf(person: string, scopes: readonly string[] = ['face', 'texts']): Uint8Array[] {
	const { database } = connection;
	const rows = sealedTables
		.filter(({ scope }) => scopes.includes(scope))
		.flatMap(({ table, person: column, columns, codes = [] }) =>
			database
				.prepare<[string], Record<string, unknown>>(`SELECT ${[...columns, ...codes].join(', ')} FROM ${table} WHERE ${column} = ?`)
				.all(person),
		);
	const keys = database
		.prepare<[string], { scope: string; key: Uint8Array }>('SELECT scope, key FROM person_keys WHERE person = ?')
		.all(person);
	return [...rows.flatMap(Object.values), ...keys.filter(({ scope }) => scopes.includes(scope)).map(({ key }) => key)].filter(
		(value) => value instanceof Uint8Array,
	);
}

function consent(person: string): void {
	connection.database
		.prepare(`
			INSERT INTO consent_grants (id, person, kind, notice, purposes, granted_at, granted_by, via, guardian)
			VALUES (?, ?, 'customer', 'n1', '["recognition","photograph"]', 0, 's1', 'paper', 0)`)
		.run(`g-${person}`, person);
}
const template = (person: string, n: number): RowChange => ({
	table: 'templates',
	id: `t-${person}-${n}`,
	person,
	kind: 'customer',
	modelId: 'sface',
	descriptor: new Uint8Array(Float32Array.from({ length: 128 }, (_, index) => Math.sin(index * n + person.length)).buffer),
});
const read = <T>(ask: (reader: LogReader) => T): T => {
	const database = openForReading(dir);
	try {
		return ask(new LogReader(database, () => connection.master.keys));
	} finally {
		database.close();
	}
};

it('leaves no eight bytes of somebody’s ciphertexts and keys in any file, however the rows had been moved about', () => {
	// Names of changing length move rows within and between pages; what is deleted then leaves room that others move into.
	const people = Array.from({ length: 200 }, (_, index) => `c${(index * 7919) % 200}`);
	for (const person of people) consent(person);
	const telephone = (id: string) => `1380000${id.slice(1).padStart(4, '0')}`;
	write(people.map((id) => customer(id, '王芳', telephone(id))));
	for (let round = 1; round <= 6; round++)
		write(
			people.flatMap((id, index) =>
				index % 5 === round % 5 ? [customer(id, '王'.repeat(1 + ((index * round) % 60)), telephone(id)), template(id, round)] : [],
			),
		);
	let erased = 0;
	for (const person of people.filter((_, index) => index % 25 === 3)) {
		const sealed = sealedOf(person);
		expect(sealed.length).toBeGreaterThanOrEqual(5);
		expect(holders(dir, sealed)).not.toEqual([]);
		write([{ table: 'persons', id: person, erase: 'everything' }]);
		expect(holders(dir, sealed), person).toEqual([]);
		erased += 1;
	}
	expect(read((reader) => reader.customers())).toHaveLength(200 - erased);
});

it('finds copies that a rearranged page has kept, and writes the file anew', () => {
	write([customer('c1', '王'.repeat(40)), customer('c2', '李雷', '13987654321')]);
	const { database } = connection;
	// Pages that SQLite rebuilds keep old copies now and then, whatever secure_delete says; without it they always do.
	database.pragma('secure_delete = OFF');
	const name = database.prepare<[], Buffer>("SELECT name FROM customers WHERE id = 'c1'").pluck().get();
	const rename = database.prepare("UPDATE customers SET name = ? WHERE id = 'c1'");
	rename.run(Buffer.concat([name ?? Buffer.alloc(0), Buffer.alloc(500)]));
	rename.run(name);
	database.pragma('secure_delete = ON');
	const sealed = sealedOf('c1');
	database.pragma('wal_checkpoint(TRUNCATE)');
	write([{ table: 'persons', id: 'c1', erase: 'everything' }]);
	expect(holders(dir, sealed)).toEqual([]);
	expect(read((reader) => reader.customers())).toMatchObject([{ id: 'c2', name: '李雷', telephone: '13987654321' }]);
});

it('a telephone that somebody else has too is still found for them', () => {
	write([customer('c1'), customer('c2', '李雷')]);
	write([{ table: 'persons', id: 'c1', erase: 'everything' }]);
	expect(read((reader) => reader.customersByTelephone('13812345678'))).toMatchObject([{ id: 'c2' }]);
});

it('with everything of a customer go the texts of their check-ins; others’ stay, and the log stays whole', async () => {
	const checkin = (id: string, visit: string) =>
		draft('checkin.recorded', { checkin: id, visit, via: 'touch', purpose: 'quote', host: null, model: null });
	write(
		[
			customer('c1'),
			customer('c2', '李雷', null),
			{ table: 'checkin_texts', id: 'k1', name: '王小姐', telephone: '13812345678' },
			{ table: 'checkin_texts', id: 'k2', name: '过路人', telephone: null },
		],
		[
			visitOpened('v1'),
			visitOpened('v2'),
			draft('visit.identified', { visit: 'v1', customer: 'c1', by: 'kiosk', face: null }),
			checkin('k1', 'v1'),
			checkin('k2', 'v2'),
		],
	);
	const gone = [...sealedOf('c1'), ...sealedOf('k1')];
	expect(holders(dir, gone)).not.toEqual([]);
	write([{ table: 'persons', id: 'c1', erase: 'everything' }]);
	expect(holders(dir, gone)).toEqual([]);
	const [second, first] = read((reader) => reader.visits({ from: 0, to: 9e15 }));
	expect(first).toMatchObject({ id: 'v1', customer: null, checkin: null, purpose: 'quote' });
	expect(second).toMatchObject({ id: 'v2', checkin: { name: '过路人' } });
	expect(read((reader) => reader.customers())).toMatchObject([{ id: 'c2', name: '李雷' }]);
	const database = openForReading(dir);
	expect(await new LogReader(database, () => connection.master.keys).verify()).toMatchObject({ ok: true, events: 5 });
	database.close();
});

it('with everything of a customer go remarks about their visits and who they were as a guest, also where it first seemed another visit', () => {
	const guest = (id: string, who: string | null) =>
		draft('guest.expected', { guest: id, customer: who, host: null, purpose: null, at: 1_770_000_000_000 });
	const text = (id: string, visit: string): RowChange => ({ table: 'visit_texts', id, visit, text: `她先生想要蓝色的 ${id}` });
	const name = (id: string, telephone: string): RowChange => ({ table: 'guest_texts', id, name: `王芳 ${id}`, telephone });
	write(
		[
			...[customer('c1'), text('n1', 'v1'), text('n2', 'v1'), text('n3', 'seemed-another'), text('n4', 'others')],
			...[name('g1', '13811112222'), name('g2', '13833334444'), name('g3', '13855556666')],
			{ table: 'checkin_texts', id: 'k1', name: '王小姐', telephone: null },
		],
		[
			...[visitOpened('v1', undefined, { customer: 'c1' }), visitOpened('seemed-another'), visitOpened('others')],
			draft('checkin.recorded', { checkin: 'k1', visit: 'seemed-another', via: 'touch', purpose: 'quote', host: null, model: null }),
			draft('visit.merged', { visit: 'seemed-another', into: 'v1', why: null }),
			...[guest('g1', 'c1'), guest('g2', null), guest('g3', null), draft('guest.arrived', { guest: 'g2', visit: 'v1' })],
		],
	);
	const gone = ['c1', 'v1', 'seemed-another', 'g1', 'g2', 'k1'].flatMap((id) => sealedOf(id));
	expect(gone).toHaveLength(5 + 3 + 2 + 4 + 4 + 2);
	const kept = [...sealedOf('others'), ...sealedOf('g3')];
	write([{ table: 'persons', id: 'c1', erase: 'everything' }]);
	expect(holders(dir, gone)).toEqual([]);
	expect([...sealedOf('others'), ...sealedOf('g3')]).toEqual(kept);
	expect(read((reader) => reader.reception('visitTexts', ['others']))).toMatchObject([{ id: 'n4' }]);
	expect(read((reader) => reader.reception('visitTexts', ['v1']))).toEqual([]);
	expect(read((reader) => reader.reception('guest', ['g2']))).toMatchObject({ name: null, telephone: null, visit: 'v1' });
	expect(read((reader) => reader.reception('guestsByTelephone', ['13855556666', 0, 9e15]))).toMatchObject([{ name: '王芳 g3' }]);
});

it('a withdrawn face takes templates, photographs and their key; the customer stays, and may consent again', () => {
	consent('c1');
	const jpeg = new Uint8Array(50_000).map((_, index) => (index * 31 + (index >> 8)) & 0xff);
	write([customer('c1'), template('c1', 1), template('c1', 2), { table: 'photographs', id: 'p1', person: 'c1', jpeg }]);
	const face = sealedOf('c1', ['face']);
	expect(face).toHaveLength(4);
	write([{ table: 'persons', id: 'c1', erase: 'face' }]);
	expect(
		holders(
			dir,
			face.map((value) => value.subarray(0, 400)),
		),
	).toEqual([]);
	expect(read((reader) => reader.customers())).toMatchObject([{ name: '王芳', telephone: '13812345678', templates: 0 }]);
	write([template('c1', 3)]);
	const { people, counts, values } = read((reader) => reader.templateChanges('sface', 0).templates);
	expect([people, counts, values[1]]).toEqual([['c1'], [1], Math.fround(Math.sin(3 + 2))]);
});

it('a reader in this process forgets them at once', async () => {
	connection.close();
	const log = openShowroomLog({ dataDir: dir, keys: fileOnly });
	await log.start();
	await log.append([], [customer('c1'), customer('c2', '李雷', null)]);
	expect(await log.searchCustomers('wangf')).toMatchObject([{ id: 'c1' }]);
	await log.erasePerson(draft('consent.withdrawn', { person: 'c1', level: 'everything' }), 'c1', 'everything');
	expect(await log.searchCustomers('wangf')).toEqual([]);
	expect(await log.customersByTelephone('13812345678')).toEqual([]);
	expect((await log.customers()).map(({ id }) => id)).toEqual(['c2']);
	await log.stop();
	connection = openForWriting(dir, fileOnly);
});

it('does not say that it is done while another process holds on to the old bytes, and finishes at the next start', () => {
	write([customer('c1')]);
	const sealed = sealedOf('c1');
	const other = new Database(databaseFile(dir), { readonly: true });
	other.exec('BEGIN');
	other.prepare('SELECT count(*) FROM customers').get();
	connection.database.pragma('busy_timeout = 200');
	expect(commit([{ table: 'persons', id: 'c1', erase: 'everything' }])).toMatchObject({
		error: { code: 'held', message: expect.stringContaining('still reads') },
	});
	expect(holders(dir, sealed)).not.toEqual([]);
	expect(read((reader) => reader.customers())).toEqual([]);
	other.exec('COMMIT');
	other.close();
	connection.close();
	connection = openForWriting(dir, fileOnly);
	expect(holders(dir, sealed)).toEqual([]);
});
