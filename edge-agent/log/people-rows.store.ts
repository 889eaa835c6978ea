import type { CustomerView, StaffView } from '../contract/api.js';
import type { Connection } from '../store/database.store.js';
import type { StoreKeys } from '../store/keys.js';
import { PersonKeys } from '../store/person-keys.store.js';
import { searchScore } from './customer-search.js';
import { KeptPeople } from './kept-people.js';

interface SealedCustomer extends Omit<CustomerView, 'name' | 'telephone'> {
	readonly name: Uint8Array;
	readonly telephone: Uint8Array | null;
}
interface SealedStaff extends Omit<StaffView, 'name' | 'onDuty'> {
	readonly name: Uint8Array;
	readonly onDuty: 0 | 1;
}
interface SealedCheckin {
	readonly name: Uint8Array;
	readonly telephone: Uint8Array | null;
}
interface SealedNotes {
	readonly model: Uint8Array | null;
	readonly note: Uint8Array | null;
}

const CUSTOMERS = `
	SELECT id, name, telephone, consultant, (SELECT count(*) FROM templates WHERE person = customers.id) AS templates FROM customers`;
const STAFF = 'SELECT id, name, role, on_duty AS onDuty FROM staff';

/** What is known about access is sealed with one key, as if it were a person's; no person's id has a colon. */
export const ACCESS_KEY = ':access';

/**
 * Staff, customers and check-in texts, opened. Customers and staff are opened once and kept in this thread's memory;
 * `people_changes` says who has to be opened anew, or forgotten.
 */
export class PeopleRows {
	readonly #database: Connection;
	readonly #keys: () => StoreKeys;
	readonly #changes;
	readonly #lastChange;
	readonly #checkin;
	readonly #notes;
	readonly #accessRecords;
	#opened: PersonKeys | undefined;
	#customers: Kept<SealedCustomer, CustomerView> | undefined;
	#staff: Kept<SealedStaff, StaffView> | undefined;
	#seen = -1;

	/** @param keys asked for when the first sealed text is to be read: who only reads events needs none */
	constructor(database: Connection, keys: () => StoreKeys) {
		this.#database = database;
		this.#keys = keys;
		this.#changes = database.prepare<[number], { place: number; person: string }>(
			'SELECT place, person FROM people_changes WHERE place > ? ORDER BY place',
		);
		this.#lastChange = database.prepare<[], number>('SELECT coalesce(max(place), 0) FROM people_changes').pluck();
		this.#checkin = database.prepare<[string], SealedCheckin>('SELECT name, telephone FROM checkin_texts WHERE id = ?');
		this.#notes = database.prepare<[string], SealedNotes>('SELECT model, note FROM customer_notes WHERE id = ?');
		this.#accessRecords = database.prepare<[], { id: string; value: Uint8Array }>('SELECT id, value FROM access_records');
	}

	/** By name, in the order of its characters. */
	staff(): StaffView[] {
		return this.#current().staff.all();
	}

	customers(): CustomerView[] {
		return this.#current().customers.all();
	}

	/** null for somebody unknown, or erased. */
	customer(id: string): CustomerView | null {
		return this.#current().customers.get(id);
	}

	/** What a file said of a customer. */
	customerNotes(id: string): { model: string | null; note: string | null } {
		const row = this.#notes.get(id);
		return (row && this.#people().openTexts(id, 'customer_notes', id, row)) ?? { model: null, note: null };
	}

	/** What a visitor wrote; null when it was erased. */
	checkin(id: string): { name: string; telephone: string | null } | null {
		const row = this.#checkin.get(id);
		if (!row) return null;
		const texts = this.#people().openTexts(id, 'checkin_texts', id, row);
		return texts && { name: texts.name ?? '', telephone: texts.telephone };
	}

	/** Best match first. */
	searchCustomers(text: string, limit = 20): CustomerView[] {
		const scoreOf = searchScore(text);
		const found: { readonly customer: CustomerView; readonly score: number }[] = [];
		for (const person of this.#current().customers.inOrder()) {
			const score = scoreOf(person.keys);
			if (score > 0) found.push({ customer: person.view, score });
		}
		return found
			.sort((a, b) => b.score - a.score)
			.slice(0, limit)
			.map(({ customer }) => customer);
	}

	/** Customers' and staff's, by id; nobody unknown is in it. */
	namesOf(people: readonly string[]): ReadonlyMap<string, string> {
		const { customers, staff } = this.#current();
		return new Map(
			people.flatMap((id) => {
				const person = customers.get(id) ?? staff.get(id);
				return person ? [[id, person.name] as const] : [];
			}),
		);
	}

	/** Found by keyed hash; nobody else's row is opened for it. */
	customersByTelephone(telephone: string): CustomerView[] {
		const { whole } = this.#people().telephoneCodes(telephone);
		const ids = this.#database
			.prepare<[Uint8Array | null], string>('SELECT id FROM customers WHERE telephone_code = ? ORDER BY id')
			.pluck();
		return ids
			.all(whole)
			.map((id) => this.customer(id))
			.filter((customer) => customer !== null);
	}

	accessRecords(): { id: string; value: string }[] {
		return this.#accessRecords.all().flatMap(({ id, value }) => {
			const opened = this.#people().openTexts(ACCESS_KEY, 'access_records', id, { value });
			return opened?.value ? [{ id, value: opened.value }] : [];
		});
	}

	/** For other rooms' sealed columns. */
	keys(): PersonKeys {
		return this.#people();
	}

	#people(): PersonKeys {
		this.#opened ??= new PersonKeys(this.#database, this.#keys());
		return this.#opened;
	}

	/** Everybody as they are now. */
	#current(): { customers: Kept<SealedCustomer, CustomerView>; staff: Kept<SealedStaff, StaffView> } {
		const people = this.#people();
		this.#customers ??= new Kept(this.#database, CUSTOMERS, ({ name, telephone, ...row }) => {
			const texts = people.openTexts(row.id, 'customers', row.id, { name, telephone });
			return texts && { ...row, name: texts.name ?? '', telephone: texts.telephone };
		});
		this.#staff ??= new Kept(this.#database, STAFF, ({ name, onDuty, ...row }) => {
			const texts = people.openTexts(row.id, 'staff', row.id, { name });
			return texts && { ...row, name: texts.name ?? '', onDuty: onDuty === 1 };
		});
		const [customers, staff] = [this.#customers, this.#staff];
		if (this.#seen === -1) {
			// The place first: whoever changes meanwhile is opened once more.
			this.#seen = this.#lastChange.get() ?? 0;
			customers.readAll();
			staff.readAll();
			return { customers, staff };
		}
		for (const { place, person } of this.#changes.all(this.#seen)) {
			customers.read(person);
			staff.read(person);
			this.#seen = place;
		}
		return { customers, staff };
	}
}

/** Rows of one table, opened and kept. */
class Kept<Row extends { readonly id: string }, View extends { readonly id: string; readonly name: string }> extends KeptPeople<View> {
	readonly #database: Connection;
	readonly #select: string;
	readonly #open: (row: Row) => View | null;
	readonly #one;

	constructor(database: Connection, select: string, open: (row: Row) => View | null) {
		super();
		this.#database = database;
		this.#select = select;
		this.#open = open;
		this.#one = database.prepare<[string], Row>(`${select} WHERE id = ?`);
	}

	readAll(): void {
		// One at a time: everybody's sealed texts at once would be twice the memory of the opened ones.
		for (const row of this.#database.prepare<[], Row>(this.#select).iterate()) this.set(row.id, this.#open(row));
	}

	/** Opens this one anew, or forgets them. */
	read(id: string): void {
		const row = this.#one.get(id);
		this.set(id, row ? this.#open(row) : null);
	}

	/** In the order of their names' characters. */
	all(): View[] {
		return this.inOrder().map(({ view }) => view);
	}
}
