import { randomBytes } from 'node:crypto';
import type { Statement } from 'better-sqlite3';
import type { Connection } from './database.store.js';
import { KEY_BYTES, type StoreKeys } from './keys.js';
import type { KeyScope } from './sealed-tables.js';
import { type DataKey, open, type Place, seal } from './sealing.js';
import { normaliseTelephone } from './telephone.js';

interface KeyRow {
	readonly version: number;
	readonly key: Uint8Array;
}

/**
 * Seals and opens people's texts and templates. Each person has a random data key a scope, itself sealed under the store's master
 * key in `person_keys`: who deletes that row has erased all that was sealed with it.
 */
export class PersonKeys {
	readonly #database: Connection;
	readonly #keys: StoreKeys;
	readonly #find: Statement<[string, KeyScope], KeyRow>;
	#insert: Statement<[string, KeyScope, number, Uint8Array]> | undefined;

	constructor(database: Connection, keys: StoreKeys) {
		this.#database = database;
		this.#keys = keys;
		this.#find = database.prepare('SELECT version, key FROM person_keys WHERE person = ? AND scope = ?');
	}

	/** Seals with the person's key, which is made now if there is none. Only for a writing connection. */
	seal(person: string, scope: KeyScope, place: Place, plain: Uint8Array): Buffer {
		const key = this.#key(person, scope) ?? this.#make(person, scope);
		const sealed = seal(key, place, plain);
		key.bytes.fill(0);
		return sealed;
	}

	/** Several texts of one row at once; null stays null. */
	sealTexts<C extends string>(
		person: string,
		table: string,
		row: string,
		texts: { readonly [K in C]: string | null },
	): { [K in C]: Buffer | null } {
		const key = this.#key(person, 'texts') ?? this.#make(person, 'texts');
		const sealed = Object.entries<string | null>(texts).map(([column, text]) => [
			column,
			text === null ? null : seal(key, { table, column, row }, Buffer.from(text, 'utf8')),
		]);
		key.bytes.fill(0);
		return Object.fromEntries(sealed) as { [K in C]: Buffer | null };
	}

	/** null: the person's key is gone, they were erased. @throws StoreError `damaged` when the value, its place or its key is not what it was */
	open(person: string, scope: KeyScope, place: Place, sealed: Uint8Array): Buffer | null {
		return this.openAll(person, scope, [{ place, sealed }])?.[0] ?? null;
	}

	/** As `open`, several values of one person, whose key is unwrapped once. */
	openAll(person: string, scope: KeyScope, values: readonly { readonly place: Place; readonly sealed: Uint8Array }[]): Buffer[] | null {
		const key = this.#key(person, scope);
		if (!key) return null;
		const plain = values.map(({ place, sealed }) => open(key, place, sealed));
		key.bytes.fill(0);
		return plain;
	}

	/** Several texts of one row at once; null stays null. null instead of all: the person was erased. @throws StoreError `damaged` */
	openTexts<C extends string>(
		person: string,
		table: string,
		row: string,
		sealed: { readonly [K in C]: Uint8Array | null },
	): { [K in C]: string | null } | null {
		const key = this.#key(person, 'texts');
		if (!key) return null;
		const texts = Object.entries<Uint8Array | null>(sealed).map(([column, value]) => [
			column,
			value === null ? null : open(key, { table, column, row }, value).toString('utf8'),
		]);
		key.bytes.fill(0);
		return Object.fromEntries(texts) as { [K in C]: string | null };
	}

	/** What a telephone is found by: keyed hashes of the whole normalised number and of its last four digits. */
	telephoneCodes(telephone: string | null): { whole: Buffer | null; lastFour: Buffer | null } {
		const digits = telephone === null ? '' : normaliseTelephone(telephone);
		return {
			whole: digits === '' ? null : this.#keys.telephoneCode('whole', digits),
			lastFour: digits.length < 4 ? null : this.#keys.telephoneCode('last four', digits.slice(-4)),
		};
	}

	#key(person: string, scope: KeyScope): DataKey | null {
		const row = this.#find.get(person, scope);
		return row ? unwrap(this.#keys, person, scope, row) : null;
	}

	#make(person: string, scope: KeyScope): DataKey {
		this.#insert ??= this.#database.prepare('INSERT INTO person_keys (person, scope, version, key) VALUES (?, ?, ?, ?)');
		const key = { version: 1, bytes: randomBytes(KEY_BYTES) };
		this.#insert.run(person, scope, key.version, wrap(this.#keys, person, scope, key));
		return key;
	}
}

/** A data key sealed under the master key. @throws StoreError `damaged` from `unwrap` */
export function wrap(keys: StoreKeys, person: string, scope: KeyScope, key: DataKey): Buffer {
	return seal({ version: key.version, bytes: keys.sealing }, wrapped(person, scope), key.bytes);
}

export function unwrap(keys: StoreKeys, person: string, scope: KeyScope, { version, key }: KeyRow): DataKey & { bytes: Buffer } {
	return { version, bytes: open({ version, bytes: keys.sealing }, wrapped(person, scope), key) };
}

const wrapped = (person: string, scope: KeyScope): Place => ({ table: 'person_keys', column: `key of ${scope}`, row: person });
