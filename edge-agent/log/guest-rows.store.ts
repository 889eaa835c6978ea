import type { GuestView } from '../contract/reception.api.js';
import type { Connection } from '../store/database.store.js';
import type { PeopleRows } from './people-rows.store.js';

interface GuestRow extends Omit<GuestView, 'name' | 'telephone'> {
	readonly name: Uint8Array | null;
	readonly telephone: Uint8Array | null;
}

const SELECT = `
	SELECT g.id, g.customer, g.host, g.purpose, g.expected_at AS at, g.state, g.visit, t.name, t.telephone
	FROM guests g LEFT JOIN guest_texts t ON t.id = g.id`;

/** Who is expected. */
export class GuestRows {
	readonly #between;
	readonly #one;
	readonly #byTelephone;
	readonly #people: PeopleRows;

	constructor(database: Connection, people: PeopleRows) {
		this.#people = people;
		this.#between = database.prepare<[number, number], GuestRow>(
			`${SELECT} WHERE g.expected_at >= ? AND g.expected_at < ? ORDER BY g.expected_at, g.id`,
		);
		this.#one = database.prepare<[string], GuestRow>(`${SELECT} WHERE g.id = ?`);
		this.#byTelephone = database.prepare<[{ from: number; to: number; code: Uint8Array | null }], GuestRow>(`
			${SELECT} LEFT JOIN customers c ON c.id = g.customer
			WHERE g.expected_at >= @from AND g.expected_at < @to AND (t.telephone_code = @code OR c.telephone_code = @code)
			ORDER BY g.expected_at, g.id`);
	}

	/** Guests expected in [from, to) (Unix ms), in that order. */
	between(from: number, to: number): GuestView[] {
		return this.#between.all(from, to).map((row) => this.#view(row));
	}

	/** null for an unknown one. */
	one(id: string): GuestView | null {
		const row = this.#one.get(id);
		return row ? this.#view(row) : null;
	}

	/** Those of [from, to) with this number, their own or as a customer, however it is written. */
	byTelephone(telephone: string, from: number, to: number): GuestView[] {
		const { whole: code } = this.#people.keys().telephoneCodes(telephone);
		return this.#byTelephone.all({ from, to, code }).map((row) => this.#view(row));
	}

	/** A customer is called what they are called now. */
	#view({ name, telephone, ...row }: GuestRow): GuestView {
		const texts = this.#people.keys().openTexts(row.id, 'guest_texts', row.id, { name, telephone });
		const known = row.customer === null ? null : this.#people.customer(row.customer);
		return { ...row, name: known?.name ?? texts?.name ?? null, telephone: texts?.telephone ?? known?.telephone ?? null };
	}
}
