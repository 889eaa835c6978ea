import { createHmac, randomBytes } from 'node:crypto';
import type { Connection } from './database.store.js';
import { KEY_BYTES, type StoreKeys } from './keys.js';
import { open, type Place, seal } from './sealing.js';

/*
 * Lists of erasures lie beside backups for years and must outlive a rotation of the master key, so the key that authenticates them is a
 * random one of its own, kept sealed under the master key.
 */
const PLACE: Place = { table: 'master_key', column: 'list_key', row: '1' };

/** A new key for lists, sealed. */
export function newListKey(keys: StoreKeys): Buffer {
	return seal({ version: 1, bytes: keys.sealing }, PLACE, randomBytes(KEY_BYTES));
}

/** The same key, sealed under another master key. */
export function resealListKey(sealed: Uint8Array, from: StoreKeys, to: StoreKeys): Buffer {
	const plain = open({ version: 1, bytes: from.sealing }, PLACE, sealed);
	const again = seal({ version: 1, bytes: to.sealing }, PLACE, plain);
	plain.fill(0);
	return again;
}

/** HMAC-SHA-256 that authenticates a line of a list of erasures, with a key that survives rotations. */
export function listCode(database: Connection, keys: StoreKeys): (text: string) => Buffer {
	const sealed = database.prepare<[], Uint8Array>('SELECT list_key FROM master_key').pluck().get();
	if (!sealed) throw new Error('the database has no key for lists of erasures');
	const key = open({ version: 1, bytes: keys.sealing }, PLACE, sealed);
	return (text) => createHmac('sha256', key).update(text).digest();
}
