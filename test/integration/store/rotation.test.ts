import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { openForReading, openForWriting } from '../../../edge-agent/store/database.store.js';
import { findKeys, keyFile, nextKeyFile } from '../../../edge-agent/store/keys.store.js';
import { rotateKeys } from '../../../edge-agent/store/keys-rotation.store.js';
import { draft, visitOpened } from '../../unit/log/drafts.js';
import { customer, dataFolder, fileOnly, filesOf, holders, write } from './data-folder.js';

const compiled = join(import.meta.dirname, '../../../dist/edge-agent/store');
const everybody: RowChange[] = [
	...Array.from({ length: 50 }, (_, n) => customer(`c${n}`, `客户${n}`, `138000000${String(n).padStart(2, '0')}`)),
	{ table: 'guest_texts', id: 'g1', name: '韩梅梅', telephone: '13900001111' },
];
const expected = [draft('guest.expected', { guest: 'g1', customer: null, host: null, purpose: null, at: 5 })];
let dir: string;
beforeEach(() => {
	dir = dataFolder();
	write(dir, everybody, [visitOpened('v1'), ...expected]);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function expectEverybody(sources = fileOnly): void {
	const database = openForReading(dir);
	const reader = new LogReader(database, () => findKeys(database, sources).keys);
	expect(reader.customers()).toHaveLength(50);
	expect(reader.customersByTelephone('138 0000 0007')).toMatchObject([{ id: 'c7', name: '客户7' }]);
	expect(reader.reception('guestsByTelephone', ['139 0000 1111', 0, 10])).toMatchObject([{ id: 'g1', name: '韩梅梅' }]);
	database.close();
}
function dataKeys(): Buffer[] {
	const database = openForReading(dir);
	const keys = database.prepare<[], Buffer>('SELECT key FROM person_keys').pluck().all();
	database.close();
	return keys;
}

it('seals every data key anew; neither the old master key nor anything under it is left in any file', () => {
	const oldKey = readFileSync(keyFile(dir));
	const old = dataKeys();
	const { from, to, dataKeys: count } = rotateKeys(dir, fileOnly, null);
	expect([from, to, count]).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), expect.not.stringMatching(from), 51]);
	expect(holders(dir, old)).toEqual([]);
	expect(holders(dir, [oldKey.subarray(0, 40), Buffer.from(oldKey.toString(), 'base64')])).toEqual([]);
	expect([...filesOf(join(dir, 'keys')).keys()]).toEqual(['master.key']);
	expectEverybody();
	const database = openForReading(dir);
	expect(findKeys(database, fileOnly).keys.id).toBe(to);
	database.close();
	write(dir, [customer('c0', '客户0', '13800000000')]);
});

it.each([
	'while the new key is written',
	'when the new key is written',
	'within the transaction',
	'after the transaction',
	'when the old key is overwritten',
	'before the old key is replaced',
	'after the old key is replaced',
])('killed %s, everybody can still be read, at once and after the next start, with one key left', (moment) => {
	const { signal, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'rotate-and-die.mjs'), compiled, dir, moment], {
		encoding: 'utf8',
	});
	expect(signal, stderr).toBe('SIGKILL');
	expectEverybody();
	openForWriting(dir, fileOnly).close();
	expect(existsSync(nextKeyFile(dir))).toBe(false);
	expectEverybody();
	expect(rotateKeys(dir, fileOnly, null).dataKeys).toBe(51);
	expectEverybody();
});

it('where the key comes from the environment the new one is named, and then put in its place', () => {
	rmSync(dir, { recursive: true });
	const old = { credentialsDirectory: null, environmentKey: randomBytes(32).toString('base64') };
	write(dir, everybody, expected, old);
	expect(() => rotateKeys(dir, old, null)).toThrow(/comes from SHOWROOM_MASTER_KEY: write a new one into a file.*--to/);
	const file = `${dir}.new`;
	const next = randomBytes(32).toString('base64');
	writeFileSync(file, next, { mode: 0o600 });
	rotateKeys(dir, old, file);
	rmSync(file);
	expect(() => expectEverybody(old)).toThrow(/that is not the key here/);
	expectEverybody({ credentialsDirectory: null, environmentKey: next });
});
