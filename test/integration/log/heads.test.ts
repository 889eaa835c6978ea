import { execFile } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chainHash, type EventRow } from '../../../edge-agent/log/event-chain.js';
import { HeadWriter, headsFile } from '../../../edge-agent/log/log-heads.store.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import type { Verification } from '../../../edge-agent/log/log-verify.js';
import { LogWriter } from '../../../edge-agent/log/log-writer.store.js';
import { databaseFile, openForReading, openForWriting } from '../../../edge-agent/store/database.store.js';
import { findKeys, keyFile } from '../../../edge-agent/store/keys.store.js';
import { rotateKeys } from '../../../edge-agent/store/keys-rotation.store.js';
import { visitOpened } from '../../unit/log/drafts.js';
import { dataFolder, fileOnly } from '../store/data-folder.js';

const cli = join(import.meta.dirname, '../../../dist/edge-agent/cli.js');
let dir: string;
/** 40 events with a head after 10, 25 and 40. */
beforeEach(() => {
	dir = dataFolder();
	append(10, 1000);
	append(15, 2000);
	append(15, 3000);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function append(count: number, wall: number): void {
	const { database, master, close } = openForWriting(dir, fileOnly);
	const writer = new LogWriter(database, master.keys);
	const drafts = Array.from({ length: count }, (_, index) => visitOpened(`visit-${wall}-${index}`));
	writer.commit([{ kind: 'append', drafts, changes: [] }]);
	new HeadWriter(database, master.keys).write(writer.head, wall);
	close();
}
async function verify(): Promise<Verification> {
	const database = openForReading(dir);
	try {
		return await new LogReader(database, () => findKeys(database, fileOnly).keys).verify();
	} finally {
		database.close();
	}
}
function tamper(sql: string): void {
	const database = new Database(databaseFile(dir));
	database.exec(sql);
	database.close();
}
function logVerify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
	return new Promise((resolve) => {
		const child = execFile(process.execPath, [cli, 'log', 'verify', '--data', dir, ...args], (_, out, err) =>
			resolve({ code: child.exitCode ?? -1, out, err }),
		);
	});
}
const dropTail = 'DELETE FROM events WHERE seq > 30; DELETE FROM log_heads WHERE seq > 30';

it('passes on a log that nobody touched, and says how far heads vouch for it', async () => {
	const whole = { authentic: 3, unchecked: 0, covered: 40, key: true };
	expect(await verify()).toEqual({ ok: true, events: 40, heads: whole });
	const { code, out, err } = await logVerify();
	expect([code, out]).toEqual([0, 'all 40 events are as they were written\n']);
	expect(err).toContain('3 authenticated heads agree, the newest at event 40');
});

it('a tail that was cut off, heads and all, is reported with where the log had come to', async () => {
	tamper(dropTail);
	expect(await verify()).toMatchObject({ ok: false, events: 30, first: { seq: 31, id: null, problem: 'cut', until: 40 } });
	const { code, out } = await logVerify();
	expect(code).toBe(1);
	expect(out).toContain('the log was cut: it had reached event 40, and everything from event 31 on is gone');
	// Later events do not heal it.
	append(20, 4000);
	expect(await verify()).toMatchObject({ ok: false, events: 25, first: { seq: 26, problem: 'rewritten', until: 40 } });
});

it('a tail that was cut is reported even where all events and the database’s heads are gone', async () => {
	tamper('DELETE FROM events; DELETE FROM log_heads');
	expect(await verify()).toMatchObject({ ok: false, events: 0, first: { seq: 1, problem: 'cut', until: 40 } });
});

it('a chain that was computed anew after a change is found by the heads', async () => {
	const database = new Database(databaseFile(dir));
	database.exec(`UPDATE events SET body = replace(body, 'main', 'side') WHERE seq = 12`);
	let hash = database.prepare<[], Buffer>('SELECT hash FROM events WHERE seq = 11').pluck().get() ?? Buffer.alloc(0);
	for (const row of database.prepare<[], EventRow>('SELECT * FROM events WHERE seq > 11 ORDER BY seq').all()) {
		hash = chainHash(hash, row);
		database.prepare('UPDATE events SET hash = ? WHERE seq = ?').run(hash, row.seq);
	}
	database.close();
	expect(await verify()).toMatchObject({ ok: false, events: 10, first: { seq: 11, problem: 'rewritten', until: 25 } });
	expect((await logVerify()).out).toContain('written anew somewhere from event 11 to event 25');
});

it('heads that were changed, made with another key, or taken out of the file are reported', async () => {
	const file = headsFile(dir);
	const lines = readFileSync(file, 'utf8');
	writeFileSync(file, lines.replace('"wall":2000', '"wall":2001'));
	expect(await verify()).toMatchObject({ ok: false, first: { seq: 25, problem: 'head-forged' } });
	writeFileSync(file, lines.split('\n').slice(1).join('\n'));
	expect(await verify()).toMatchObject({ ok: false, first: { seq: 10, problem: 'head-missing' } });
	rmSync(file);
	expect(await verify()).toMatchObject({ ok: false, first: { seq: 10, problem: 'head-missing' } });
	writeFileSync(file, lines);
	expect(await verify()).toMatchObject({ ok: true });
	tamper('UPDATE log_heads SET code = zeroblob(32) WHERE seq = 25');
	expect(await verify()).toMatchObject({ ok: false, first: { seq: 25, problem: 'head-forged' } });
});

it('a line that a crash left unfinished harms nothing, and the next head has a line of its own', async () => {
	appendFileSync(headsFile(dir), '{"seq":40,"wa');
	expect(await verify()).toMatchObject({ ok: true, heads: { authentic: 3 } });
	append(1, 4000);
	expect(await verify()).toMatchObject({ ok: true, events: 41, heads: { authentic: 4, covered: 41 } });
});

it('without the key checks what can be checked, and says what could not be', async () => {
	renameSync(keyFile(dir), `${keyFile(dir)}.away`);
	expect(await verify()).toEqual({ ok: true, events: 40, heads: { authentic: 0, unchecked: 3, covered: 0, key: false } });
	const { code, err } = await logVerify();
	expect(code).toBe(0);
	expect(err).toContain("The database's key is not here");
	tamper(dropTail);
	expect(await verify()).toMatchObject({ ok: false, first: { seq: 31, problem: 'cut', until: 40 } });
});

it('heads of an earlier key still have to agree, and the new key’s vouch for all', async () => {
	rotateKeys(dir, fileOnly, null);
	append(5, 4000);
	expect(await verify()).toEqual({ ok: true, events: 45, heads: { authentic: 1, unchecked: 3, covered: 45, key: true } });
	tamper('DELETE FROM events WHERE seq > 35; DELETE FROM log_heads WHERE seq > 35');
	expect(await verify()).toMatchObject({ ok: false, first: { seq: 36, problem: 'cut', until: 45 } });
});

it('one byte of any event changed in the file names the first bad event', async () => {
	const original = readFileSync(databaseFile(dir));
	let found = 0;
	for (let event = 0; event < 40; event += 3) {
		const wall = event < 10 ? 1000 : event < 25 ? 2000 : 3000;
		const marker = `"visit":"visit-${wall}-${event - (event < 10 ? 0 : event < 25 ? 10 : 25)}"`;
		const at = original.indexOf(marker);
		expect(at).toBeGreaterThan(0);
		const copy = Buffer.from(original);
		copy[at + 10] = (copy[at + 10] ?? 0) ^ 1;
		writeFileSync(databaseFile(dir), copy);
		expect(await verify()).toMatchObject({ ok: false, events: event, first: { seq: event + 1, problem: 'changed' } });
		found++;
	}
	expect(found).toBe(14);
});

it('a byte anywhere in the file is told, or did not concern the events', async () => {
	const original = readFileSync(databaseFile(dir));
	const before = await rows();
	const told: string[] = [];
	for (let at = 0; at < original.length; at += 977) {
		const copy = Buffer.from(original);
		copy[at] = (copy[at] ?? 0) ^ 0x41;
		writeFileSync(databaseFile(dir), copy);
		const found = await verify().catch((error: Error) => error);
		if (found instanceof Error)
			expect(found.message, `byte ${at}`).toMatch(/damaged|not a showroom database|newer version|another program/);
		else if (found.ok) expect(await rows(), `byte ${at}`).toEqual(before);
		else told.push(found.first.problem);
	}
	expect(told).toContain('changed');
});

it('a page of events overwritten is said to be unreadable, with the first event on it, and exit code 1', async () => {
	const copy = readFileSync(databaseFile(dir));
	const page = Math.floor(copy.indexOf('"visit":"visit-3000-14"') / 4096);
	copy.fill(0x5a, page * 4096, (page + 1) * 4096);
	writeFileSync(databaseFile(dir), copy);
	const { code, out } = await logVerify();
	expect(code).toBe(1);
	expect(out).toMatch(/event \d+ cannot be read: the database file is damaged; restore the newest backup/);
});

async function rows(): Promise<unknown[]> {
	const database = openForReading(dir);
	try {
		return new LogReader(database).read(0, 100);
	} finally {
		database.close();
	}
}
