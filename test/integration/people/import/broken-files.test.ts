import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportView } from '../../../../edge-agent/contract/import.api.js';
import type { Problem } from '../../../../edge-agent/contract/problem.api.js';
import { gbkBytes } from '../../../unit/people/import/gbk.js';
import { parts, zip } from '../../../unit/people/import/workbooks.js';
import { cli } from '../../cli/command.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../../sockets/house.js';
import { at, importRequests } from './requests.js';

let folder: string;
let house: House;
let manager: string;
const { ask, send, rowsOf } = importRequests(
	() => house.url,
	() => manager,
);

beforeAll(async () => {
	folder = await temporaryFolder();
	house = await openHouse(join(folder, 'house'));
	manager = await house.cookie('ma');
});
afterAll(async () => {
	// Whatever came, nothing was written, and nothing of it was the agent's own fault.
	expect((await house.log.customers()).map(({ id }) => id)).toEqual(['li']);
	expect((await house.log.read(0, 1000)).map(({ type }) => type).filter((type) => /import|person\.changed/.test(type))).toEqual([]);
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(folder);
});

const csv = '姓名,手机,销售顾问\r\n王芳,13800138000,安娜\r\n李雷雷,13900139000,薄一波\r\n';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const text = (value: string, at: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const heads = `<row r="1">${text('姓名', 'A1')}${text('手机', 'B1')}${text('备注', 'C1')}</row>`;
const book = (rows: string) => parts({ 客户: heads + rows });
const workbook = zip(book(`<row r="2">${text('王芳', 'A2')}</row>`));
const compound = (what: string) => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(what, 'utf16le')]);
const swelling = (part: string, megabytes: number, begin: string, again: string) =>
	zip({ ...book(''), [part]: Buffer.concat([Buffer.from(begin), Buffer.alloc(megabytes * 1024 * 1024, again)]) });

/** What cannot be imported at all: file, name, what is said in English and Chinese. */
const refused: readonly [what: string, bytes: () => Uint8Array | string, name: string, en: RegExp, zh: RegExp][] = [
	['nothing', () => '', '客户.csv', /is empty\. Choose one/, /空的。请选择/],
	['blanks', () => ' \n \n', '客户.csv', /is empty\. Choose one/, /空的。请选择/],
	['headings only', () => '姓名,手机\n', '客户.csv', /nothing below it/, /只有标题行/],
	['headings only, in a workbook', () => zip(book('')), '客户.xlsx', /nothing below it/, /只有标题行/],
	['no headings', () => '王芳,13800138000\n张三,13900139000\n', '客户.csv', /Write what each column holds/, /请在第一行写上/],
	['an open quotation mark', () => '姓名,手机\n"王芳,13800138000\n张三,1\n', '客户.csv', /line 3 .* Mend that line/, /第 3 行的引号/],
	['an old .xls renamed', () => compound('Workbook'), '客户.xlsx', /old \.xls format\. Save it as \.xlsx/, /另存为 \.xlsx/],
	['a password', () => compound('EncryptedPackage'), '客户.xlsx', /Remove the password in Excel/, /取消密码/],
	['a web page called .xls', () => '<html><table><tr><td>姓名</td></tr></table>', '客户.xls', /web page\. Open it in Excel/, /网页表格/],
	['text called .xlsx', () => csv, '客户.xlsx', /rename it to \.csv/, /改名为 \.csv/],
	['half of a workbook', () => workbook.subarray(0, workbook.length >> 1), '客户.xlsx', /damaged .* save it again/, /已损坏.*另存/],
	['a workbook without its end', () => workbook.subarray(0, -30), '客户.xlsx', /damaged .* save it again/, /已损坏/],
	['a text document called .xlsx', () => zip({ 'word/document.xml': '<w/>' }), '客户.xlsx', /no Excel file/, /不是 Excel 文件/],
	['a picture called .csv', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), '客户.csv', /no table/, /不是表格/],
	['a PDF called .csv', () => '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n', '客户.csv', /no table/, /不是表格/],
	[
		'texts that swell',
		() => swelling('xl/sharedStrings.xml', 450, '<sst>', `<si><t>${'a'.repeat(1000)}</t></si>`),
		'客户.xlsx',
		/unreasonably large.*Open it in Excel/,
		/大得不合理/,
	],
	['a cell that swells', () => swelling('xl/worksheets/sheet1.xml', 2, '<worksheet><row><c><v>', 'a'), '客户.xlsx', /damaged/, /已损坏/],
	[
		'rows that swell',
		() => swelling('xl/worksheets/sheet1.xml', 4, '<worksheet>', '<row><c><v>1</v></c></row>'),
		'x.xlsx',
		/in parts/,
		/分成几个/,
	],
	[
		'a million rows',
		() => `姓名,手机\n${'王芳,13800138000\n'.repeat(1_000_000)}`,
		'客户.csv',
		/more than 100000 rows.*in parts/,
		/超过 100000 行/,
	],
	['51 MB', () => Buffer.alloc(51 * 1024 * 1024, 'x'), '客户.csv', /larger than 50 MB\. Import it in parts/, /超过 50 MB/],
];

describe('a file with', () => {
	it.each(refused)(
		'%s is refused, and why and what to do is said',
		async (_, bytes, name, en, zh) => {
			const file = bytes();
			const answer = await send(file, name);
			const problem = (await answer.json()) as Problem;
			expect(problem).toMatchObject({ code: answer.status === 413 ? 'too-large' : 'bad-file', detail: expect.stringMatching(en) });
			const chinese = (await (await send(file, name, at, manager, 'zh')).json()) as Problem;
			expect(chinese.detail).toMatch(zh);
		},
		60_000,
	);

	it('200 MB is refused before it has come', async () => {
		const started = performance.now();
		expect((await send(Buffer.alloc(200 * 1024 * 1024), '客户.csv')).status).toBe(413);
		expect(performance.now() - started).toBeLessThan(20_000);
	}, 60_000);
});

async function previewed(bytes: Uint8Array | string, name: string) {
	const answer = await send(bytes, name);
	expect([answer.status, await answer.clone().text()]).toEqual([201, expect.any(String)]);
	const { id, draft } = (await answer.json()) as ImportView;
	const { rows } = await rowsOf(id, '?limit=200');
	await ask('DELETE', `${at}/${id}`);
	if (!draft) throw new Error('no draft');
	return {
		draft,
		rows,
		wrong: rows.filter(({ state }) => state !== 'ok').map(({ row, issues }) => [row, ...issues.map(({ code }) => code)]),
	};
}

describe('a text file', () => {
	it.each([
		['UTF-8', 'utf-8', ',', csv],
		['UTF-8 with its mark', 'utf-8', ',', `\uFEFF${csv}`],
		['GBK', 'gb18030', ',', gbkBytes(csv)],
		['UTF-16 as Excel saves it', 'utf-16le', '\t', utf16(`\uFEFF${csv.replaceAll(',', '\t')}`)],
		['UTF-16, big-endian', 'utf-16be', ',', utf16(`\uFEFF${csv}`).swap16()],
		['UTF-16 without its mark', 'utf-16le', ',', utf16(csv)],
		['UTF-8 with semicolons', 'utf-8', ';', csv.replaceAll(',', ';')],
		['UTF-8 with tabs', 'utf-8', '\t', csv.replaceAll(',', '\t')],
	] as const)('in %s is read as what it is', async (_, encoding, delimiter, bytes) => {
		const { draft, rows } = await previewed(bytes, '客户.csv');
		expect(draft).toMatchObject({ encoding, delimiter, missing: [], rows: { total: 2, ok: 2 } });
		expect(rows[1]?.values).toEqual({ name: '李雷雷', telephone: '13900139000', consultant: '薄一波' });
	});

	it('in UTF-8 that was cut off in a letter is still UTF-8, and that row says so', async () => {
		const whole = Buffer.from(`姓名,备注\n${'王芳,周末再来看车\n'.repeat(20)}张三,急`);
		const { draft, wrong } = await previewed(whole.subarray(0, -1), '客户.csv');
		expect(draft).toMatchObject({ encoding: 'utf-8', rows: { error: 1 } });
		expect(wrong.at(-1)).toEqual([22, 'not-readable', 'telephone-missing']);
	});

	it('without the column that is needed, or with headings nobody knows, says which', async () => {
		expect((await previewed('手机,备注\n13800138000,x\n', 'a.csv')).draft).toMatchObject({ missing: ['name'], would: { added: 0 } });
		const { draft } = await previewed('Foo,Bar\n王芳,13800138000\n', 'a.csv');
		expect(draft).toMatchObject({ missing: ['name'], columns: [{ heading: 'Foo', field: null }, { heading: 'Bar' }] });
	});

	it('with 3 % bad rows says which and why', async () => {
		const bad: Record<number, string> = {
			10: ',13900000010,安娜',
			40: '甲,12345abc,安娜',
			70: '乙,1390000007,安娜',
			80: '丙,13900000080,无此人',
		};
		const lines = Array.from({ length: 100 }, (_, index) => bad[index] ?? `客${index},139${String(index).padStart(8, '0')},安娜`);
		const { draft, wrong } = await previewed(`姓名,手机,销售顾问\n${lines.join('\n')}`, '客户.csv');
		expect(draft).toMatchObject({
			rows: { total: 100, ok: 96, warning: 1, error: 3 },
			would: { added: 97 },
			strangers: [{ text: '无此人' }],
		});
		expect(wrong).toEqual([
			[12, 'name-missing'],
			[42, 'telephone-wrong'],
			[72, 'telephone-digits'],
			[82, 'consultant-unknown'],
		]);
	});

	it('with telephones as Excel shows them takes those whose digits are all there', async () => {
		const { rows, wrong } = await previewed('姓名,手机\n甲,1.38E+10\n乙,1.3800138E10\n丙,1.3800138000E+10\n', '客户.csv');
		expect(rows[2]?.values.telephone).toBe('13800138000');
		expect(wrong).toEqual([
			[2, 'telephone-shortened'],
			[3, 'telephone-shortened'],
		]);
	});

	it('with formulas as text, and people who come twice, warns by row', async () => {
		const { rows, wrong } = await previewed(
			'姓名,手机,备注\n"=HYPERLINK(""http://x"")",+86 13800138000,+1\n甲,138-0013-8000,@x\n',
			'a.csv',
		);
		expect(rows[0]?.values).toEqual({ name: '=HYPERLINK("http://x")', telephone: '13800138000', note: '+1' });
		expect(wrong).toEqual([
			[2, 'formula-text'],
			[3, 'formula-text', 'repeated'],
		]);
	});
});

describe('a workbook', () => {
	it('with formulas and errors says which rows', async () => {
		const { wrong } = await previewed(
			zip(
				book(
					`<row r="2"><c r="A2" t="str"><f>HYPERLINK("x","王芳")</f><v>王芳</v></c><c r="B2"><v>13800138000</v></c></row>` +
						`<row r="3"><c r="A3"><f>NOW()</f></c></row><row r="4"><c r="A4" t="e"><v>#REF!</v></c></row>`,
				),
			),
			'客户.xlsx',
		);
		expect(wrong).toEqual([
			[2, 'formula'],
			[3, 'formula-without-value', 'telephone-missing'],
			[4, 'cell-error', 'telephone-missing'],
		]);
	});

	it('with two sheets is the first one until another is chosen', async () => {
		const sheets = parts({
			客户: `${heads}<row r="2">${text('王芳', 'A2')}</row>`,
			战败: `${heads}<row r="2">${text('张三', 'A2')}</row>`,
		});
		const answer = (await (await send(zip(sheets), '客户.xlsx')).json()) as ImportView;
		expect(answer.draft).toMatchObject({ sheet: '客户', sheets: ['客户', '战败'] });
		await ask('PATCH', `${at}/${answer.id}`, { sheet: '战败' });
		expect((await rowsOf(answer.id)).rows).toMatchObject([{ values: { name: '张三' } }]);
		const none = (await (await ask('PATCH', `${at}/${answer.id}`, { sheet: '没有' })).json()) as Problem;
		expect(none.detail).toBe('There is no such sheet: choose another.');
		await ask('DELETE', `${at}/${answer.id}`);
	});

	it('with a merged title and a consultant merged over their customers means every one of them', async () => {
		const rows =
			`<row r="1">${text('客户一览表', 'A1')}</row>` +
			`<row r="2">${text('姓名', 'A2')}${text('手机', 'B2')}${text('销售顾问', 'C2')}</row>` +
			`<row r="3">${text('王芳', 'A3')}<c r="B3"><v>13800138000</v></c>${text('安娜', 'C3')}</row>` +
			`<row r="4">${text('张三', 'A4')}<c r="B4"><v>1.3800138001E10</v></c><c r="C4"/></row>`;
		const sheet = parts({ 客户: rows });
		const part = 'xl/worksheets/sheet1.xml';
		const merged = '</sheetData><mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="C3:C4"/></mergeCells>';
		const { draft, rows: shown } = await previewed(
			zip({ ...sheet, [part]: sheet[part]?.replace('</sheetData>', merged) ?? '' }),
			'客户.xlsx',
		);
		expect(draft).toMatchObject({ headingRow: 2, rows: { ok: 2 } });
		expect(shown[1]?.values).toEqual({ name: '张三', telephone: '13800138001', consultant: '安娜' });
	});

	it('with dates shows them as dates', async () => {
		const styles = '<styleSheet><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
		const rows = `<row r="2">${text('王芳', 'A2')}<c r="B2" s="1"><v>46348</v></c><c r="C2" s="1"><v>46348</v></c></row>`;
		const { rows: shown, wrong } = await previewed(zip({ ...book(rows), 'xl/styles.xml': styles }), '客户.xlsx');
		expect(shown[0]?.values).toMatchObject({ telephone: '2026-11-22', note: '2026-11-22' });
		expect(wrong).toEqual([[2, 'telephone-wrong']]);
	});
});

describe('on the command line', () => {
	const run = (...args: string[]) =>
		new Promise<{ code: number; out: string; err: string }>((resolve) => {
			const child = execFile(process.execPath, [cli, ...args, '--data', join(folder, 'shop')], (error, out, err) =>
				resolve({ code: Number(error?.code ?? 0), out, err }),
			);
			child.stdin?.end();
		});

	it('the same is said', async () => {
		expect((await run('users', 'add', '--name', '安娜', '--role', 'consultant')).code).toBe(0);
		const chosen = ['headings only', 'an old .xls renamed', 'half of a workbook', 'a picture called .csv', 'a million rows', '51 MB'];
		for (const [what, bytes, name, en] of refused.filter(([what]) => chosen.includes(what))) {
			const file = join(folder, name);
			await writeFile(file, bytes());
			for (const kind of what === 'headings only' ? ['customers', 'users'] : ['customers'])
				expect(await run(kind, 'import', file, '--yes')).toEqual({ code: 1, out: '', err: expect.stringMatching(en) });
		}
		const file = join(folder, '客户.xlsx');
		await writeFile(file, zip(parts({ 客户: `${heads}<row r="2">${text('王芳', 'A2')}</row>`, 战败: heads })));
		expect((await run('customers', 'import', file, '--dry-run')).err).toContain('sheet 客户 (others, for --sheet: 战败)');
		expect((await run('customers', 'undo-import', 'nonsense')).err).toContain('there is no such import');
		expect((await run('customers', 'list')).out).toBe('');
	}, 120_000);
});
