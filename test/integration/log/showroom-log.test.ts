import { closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventDraft, LoggedEvent } from '../../../edge-agent/contract/events.js';
import { LogReader } from '../../../edge-agent/log/log-reader.store.js';
import { openShowroomLog, type ShowroomLogClient } from '../../../edge-agent/log/showroom-log.js';
import { openForReading } from '../../../edge-agent/store/database.store.js';
import { alertOpened, draft, visitOpened } from '../../unit/log/drafts.js';

let dataDir: string;
let log: ShowroomLogClient;
const problems: string[] = [];

beforeEach(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'showroom-log-'));
	problems.length = 0;
	log = openLog();
	await log.start();
});
afterEach(async () => {
	await log.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

function openLog(): ShowroomLogClient {
	return openShowroomLog({ dataDir, onProblem: (message, error) => problems.push(`${message}: ${String(error)}`) });
}
function eventually(condition: () => boolean): Promise<void> {
	return expect
		.poll(condition, { timeout: 10_000, interval: 10 })
		.toBe(true)
		.then(() => {});
}

it('answers once it is durable, and the reader sees it at once', async () => {
	const [opened] = await log.append([visitOpened('v1', 5000)], [{ table: 'staff', id: 's1', name: '陈静', role: 'manager', onDuty: true }]);
	expect(opened).toMatchObject({ seq: 1, version: 3, type: 'visit.opened' });
	expect(await log.read(0, 10)).toEqual([opened]);
	expect(await log.lastSeq()).toBe(1);
	expect(await log.staff()).toEqual([{ id: 's1', name: '陈静', role: 'manager', onDuty: true }]);
	expect(await log.visits({ from: 5000, to: 5001 })).toMatchObject([{ id: 'v1', openedAt: 5000 }]);
	expect(await log.visits({ from: 0, to: 5000 })).toEqual([]);
	expect(await log.visits({ ids: ['v1', 'nobody'] })).toMatchObject([{ id: 'v1' }]);
	const separate = new Database(join(dataDir, 'showroom.db'), { readonly: true });
	expect(separate.prepare('SELECT count(*) FROM events').pluck().get()).toBe(1);
	separate.close();
});

it('commits what is waiting together, and an invalid call fails alone', async () => {
	const batches: number[] = [];
	log.onAppended((events) => batches.push(events.length));
	const bad = { ...visitOpened('bad'), subject: '' } as EventDraft;
	const settled = await Promise.allSettled([...Array(200).keys()].map((n) => log.append([n === 77 ? bad : visitOpened(`v${n}`)])));
	const rejected = settled.filter((one) => one.status === 'rejected');
	expect(rejected).toHaveLength(1);
	expect(rejected[0]?.reason).toMatchObject({ code: 'invalid', message: expect.stringContaining('subject') });
	expect(await log.lastSeq()).toBe(199);
	expect(batches.length).toBeLessThan(20);
	expect((await log.read(0, 300)).map(({ subject }) => subject)).toEqual(
		[...Array(200).keys()].filter((n) => n !== 77).map((n) => `v${n}`),
	);
});

it('tells listeners each durable event once, in order, until they stop listening', async () => {
	const heard: number[] = [];
	const stop = log.onAppended((events) => heard.push(...events.map(({ seq }) => seq)));
	log.onAppended(() => {
		throw new Error('a listener of its own');
	});
	const again = visitOpened('v0');
	await Promise.all([...Array(50).keys()].map((n) => log.append([n % 2 === 0 ? again : visitOpened(`v${n}`)])));
	expect(heard).toEqual([...Array(26).keys()].map((n) => n + 1));
	expect(problems[0]).toMatch(/listener.*of its own/);
	stop();
	await log.append([visitOpened('later')]);
	expect(heard).toHaveLength(26);
});

it('a follower gets everything from its cursor on, in order, and goes on there after a restart', async () => {
	await log.append([...Array(1200).keys()].map((n) => visitOpened(`v${n}`)));
	const seen: number[] = [];
	const take = async (events: readonly LoggedEvent[]) => {
		seen.push(...events.map(({ seq }) => seq));
	};
	const follower = log.follow('desk', take);
	await eventually(() => seen.length === 1200);
	await log.append([visitOpened('live')]);
	await eventually(() => seen.length === 1201);
	await follower.stop();
	await log.append([visitOpened('while nobody followed')]);
	await log.stop();
	log = openLog();
	await log.start();
	log.follow('desk', take);
	await eventually(() => seen.length >= 1202);
	expect(seen).toEqual([...Array(1202).keys()].map((n) => n + 1));
});

it('a failing handler gets the same events again, later and later, and nothing overtakes them', async () => {
	const tries: { at: number; seqs: number[] }[] = [];
	log.follow('webhooks', async (events) => {
		tries.push({ at: performance.now(), seqs: events.map(({ seq }) => seq) });
		if (tries.length < 4) throw new Error('network');
	});
	await log.append([visitOpened('v1')]);
	await eventually(() => tries.length === 1);
	await log.append([visitOpened('v2')]);
	await eventually(() => tries.length >= 4);
	expect(tries.map(({ seqs }) => seqs[0])).toEqual([1, 1, 1, 1]);
	const gaps = tries.slice(1).map(({ at }, index) => at - (tries[index]?.at ?? 0));
	expect(gaps[0]).toBeGreaterThanOrEqual(95);
	expect(gaps[2]).toBeGreaterThanOrEqual(380);
	expect(problems.filter((problem) => /follower webhooks.*network/.test(problem))).toHaveLength(3);
});

it('a cursor moves only after its handler: what was in hand when the agent stopped comes again', async () => {
	await log.append([visitOpened('v1')]);
	let started = 0;
	const never = log.follow('desk', async () => {
		started++;
		await sleep(30);
		throw new Error('stopped before the act');
	});
	await eventually(() => started === 1);
	await never.stop();
	const seen: number[] = [];
	log.follow('desk', async (events) => void seen.push(...events.map(({ seq }) => seq)));
	await eventually(() => seen.length === 1);
	expect(seen).toEqual([1]);
});

it('a handler that comes part of the way gets the rest again, also after a restart', async () => {
	await log.append([...Array(5).keys()].map((n) => visitOpened(`v${n}`)));
	const seen: number[][] = [];
	const follower = log.follow('feed', async (events) => {
		seen.push(events.map(({ seq }) => seq));
		const [first = 0] = seen.at(-1) ?? [];
		if (first === 3) throw new Error('no further');
		return first;
	});
	await eventually(() => seen.length === 4);
	await follower.stop();
	expect(seen).toEqual([
		[1, 2, 3, 4, 5],
		[2, 3, 4, 5],
		[3, 4, 5],
		[3, 4, 5],
	]);
	await log.stop();
	log = openLog();
	await log.start();
	const rest: number[] = [];
	log.follow('feed', async (events) => void rest.push(...events.map(({ seq }) => seq)));
	await eventually(() => rest.length === 3);
	expect(rest).toEqual([3, 4, 5]);
});

it('a new follower may begin at the end; from then on it misses nothing, even if it never handled anything', async () => {
	await log.append([visitOpened('before')]);
	const seen: number[] = [];
	const take = async (events: readonly LoggedEvent[]) => void seen.push(...events.map(({ seq }) => seq));
	const follower = log.follow('feed', take, 'end');
	await sleep(100);
	await follower.stop();
	await log.append([visitOpened('while nobody followed')]);
	log.follow('feed', take, 'end');
	await eventually(() => seen.length === 1);
	expect(seen).toEqual([2]);
});

it('two followers cannot share a name', () => {
	log.follow('desk', async () => {});
	expect(() => log.follow('desk', async () => {})).toThrow(/follower named desk already/);
});

it('knows the oldest event still needed', async () => {
	expect(await log.firstUnsettledSeq()).toBe(1);
	await log.append([visitOpened('v1'), visitOpened('v2'), alertOpened('a2', 'v2', ['s1']), visitOpened('v3')]);
	expect(await log.firstUnsettledSeq()).toBe(1);
	await log.append(['v1', 'v2'].map((visit) => draft('visit.closed', { visit, reason: 'left' })));
	expect(await log.firstUnsettledSeq()).toBe(3);
	await log.append([draft('alert.closed', { alert: 'a2', reason: 'left', staff: null })]);
	expect(await log.firstUnsettledSeq()).toBe(4);
	await log.append([draft('visit.closed', { visit: 'v3', reason: 'left' })]);
	expect(await log.firstUnsettledSeq()).toBe(9);
});

it('an unusable data directory fails the start with its reason, and nothing runs on', async () => {
	const second = openShowroomLog({ dataDir });
	await expect(second.start()).rejects.toMatchObject({ code: 'held', message: expect.stringContaining(`process ${process.pid}`) });
	const other = mkdtempSync(join(tmpdir(), 'showroom-log-'));
	writeFileSync(join(other, 'showroom.db'), 'no database at all, but a text of some length. '.repeat(50));
	await expect(openShowroomLog({ dataDir: other }).start()).rejects.toMatchObject({ code: 'not-a-database' });
	rmSync(other, { recursive: true });
	expect(await log.append([visitOpened('still fine')])).toHaveLength(1);
});

it('a damaged file is named as damaged on start, and verify names the first event that cannot be read', async () => {
	await log.append([...Array(3000).keys()].map((n) => visitOpened(`v${n}`)));
	await log.stop();
	const file = join(dataDir, 'showroom.db');
	const overwrite = (from: number) => {
		const handle = openSync(file, 'r+');
		const length = statSync(file).size - from;
		writeSync(handle, Buffer.alloc(length, 0x5a), 0, length, from);
		closeSync(handle);
	};
	overwrite(100 * 4096);
	log = openLog();
	await log.start().catch(() => {});
	await log.stop();
	const database = openForReading(dataDir);
	const found = await new LogReader(database).verify();
	database.close();
	expect(found).toMatchObject({ ok: false, first: { problem: 'unreadable' } });
	expect(found.events).toBeGreaterThan(0);
	expect(found.events).toBeLessThan(3000);
	overwrite(4096);
	log = openLog();
	await expect(log.start()).rejects.toMatchObject({ code: 'damaged', message: expect.stringContaining('restore the newest backup') });
});

it('stop writes what was asked before, answers nothing after, and leaves no lock', async () => {
	const asked = Promise.all([...Array(30).keys()].map((n) => log.append([visitOpened(`v${n}`)])));
	await log.stop();
	expect((await asked).flat()).toHaveLength(30);
	await expect(log.append([visitOpened('late')])).rejects.toMatchObject({
		code: 'stopped',
		message: expect.stringContaining('log-writer'),
	});
	await expect(log.read(0, 1)).rejects.toMatchObject({ code: 'stopped' });
	expect(readdirSync(dataDir).sort()).toEqual(['heads.log', 'keys', 'showroom.db', 'writer.lock']);
	log = openLog();
	await log.start();
	expect(await log.lastSeq()).toBe(30);
	await log.stop();
});

it('calls that wait on a thread which dies fail with a clear error', async () => {
	// A poisoned call: the thread cannot even unpack its arguments, as when a bug throws outside any transaction.
	const poisoned = log.append(null as never);
	const waiting = log.append([visitOpened('v1')]);
	await expect(poisoned).rejects.toMatchObject({
		code: 'stopped',
		message: expect.stringMatching(/log-writer thread is not running.*restart/s),
	});
	await expect(waiting).rejects.toMatchObject({ code: 'stopped' });
	await expect(log.append([visitOpened('v2')])).rejects.toMatchObject({ code: 'stopped' });
	expect(await log.visits({ from: 0, to: 9e15 })).toEqual([]);
	expect(problems).toEqual([expect.stringMatching(/thread of the log died.*log-writer/)]);
	await log.stop();
	// The dead thread's lock died with it.
	log = openLog();
	await log.start();
	expect(await log.append([visitOpened('v3')])).toHaveLength(1);
});
