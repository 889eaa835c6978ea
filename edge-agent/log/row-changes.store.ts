import type { Connection } from '../store/database.store.js';
import type { Eraser } from '../store/erasure.store.js';
import type { StoreKeys } from '../store/keys.js';
import { PersonKeys } from '../store/person-keys.store.js';
import { consentChanger } from './consent-changes.store.js';
import { importChanger } from './import-rows.store.js';
import type { RowChange } from './log.types.js';
import { ACCESS_KEY } from './people-rows.store.js';

/*
 * Main hands over plain texts; they are sealed here, in the writer's thread, and opened in the reader's (people-rows.store.ts).
 *
 * To seal a column of a table of your own:
 * 1. in your migration, make the column BLOB, and let the row have `id` and the person's id;
 * 2. list table and columns in store/sealed-tables.ts: what stands there is erased with its person. scope `texts` goes with
 *    everything, `face` already with a withdrawn consent;
 * 3. write it here: `people.sealTexts(person, table, id, { column: text })`, or for bytes
 *    `people.seal(person, scope, { table, column, row: id }, bytes)`. A person's key is made with the first value;
 * 4. read it in the reader's thread with `people.openTexts` or `people.open`, given the same person, table, column and row.
 * Delete a person's sealed rows only by `{ table: 'persons', id, erase }`: a plain DELETE leaves their key, and copies in the file.
 */

type Table = RowChange['table'];
type Writers = { readonly [T in Table]: (change: Extract<RowChange, { table: T }>) => void };

/** Answers what writes a checked row change, as it now is; of the same id, the last one stays. */
export function rowChanger(database: Connection, keys: StoreKeys, eraser: Eraser): (change: RowChange) => void {
	const people = new PersonKeys(database, keys);
	const writeCheckin = database.prepare(`
		INSERT INTO checkin_texts (id, name, telephone) VALUES (@id, @name, @telephone)
		ON CONFLICT DO UPDATE SET name = excluded.name, telephone = excluded.telephone`);
	const writeVisitText = database.prepare(`
		INSERT INTO visit_texts (id, visit, text) VALUES (@id, @visit, @text)
		ON CONFLICT DO UPDATE SET visit = excluded.visit, text = excluded.text`);
	const writeGuest = database.prepare(`
		INSERT INTO guest_texts (id, name, telephone, telephone_code) VALUES (@id, @name, @telephone, @whole)
		ON CONFLICT DO UPDATE SET name = excluded.name, telephone = excluded.telephone, telephone_code = excluded.telephone_code`);
	const writeStaff = database.prepare(`
		INSERT INTO staff (id, name, role, on_duty) VALUES (@id, @name, @role, @onDuty)
		ON CONFLICT DO UPDATE SET name = excluded.name, role = excluded.role, on_duty = excluded.on_duty`);
	const writeCustomer = database.prepare(`
		INSERT INTO customers (id, name, telephone, telephone_code, last_four_code, consultant)
		VALUES (@id, @name, @telephone, @whole, @lastFour, @consultant)
		ON CONFLICT DO UPDATE SET name = excluded.name, telephone = excluded.telephone, telephone_code = excluded.telephone_code,
			last_four_code = excluded.last_four_code, consultant = excluded.consultant`);
	const writeTemplate = database.prepare(`
		INSERT INTO templates (id, person, kind, model_id, descriptor) VALUES (@id, @person, @kind, @modelId, @sealed)
		ON CONFLICT DO UPDATE SET
			person = excluded.person, kind = excluded.kind, model_id = excluded.model_id, descriptor = excluded.descriptor`);
	const writeGuardian = database.prepare('INSERT INTO grant_texts (id, person, guardian) VALUES (@id, @person, @guardian)');
	const writePhotograph = database.prepare(`
		INSERT INTO photographs (id, person, jpeg) VALUES (@id, @person, @sealed)
		ON CONFLICT DO UPDATE SET person = excluded.person, jpeg = excluded.jpeg`);
	const writeAccess = database.prepare(`
		INSERT INTO access_records (id, value) VALUES (@id, @value)
		ON CONFLICT DO UPDATE SET value = excluded.value`);
	const dropAccess = database.prepare('DELETE FROM access_records WHERE id = ?');
	const consent = consentChanger(database);
	const imports = importChanger(database, people);

	const writers: Writers = {
		persons: ({ id, erase }) => eraser.erase(id, erase),
		checkin_texts: ({ id, name, telephone }) => {
			writeCheckin.run({ id, ...people.sealTexts(id, 'checkin_texts', id, { name, telephone }) });
		},
		visit_texts: ({ id, visit, text }) => {
			writeVisitText.run({ id, visit, ...people.sealTexts(visit, 'visit_texts', id, { text }) });
		},
		guest_texts: ({ id, name, telephone }) => {
			const { whole } = people.telephoneCodes(telephone);
			writeGuest.run({ id, whole, ...people.sealTexts(id, 'guest_texts', id, { name, telephone }) });
		},
		staff: ({ id, name, role, onDuty }) => {
			writeStaff.run({ id, role, onDuty: onDuty ? 1 : 0, ...people.sealTexts(id, 'staff', id, { name }) });
		},
		customers: ({ id, name, telephone, consultant }) => {
			const sealed = people.sealTexts(id, 'customers', id, { name, telephone });
			writeCustomer.run({ id, consultant, ...sealed, ...people.telephoneCodes(telephone) });
		},
		templates: ({ id, person, kind, modelId, descriptor }) => {
			const sealed = people.seal(person, 'face', { table: 'templates', column: 'descriptor', row: id }, descriptor);
			writeTemplate.run({ id, person, kind, modelId, sealed });
		},
		grant_texts: ({ id, person, guardian }) => {
			writeGuardian.run({ id, person, ...people.sealTexts(person, 'grant_texts', id, { guardian }) });
		},
		photographs: ({ id, person, jpeg }) => {
			writePhotograph.run({ id, person, sealed: people.seal(person, 'face', { table: 'photographs', column: 'jpeg', row: id }, jpeg) });
		},
		access_records: ({ id, value }) => {
			if (value === null) dropAccess.run(id);
			else writeAccess.run({ id, ...people.sealTexts(ACCESS_KEY, 'access_records', id, { value }) });
		},
		consent_notices: consent,
		retention: consent,
		...{ imports, import_rows: imports, customer_notes: imports },
	};
	return (change) => {
		// TypeScript cannot see that the entry under a change's own table takes that change.
		(writers[change.table] as (change: RowChange) => void)(change);
	};
}
