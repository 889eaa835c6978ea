import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseFile, openForReading, openForWriting } from '../../../edge-agent/store/database.store.js';

const compiled = pathToFileURL(join(import.meta.dirname, '../../../dist/edge-agent/store/database.store.js')).href;
let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'showroom-store-'));
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

it('sets on every open what the file does not remember', () => {
	openForWriting(dir).close();
	const writing = openForWriting(dir);
	const reading = openForReading(dir);
	for (const database of [writing.database, reading]) {
		const pragma = (name: string) => database.pragma(name, { simple: true });
		expect([
			pragma('journal_mode'),
			pragma('synchronous'),
			pragma('secure_delete'),
			pragma('foreign_keys'),
			pragma('busy_timeout'),
		]).toEqual(['wal', 2, 1, 1, 5000]);
	}
	expect(() => reading.exec("INSERT INTO cursors VALUES ('a', 1)")).toThrow(/readonly/);
	reading.close();
	writing.close();
});

it('makes the data directory and the database for their owner only', () => {
	const made = join(dir, 'a', 'b');
	openForWriting(made).close();
	expect(statSync(made).mode & 0o777).toBe(0o700);
	expect(statSync(databaseFile(made)).mode & 0o777).toBe(0o600);
});

it('erases what is deleted from the file', () => {
	const { database, close } = openForWriting(dir);
	database.exec("INSERT INTO customers (id, name) VALUES ('c1', CAST('Zhuge-Unmistakable' AS BLOB))");
	database.pragma('wal_checkpoint(TRUNCATE)');
	expect(readFileSync(databaseFile(dir)).includes('Zhuge-Unmistakable')).toBe(true);
	database.exec('DELETE FROM customers');
	database.pragma('wal_checkpoint(TRUNCATE)');
	expect(readFileSync(databaseFile(dir)).includes('Zhuge-Unmistakable')).toBe(false);
	close();
});

it('says what is missing, and a reader makes nothing', () => {
	const nowhere = join(dir, 'nowhere');
	expect(failure(() => openForReading(nowhere))).toMatchObject({
		code: 'missing',
		message: expect.stringContaining(`no data directory ${nowhere}`),
	});
	expect(existsSync(nowhere)).toBe(false);
	expect(failure(() => openForReading(dir))).toMatchObject({
		code: 'missing',
		message: expect.stringContaining('holds no showroom database'),
	});
	writeFileSync(join(dir, 'file'), '');
	expect(failure(() => openForWriting(join(dir, 'file', 'data')))).toMatchObject({ code: 'missing' });
	expect(failure(() => openForWriting(join(dir, 'file')))).toMatchObject({ code: 'missing' });
});

it('leaves a text file, and another program’s database, as they are', () => {
	writeFileSync(databaseFile(dir), 'Dear diary, this is no database at all.\n'.repeat(40));
	const before = readFileSync(databaseFile(dir));
	for (const open of [openForWriting, openForReading])
		expect(failure(() => open(dir))).toMatchObject({ code: 'not-a-database', message: expect.stringContaining(databaseFile(dir)) });
	expect(readFileSync(databaseFile(dir)).equals(before)).toBe(true);
});

it('refuses a newer schema, and reads no older one before a writer has brought it up to date', () => {
	const { database, close } = openForWriting(dir);
	database.pragma('user_version = 99');
	close();
	for (const open of [openForWriting, openForReading]) expect(failure(() => open(dir))).toMatchObject({ code: 'newer-schema' });
});

it('reads an empty file as one that the agent has not begun', () => {
	writeFileSync(databaseFile(dir), '');
	expect(failure(() => openForReading(dir))).toMatchObject({ code: 'older-schema' });
	openForWriting(dir).close();
	openForReading(dir).close();
});

it('lets one process write at a time, names it, and forgets it when it is killed', async () => {
	const script = `const { openForWriting } = await import(${JSON.stringify(compiled)});
		// Kept: what nobody holds is closed when memory is cleared up.
		globalThis.held = openForWriting(process.argv[1]); console.log('open'); setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ['--input-type=module', '-e', script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
	await Promise.race([
		once(child.stdout, 'data'),
		once(child, 'exit').then(([code]) => expect.fail(`the other process ended with ${code} before it had opened the database`)),
	]);
	expect(failure(() => openForWriting(dir))).toMatchObject({ code: 'held', message: expect.stringContaining(`process ${child.pid}`) });
	openForReading(dir).close();
	child.kill('SIGKILL');
	await once(child, 'exit');
	openForWriting(dir).close();
});

it('lets one thread of this process write at a time', () => {
	const writing = openForWriting(dir);
	expect(failure(() => openForWriting(dir))).toMatchObject({ code: 'held', message: expect.stringContaining(`process ${process.pid}`) });
	writing.close();
	expect(existsSync(join(dir, 'writer.pid'))).toBe(false);
	openForWriting(dir).close();
});

it.skipIf(process.getuid?.() !== 0)('says that permission is missing', async () => {
	// A user who may look but not touch; Node's own files must be readable for them, so the check runs beside this process.
	const theirs = join(dir, 'theirs');
	mkdirSync(theirs);
	openForWriting(theirs).close();
	chmodSync(dir, 0o755);
	chmodSync(theirs, 0o700);
	chownSync(theirs, 0, 0);
	const script = `const { openForWriting, openForReading } = await import(${JSON.stringify(compiled)});
		new (await import('better-sqlite3')).default(':memory:').close(); // Loaded while root still reads everything.
		process.setgid(65534); process.setuid(65534);
		for (const open of [openForWriting, openForReading]) try { open(process.argv[1]) } catch (error) { console.log(error.code) }`;
	const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, theirs]);
	expect(stdout.trim().split('\n')).toEqual(['no-permission', 'no-permission']);
	chmodSync(theirs, 0o755);
	const visible = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, theirs]);
	expect(visible.stdout.trim().split('\n')).toEqual(['no-permission', 'no-permission']);
});
