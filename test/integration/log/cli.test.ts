import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openShowroomLog, type ShowroomLogClient } from '../../../edge-agent/log/showroom-log.js';
import { draft, visitOpened } from '../../unit/log/drafts.js';

const cli = join(import.meta.dirname, '../../../dist/edge-agent/cli.js');
let dataDir: string;
let agent: ShowroomLogClient;

beforeEach(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'showroom-cli-'));
	agent = openShowroomLog({ dataDir });
	await agent.start();
});
afterEach(async () => {
	await agent.stop();
	rmSync(dataDir, { recursive: true, force: true });
});

interface Ran {
	readonly code: number;
	readonly out: string;
	readonly err: string;
	/** stdout, one parsed value a line. */
	json(): unknown[];
}
function showroom(...args: string[]): Promise<Ran> {
	return new Promise((resolve) => {
		const child = execFile(process.execPath, [cli, ...args], { env: { ...process.env, TZ: 'Asia/Shanghai' } }, (_, out, err) =>
			resolve({
				code: child.exitCode ?? -1,
				out,
				err,
				json: () =>
					out
						.split('\n')
						.filter((line) => line)
						.map((line) => JSON.parse(line)),
			}),
		);
	});
}
const at = (text: string) => Date.parse(`${text}+08:00`);

it('log show prints events while the agent runs: the newest, those after a number, those of a type', async () => {
	await agent.append([...Array(60).keys()].map((n) => visitOpened(`v${n + 1}`, at('2026-03-01T09:05:00'))));
	await agent.append([draft('visit.greeted', { visit: 'v60', staff: 's1' }, at('2026-03-01T09:05:42'))]);
	const newest = await showroom('log', 'show', '--data', dataDir);
	expect(newest.code).toBe(0);
	const lines = newest.out.trimEnd().split('\n');
	expect(lines).toHaveLength(50);
	expect(lines.at(-1)).toMatch(/^ +61 {2}2026-03-01 09:05:42 {2}visit\.greeted +v60 +system +staff=s1$/);
	const some = await showroom('log', 'show', '--data', dataDir, '--after', '3', '--limit', '2', '--json');
	expect(some.json()).toEqual(await agent.read(3, 2));
	const typed = await showroom('log', 'show', '--data', dataDir, '--type', 'visit.greeted', '--json');
	expect(typed.json()).toMatchObject([{ seq: 61 }]);
	const laterPages = await showroom(
		'log',
		'show',
		'--data',
		dataDir,
		'--after',
		'0',
		'--limit',
		'5000',
		'--type',
		'visit.opened',
		'--json',
	);
	expect(laterPages.json()).toHaveLength(60);
});

it('log verify says that all is right, or names the first bad event and fails', async () => {
	await agent.append([visitOpened('v1'), visitOpened('v2'), visitOpened('v3')]);
	const good = await showroom('log', 'verify', '--data', dataDir);
	expect(good).toMatchObject({ code: 0, out: 'all 3 events are as they were written\n' });
	const database = new Database(join(dataDir, 'showroom.db'));
	const id = database.prepare("UPDATE events SET body = replace(body, 'crossing', 'manual') WHERE seq = 2 RETURNING id").pluck().get();
	database.close();
	const bad = await showroom('log', 'verify', '--data', dataDir);
	expect(bad.code).toBe(1);
	expect(bad.out).toContain(`event 2 (${id}) is not as it was written`);
	const json = await showroom('log', 'verify', '--data', dataDir, '--json');
	expect(json.json()).toMatchObject([{ ok: false, events: 1, first: { seq: 2, id, problem: 'changed' } }]);
	expect(json.code).toBe(1);
});

it('log export writes the visits of some days, as a table or as JSON lines', async () => {
	const days = ['2026-02-28T23:59:59', '2026-03-01T00:00:00', '2026-03-02T23:59:59', '2026-03-03T00:00:00'];
	await agent.append(days.map((day, index) => visitOpened(`v${index}`, at(day))));
	const table = await showroom('log', 'export', '--data', dataDir, '--from', '2026-03-01', '--to', '2026-03-02');
	expect(table.code).toBe(0);
	expect(table.out.startsWith('\uFEFF"visit"')).toBe(true);
	expect(table.out.match(/"v\d"/g)).toEqual(['"v1"', '"v2"']);
	expect(table.out).toContain('"2026-03-01 00:00:00"');
	const json = await showroom('log', 'export', '--data', dataDir, '--format', 'jsonl');
	expect(json.json()).toEqual((await agent.visits({ from: 0, to: 9e15 })).reverse());
	const hours = await showroom('log', 'export', '--data', dataDir, '--format', 'jsonl', '--to', '2026-03-01T00:00');
	expect(hours.json()).toMatchObject([{ id: 'v0' }]);
});

it('log rebuild --check holds the tables against the log while the agent runs; log rebuild puts them right when it does not', async () => {
	await agent.append([visitOpened('v1'), visitOpened('v2'), draft('visit.greeted', { visit: 'v2', staff: 's1' })]);
	const check = ['log', 'rebuild', '--check', '--data', dataDir];
	expect(await showroom(...check)).toMatchObject({ code: 0, out: "all 2 rows are as the log's 3 events say\n" });
	const database = new Database(join(dataDir, 'showroom.db'));
	database.exec("UPDATE visits SET received_by = 's2' WHERE id = 'v2'; DELETE FROM visits WHERE id = 'v1'");
	database.close();
	const bad = await showroom(...check);
	expect(bad.code).toBe(1);
	expect(bad.out).toContain('  visits v1: is missing\n  visits v2: received_by is "s2", by the log "s1"\n');
	const difference = { table: 'visits', row: 'v2', column: 'received_by', stored: 's2', log: 's1' };
	const json = (await showroom(...check, '--json')).json();
	expect(json).toMatchObject([{ ok: false, events: 3, differing: 2, differences: [{ row: 'v1' }, difference], replaced: false }]);
	expect(await showroom('log', 'rebuild', '--data', dataDir)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('in use') });
	await agent.stop();
	expect((await showroom('log', 'rebuild', '--data', dataDir, '--json')).json()).toMatchObject([{ differing: 2, replaced: true }]);
	expect(await showroom(...check)).toMatchObject({ code: 0 });
});

it('customers are added when no agent runs, and listed always', async () => {
	await agent.append([], [{ table: 'staff', id: 's1', name: '陈静', role: 'consultant', onDuty: true }]);
	const add = ['customers', 'add', '--data', dataDir, '--name', '王芳', '--telephone', '138 1234-5678', '--consultant', '陈静'];
	const held = await showroom(...add);
	expect(held).toMatchObject({ code: 1, out: '' });
	expect(held.err).toMatch(new RegExp(`^showroom: .*in use by a running agent \\(process ${process.pid}\\)`));
	await agent.stop();
	const added = await showroom(...add, '--json');
	const [customer] = added.json();
	expect(customer).toEqual({ id: expect.any(String), name: '王芳', telephone: '13812345678', consultant: 's1', templates: 0 });
	expect((await showroom('customers', 'list', '--data', dataDir, '--json')).json()).toEqual([[customer]]);
	expect((await showroom('customers', '--data', dataDir)).out).toMatch(/13812345678 +王芳 {2}→ 陈静\n$/);
	const nobody = await showroom(...add.slice(0, -1), '李雷');
	expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('called "李雷"; there are: 陈静 (s1)') });
});

it('fails clearly on a data directory that is not there, and does not make one', async () => {
	const nowhere = join(dataDir, 'nowhere');
	for (const args of [
		['log', 'show'],
		['log', 'verify'],
		['log', 'export'],
		['customers', 'list'],
		['customers', 'add', '--name', 'x'],
	])
		expect(await showroom(...args, '--data', nowhere)).toMatchObject({
			code: 1,
			out: '',
			err: expect.stringContaining(`there is no data directory ${nowhere}`),
		});
	expect(existsSync(nowhere)).toBe(false);
});

it('answers wrong usage with exit code 2 and the reason', async () => {
	const wrong: [string[], RegExp][] = [
		[['log', 'show', '--limit', 'many'], /whole number/],
		[['log', 'show', '--type', 'visit.exploded'], /Allowed choices/],
		[['log', 'export', '--from', 'yesterday'], /2026-03-01/],
		[['log', 'export', '--format', 'xlsx'], /Allowed choices/],
		[['customers', 'add'], /--name/],
		[['customers', 'add', '--name', 'x', '--telephone', 'abc'], /telephone/],
	];
	for (const [args, reason] of wrong) {
		const ran = await showroom(...args, '--data', dataDir);
		expect(ran, args.join(' ')).toMatchObject({ code: 2, out: '', err: expect.stringMatching(reason) });
	}
});
