import { randomBytes } from 'node:crypto';
import type { KeySources } from '../config/environment.source.js';
import { openForWriting, type WritingConnection } from './database.store.js';
import { scrub } from './erasure.store.js';
import { KEY_BYTES, StoreKeys } from './keys.js';
import { type FoundKeys, nextKeyFile, readKeyFile, replaceKeyFile, writeKeyFile } from './keys.store.js';
import { resealListKey } from './list-key.store.js';
import { PersonKeys, unwrap, wrap } from './person-keys.store.js';
import type { KeyScope } from './sealed-tables.js';
import { StoreError } from './store-error.js';

export interface Rotation {
	readonly from: string;
	readonly to: string;
	/** How many data keys were sealed anew. */
	readonly dataKeys: number;
}

/**
 * Gives the database another master key. The new key's file is written beside the old one, then the database is switched in one
 * transaction, then the old key is overwritten: a crash in between leaves both keys, of which the next start keeps the one that the database is
 * sealed under.
 *
 * @param newKeyFile the new key, where the current one comes from systemd or the environment; null where it lies in the key's file
 * @throws StoreError `held` while an agent runs; `key-missing` and others for the keys
 */
export function rotateKeys(dataDir: string, sources: KeySources, newKeyFile: string | null): Rotation {
	const connection = openForWriting(dataDir, sources);
	try {
		return rotate(dataDir, connection, newKeyFile);
	} finally {
		connection.close();
	}
}

function rotate(dataDir: string, { database, master }: WritingConnection, newKeyFile: string | null): Rotation {
	const next = newKey(dataDir, master, newKeyFile);
	try {
		const dataKeys = database.transaction(() => resealAll(database, master.keys, next)).immediate();
		// Data keys under the old master key go out of the file as well: it may be rotated because others know it.
		scrub(database);
		if (master.origin === 'file') replaceKeyFile(dataDir);
		return { from: master.keys.id, to: next.id, dataKeys };
	} finally {
		next.wipe();
	}
}

function newKey(dataDir: string, { origin, where, keys }: FoundKeys, newKeyFile: string | null): StoreKeys {
	if ((origin === 'file') !== (newKeyFile === null))
		throw new StoreError(
			'key-wrong',
			origin === 'file'
				? `the key lies in ${where}, and a new one is made there: leave --to out`
				: `the key comes from ${where}: write a new one into a file (openssl rand -base64 32), name it with --to, and put it in the old one's place afterwards`,
		);
	const bytes = newKeyFile === null ? randomBytes(KEY_BYTES) : readKeyFile(newKeyFile);
	const next = new StoreKeys(bytes);
	if (next.id === keys.id) throw new StoreError('key-wrong', `${newKeyFile} holds the key that is in use already`);
	if (newKeyFile === null) writeKeyFile(nextKeyFile(dataDir), bytes);
	bytes.fill(0);
	return next;
}

function resealAll(database: WritingConnection['database'], from: StoreKeys, to: StoreKeys): number {
	const rows = database
		.prepare<[], { person: string; scope: KeyScope; version: number; key: Uint8Array }>(
			'SELECT person, scope, version, key FROM person_keys',
		)
		.all();
	const update = database.prepare('UPDATE person_keys SET key = ? WHERE person = ? AND scope = ?');
	for (const { person, scope, ...row } of rows) {
		const key = unwrap(from, person, scope, row);
		update.run(wrap(to, person, scope, key), person, scope);
		key.bytes.fill(0);
	}
	// Telephones are found by hashes under a key that comes from the master key.
	const people = new PersonKeys(database, to);
	const hash = database.prepare('UPDATE customers SET telephone_code = ?, last_four_code = ? WHERE id = ?');
	for (const { id, whole, lastFour } of telephones(database, people, 'customers')) hash.run(whole, lastFour, id);
	const hashGuest = database.prepare('UPDATE guest_texts SET telephone_code = ? WHERE id = ?');
	for (const { id, whole } of telephones(database, people, 'guest_texts')) hashGuest.run(whole, id);
	const listKey = database.prepare<[], Uint8Array>('SELECT list_key FROM master_key').pluck().get();
	if (!listKey) throw new StoreError('damaged', 'the database has lost the key of its lists: restore the newest backup');
	database.prepare('UPDATE master_key SET id = ?, list_key = ?, scrub = 1').run(to.id, resealListKey(listKey, from, to));
	return rows.length;
}

/** What the rows' telephones are found by from now on. */
function telephones(database: WritingConnection['database'], people: PersonKeys, table: 'customers' | 'guest_texts') {
	const rows = database
		.prepare<[], { id: string; telephone: Uint8Array }>(`SELECT id, telephone FROM ${table} WHERE telephone IS NOT NULL`)
		.all();
	return rows.map(({ id, telephone }) => ({
		id,
		...people.telephoneCodes(people.openTexts(id, table, id, { telephone })?.telephone ?? null),
	}));
}
