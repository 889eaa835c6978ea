import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShowroomLog } from '../../../../edge-agent/log/showroom-log.js';
import { removeFolder, temporaryFolder } from '../../sockets/house.js';

const cli = join(import.meta.dirname, '../../../../dist/edge-agent/cli.js');
let folder: string;
let data: string;

beforeEach(async () => {
	folder = await temporaryFolder();
	data = join(folder, 'data');
	const log = openShowroomLog({ dataDir: data });
	await log.start();
	await log.append([], [{ table: 'staff', id: 'anna', name: '安娜', role: 'consultant', onDuty: true }]);
	await log.stop();
});
afterEach(() => removeFolder(folder));

const run = (...args: string[]) =>
	new Promise<{ code: number; out: string; err: string }>((resolve) => {
		const child = execFile(process.execPath, [cli, ...args, '--data', data], (error, out, err) =>
			resolve({ code: Number(error?.code ?? 0), out, err }),
		);
		child.stdin?.end();
	});
const list = async (what: string) => JSON.parse((await run(what, 'list', '--json')).out) as Record<string, unknown>[];

describe('showroom customers import', () => {
	it('shows first, writes when told to, exports, and takes back', async () => {
		const file = join(folder, '客户.csv');
		await writeFile(file, 'Nombre,手机,销售顾问\n王芳,13800138000,安娜\n张三,1.38E+10,\n赵六,13900139000,无此人\n');
		const unmapped = await run('customers', 'import', file, '--yes');
		expect([unmapped.code, unmapped.err]).toEqual([1, expect.stringContaining('no column holds: name; name one with --map COLUMN=name')]);

		const dry = await run('customers', 'import', file, '--map', 'Nombre=name', '--dry-run');
		expect(dry).toMatchObject({ code: 0, out: '' });
		expect(dry.err).toContain('3 rows, 1 all right, 1 with a warning, 1 wrong');
		expect(dry.err).toContain('row 3: Excel shortened the telephone');
		expect(dry.err).toContain('nobody here is called 无此人 (1 rows)');
		const json = JSON.parse((await run('customers', 'import', file, '--map', 'A=name', '--dry-run', '--json')).out);
		expect(json).toMatchObject({ would: { added: 2 }, errors: [{ row: 3, issues: [{ code: 'telephone-shortened' }] }] });
		expect(await run('customers', 'import', file, '--map', 'A=name')).toMatchObject({ code: 1, err: expect.stringContaining('say --yes') });
		expect(await list('customers')).toEqual([]);

		const written = await run('customers', 'import', file, '--map', 'A=name', '--yes', '--json');
		expect(JSON.parse(written.out)).toEqual({ import: expect.any(String), added: 2, updated: 0, skipped: 0 });
		expect(await list('customers')).toMatchObject([
			{ name: '王芳', telephone: '13800138000', consultant: 'anna' },
			{ name: '赵六', telephone: '13900139000', consultant: null },
		]);

		const out = join(folder, 'out.csv');
		expect((await run('customers', 'export', out)).out).toBe(`written to ${out}\n`);
		expect(await readFile(out, 'utf8')).toBe(
			'\uFEFF"姓名","手机","销售顾问","意向车型","备注"\r\n"王芳","13800138000","安娜","",""\r\n"赵六","13900139000","","",""\r\n',
		);
		expect(JSON.parse((await run('customers', 'undo-import', '--json')).out)).toMatchObject({ removed: 2, restored: 0, kept: 0 });
		expect(await list('customers')).toEqual([]);
		expect((await run('customers', 'undo-import')).err).toContain('no import that can be undone');
	}, 60_000);

	it('says what is wrong with a file, a mapping, a data directory', async () => {
		const file = join(folder, 'a.xlsx');
		await writeFile(file, '姓名\n王芳\n');
		expect(await run('customers', 'import', file)).toMatchObject({ code: 1, err: expect.stringContaining('no Excel file') });
		expect(await run('customers', 'import', file, '--map', 'A=shoe')).toMatchObject({ code: 2 });
		expect(await run('customers', 'import', join(folder, 'none.csv'))).toMatchObject({ code: 1, err: expect.stringContaining('none.csv') });
		data = join(folder, 'elsewhere');
		expect(await run('customers', 'import', file)).toMatchObject({ code: 1, err: expect.stringContaining('no data directory') });
	}, 60_000);

	it('does the same for staff', async () => {
		const file = join(folder, 'staff.csv');
		await writeFile(file, '工号,姓名,岗位\nx1,新人,服务顾问\n');
		expect(JSON.parse((await run('users', 'import', file, '--yes', '--json')).out)).toMatchObject({ added: 1 });
		expect(await list('users')).toContainEqual(expect.objectContaining({ id: 'x1', name: '新人', role: 'adviser' }));
		const out = join(folder, 'staff.xlsx');
		await run('users', 'export', out);
		expect(JSON.parse((await run('users', 'import', out, '--dry-run', '--json')).out)).toMatchObject({
			known: 2,
			would: { added: 0, updated: 0, skipped: 2 },
		});
	}, 60_000);
});
