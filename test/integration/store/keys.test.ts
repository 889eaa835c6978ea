import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { openForReading, openForWriting } from '../../../edge-agent/store/database.store.js';
import { findKeys, keyFile } from '../../../edge-agent/store/keys.store.js';
import { visitOpened } from '../../unit/log/drafts.js';
import { customer, dataFolder, fileOnly, filesOf, write } from './data-folder.js';

let dir: string;
beforeEach(() => {
	dir = dataFolder();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function failure(act: () => unknown): { code: string; message: string } {
	try {
		act();
	} catch (error) {
		return error as { code: string; message: string };
	}
	throw new Error('nothing was thrown');
}
function customers(sources = fileOnly) {
	const database = openForReading(dir);
	try {
		return new LogReader(database, () => findKeys(database, sources).keys).customers();
	} finally {
		database.close();
	}
}

it('the first start makes a key for its owner’s eyes outside the database, and names and telephones lie nowhere in plain', () => {
	write(dir, [customer('c1', 'Zhuge-Unmistakable')], [visitOpened('v1')]);
	expect(statSync(keyFile(dir)).mode & 0o777).toBe(0o600);
	expect(statSync(join(dir, 'keys')).mode & 0o777).toBe(0o700);
	const files = filesOf(dir);
	expect([...files.keys()]).toContain('showroom.db');
	for (const [name, bytes] of files) {
		for (const text of ['Zhuge', '12345678']) expect(bytes.includes(text), name).toBe(false);
		const key = files.get(join('keys', 'master.key')) ?? Buffer.alloc(0);
		const master = Buffer.from(key.toString(), 'base64');
		if (!name.startsWith('keys')) for (const secret of [master, key.subarray(0, 43)]) expect(bytes.includes(secret), name).toBe(false);
	}
	expect(customers()).toMatchObject([{ id: 'c1', name: 'Zhuge-Unmistakable', telephone: '13812345678' }]);
});

it('takes the key from systemd’s credentials before the environment, and makes no file then', () => {
	const credentialsDirectory = mkdtempSync(join(tmpdir(), 'showroom-credentials-'));
	writeFileSync(join(credentialsDirectory, 'showroom-master-key'), randomBytes(32));
	const environmentKey = randomBytes(32).toString('base64');
	write(dir, [customer('c1')], [], { credentialsDirectory, environmentKey });
	expect([...filesOf(dir).keys()].filter((name) => name.startsWith('keys'))).toEqual([]);
	expect(customers({ credentialsDirectory, environmentKey: null })).toHaveLength(1);
	const wrong = failure(() => customers({ credentialsDirectory: null, environmentKey }));
	expect(wrong).toMatchObject({ code: 'key-wrong', message: expect.stringMatching(/SHOWROOM_MASTER_KEY holds key [0-9a-f]{16}/) });
	expect(wrong.message).not.toContain(environmentKey);
	rmSync(credentialsDirectory, { recursive: true });
});

it('without its key says what is missing, where it was looked for and what to do, and changes nothing', async () => {
	write(dir, [customer('c1')], [visitOpened('v1')]);
	const elsewhere = `${dir}.key`;
	renameSync(keyFile(dir), elsewhere);
	const before = filesOf(dir);
	const opened = failure(() => openForWriting(dir, fileOnly));
	expect(opened.code).toBe('key-missing');
	for (const part of [/sealed under master key [0-9a-f]{16}/, /systemd credentials \(none given\)/, /SHOWROOM_MASTER_KEY \(not set\)/])
		expect(opened.message).toMatch(part);
	expect(opened.message).toContain(`${keyFile(dir)} (not there)`);
	expect(opened.message).toMatch(/Put that key back.*Nothing was changed/);
	await expect(openShowroomLog({ dataDir: dir, keys: fileOnly }).start()).rejects.toMatchObject({ code: 'key-missing' });
	expect(failure(() => customers())).toMatchObject({ code: 'key-missing' });
	// The log itself holds nothing sealed.
	const database = openForReading(dir);
	expect(new LogReader(database).read(0, 9)).toHaveLength(1);
	database.close();
	const after = filesOf(dir);
	// Opened, and so the lock's file and an empty log of changes may be there; not a byte of what was there is another.
	for (const [name, bytes] of before) expect(after.get(name)?.equals(bytes), name).toBe(true);
	renameSync(elsewhere, keyFile(dir));
	expect(customers()).toHaveLength(1);
});

it('with another key says so and changes nothing', () => {
	write(dir, [customer('c1')]);
	const right = filesOf(dir).get(join('keys', 'master.key')) ?? '';
	writeFileSync(keyFile(dir), `${randomBytes(32).toString('base64')}\n`);
	const before = filesOf(dir).get('showroom.db');
	for (const open of [() => openForWriting(dir, fileOnly), () => customers()])
		expect(failure(open)).toMatchObject({ code: 'key-wrong', message: expect.stringContaining('that is not the key here') });
	expect(
		filesOf(dir)
			.get('showroom.db')
			?.equals(before ?? Buffer.alloc(0)),
	).toBe(true);
	writeFileSync(keyFile(dir), right);
	expect(customers()).toHaveLength(1);
});

it('refuses a key’s file that others may read, and one that holds no key', () => {
	write(dir, [customer('c1')]);
	for (const mode of [0o640, 0o604]) {
		chmodSync(keyFile(dir), mode);
		expect(failure(() => openForWriting(dir, fileOnly))).toMatchObject({
			code: 'key-exposed',
			message: expect.stringContaining('chmod 600'),
		});
	}
	chmodSync(keyFile(dir), 0o600);
	writeFileSync(keyFile(dir), 'my secret password');
	const nonsense = failure(() => openForWriting(dir, fileOnly));
	expect(nonsense).toMatchObject({ code: 'key-wrong', message: expect.stringContaining('32 bytes') });
	expect(nonsense.message).not.toContain('my secret');
});

it('a key that lies ready before the first start is used', () => {
	mkdirSync(join(dir, 'keys'));
	const key = randomBytes(32).toString('base64');
	writeFileSync(keyFile(dir), key, { mode: 0o600 });
	write(dir, [customer('c1')]);
	expect(filesOf(dir).get(join('keys', 'master.key'))?.toString()).toBe(key);
});

it('a flipped byte in a sealed name is noticed, and says whose', () => {
	write(dir, [customer('c1')]);
	const { database, close } = openForWriting(dir, fileOnly);
	const name = database.prepare<[], Buffer>('SELECT name FROM customers').pluck().get() ?? Buffer.alloc(0);
	name[18] = (name[18] ?? 0) ^ 1;
	database.prepare('UPDATE customers SET name = ?').run(name);
	close();
	expect(failure(() => customers())).toMatchObject({ code: 'damaged', message: expect.stringContaining('name of c1 in customers') });
});
