import type { Connection } from '../database.store.js';
import type { StoreKeys } from '../keys.js';
import { newListKey } from '../list-key.store.js';
import { PersonKeys } from '../person-keys.store.js';
import type { Migration } from './index.js';

/** Names, telephones and templates become sealed; the heads of the log get their table. */
export const sealing: Migration = (database, keys) => {
	database.exec(`
		-- Which master key this database is sealed under; the key itself is elsewhere.
		CREATE TABLE master_key (
			one INTEGER PRIMARY KEY CHECK (one = 1),
			id TEXT NOT NULL,
			list_key BLOB NOT NULL, -- authenticates lists of erasures; sealed
			scrub INTEGER NOT NULL -- 1: something was deleted for good that may still be in the files
		) STRICT;

		-- A person's data key, sealed under the master key. Rows in the order of making, so that none is ever moved.
		CREATE TABLE person_keys (
			person TEXT NOT NULL, -- a customer, a member of staff or a check-in
			scope TEXT NOT NULL, -- face or texts
			version INTEGER NOT NULL,
			key BLOB NOT NULL,
			PRIMARY KEY (person, scope)
		) STRICT;

		-- The log's head from time to time, authenticated by a key outside the database.
		CREATE TABLE log_heads (
			seq INTEGER PRIMARY KEY,
			wall INTEGER NOT NULL, -- Unix ms
			hash BLOB NOT NULL, -- of the event of this seq
			key TEXT NOT NULL, -- the master key's id
			code BLOB NOT NULL -- HMAC-SHA-256
		) STRICT;

		-- Who was changed, in order, each once with the last change: what a reader has to open anew.
		CREATE TABLE people_changes (
			place INTEGER PRIMARY KEY AUTOINCREMENT,
			person TEXT NOT NULL UNIQUE
		) STRICT;
	`);
	for (const [table, person] of [
		['customers', 'id'],
		['staff', 'id'],
		['templates', 'person'],
	])
		for (const [act, row] of [
			['INSERT', 'new'],
			['UPDATE', 'new'],
			['DELETE', 'old'],
		])
			database.exec(`
				CREATE TRIGGER ${table}_${act?.toLowerCase()}_changes AFTER ${act} ON ${table} BEGIN
					DELETE FROM people_changes WHERE person = ${row}.${person};
					INSERT INTO people_changes (person) VALUES (${row}.${person});
				END`);

	const hold = ['customers', 'staff', 'checkin_texts', 'templates'].some(
		(table) => database.prepare(`SELECT 1 FROM ${table}`).get() !== undefined,
	);
	const plain = hold ? readPlain(database) : null;
	database.exec(`
		ALTER TABLE customers DROP COLUMN name;
		ALTER TABLE customers DROP COLUMN telephone;
		ALTER TABLE customers ADD COLUMN name BLOB NOT NULL DEFAULT x'';
		ALTER TABLE customers ADD COLUMN telephone BLOB;
		ALTER TABLE customers ADD COLUMN telephone_code BLOB; -- HMAC of the normalised number
		ALTER TABLE customers ADD COLUMN last_four_code BLOB; -- HMAC of its last four digits
		ALTER TABLE staff DROP COLUMN name;
		ALTER TABLE staff ADD COLUMN name BLOB NOT NULL DEFAULT x'';
		ALTER TABLE checkin_texts DROP COLUMN name;
		ALTER TABLE checkin_texts DROP COLUMN telephone;
		ALTER TABLE checkin_texts ADD COLUMN name BLOB NOT NULL DEFAULT x'';
		ALTER TABLE checkin_texts ADD COLUMN telephone BLOB;
	`);
	if (plain && !keys) throw new Error('the database holds people, and there is no key to seal them with');
	if (!keys) return;
	// What was plain until now is scrubbed out of the files before anybody uses them.
	const scrub = plain ? 1 : 0;
	database.prepare('INSERT INTO master_key (one, id, list_key, scrub) VALUES (1, ?, ?, ?)').run(keys.id, newListKey(keys), scrub);
	if (plain) sealAll(database, keys, plain);
};

interface Named {
	readonly id: string;
	readonly name: string;
	readonly telephone: string | null;
}
interface Template {
	readonly id: string;
	readonly person: string;
	readonly descriptor: Uint8Array;
}
interface Plain {
	readonly customers: readonly Named[];
	readonly staff: readonly Named[];
	readonly checkins: readonly Named[];
	readonly templates: readonly Template[];
}

function readPlain(database: Connection): Plain {
	const named = (sql: string) => database.prepare<[], Named>(sql).all();
	return {
		customers: named('SELECT id, name, telephone FROM customers'),
		staff: named('SELECT id, name, NULL AS telephone FROM staff'),
		checkins: named('SELECT id, name, telephone FROM checkin_texts'),
		templates: database.prepare<[], Template>('SELECT id, person, descriptor FROM templates').all(),
	};
}

function sealAll(database: Connection, keys: StoreKeys, { customers, staff, checkins, templates }: Plain): void {
	const people = new PersonKeys(database, keys);
	const customer = database.prepare('UPDATE customers SET name = ?, telephone = ?, telephone_code = ?, last_four_code = ? WHERE id = ?');
	for (const { id, name, telephone } of customers) {
		const sealed = people.sealTexts(id, 'customers', id, { name, telephone });
		const { whole, lastFour } = people.telephoneCodes(telephone);
		customer.run(sealed.name, sealed.telephone, whole, lastFour, id);
	}
	const member = database.prepare('UPDATE staff SET name = ? WHERE id = ?');
	for (const { id, name } of staff) member.run(people.sealTexts(id, 'staff', id, { name }).name, id);
	const checkin = database.prepare('UPDATE checkin_texts SET name = ?, telephone = ? WHERE id = ?');
	for (const { id, name, telephone } of checkins) {
		const sealed = people.sealTexts(id, 'checkin_texts', id, { name, telephone });
		checkin.run(sealed.name, sealed.telephone, id);
	}
	const template = database.prepare('UPDATE templates SET descriptor = ? WHERE id = ?');
	for (const { id, person, descriptor } of templates)
		template.run(people.seal(person, 'face', { table: 'templates', column: 'descriptor', row: id }, descriptor), id);
}
