import fc from 'fast-check';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { readTable } from '../../../../edge-agent/people/import/read-table.js';
import { textOf } from '../../../../edge-agent/people/import/table.js';
import { readXlsx } from '../../../../edge-agent/people/import/xlsx.js';
import { parts, zip } from './workbooks.js';

const one = (rows: string, shared: readonly string[] = []) => zip(parts({ 客户: rows }, shared));
const cellsOf = async (rows: string, shared: readonly string[] = []) => (await readXlsx(one(rows, shared))).rows.map(({ cells }) => cells);

describe('a workbook', () => {
	it('is read as an independent reader reads it', async () => {
		const cell = fc.oneof(
			fc
				.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
				.filter((text) => text.isWellFormed() && !(text in {}) && /^[^\p{C}\s_]+( [^\p{C}\s_]+)*$/u.test(text)),
			fc.integer({ min: 0, max: 2_000_000_000 }),
			fc.constantFrom('<&>"\'', 'a &amp; b', '13800138000', '王芳', ']]>'),
			fc.constant(null),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(fc.constant('甲'), cell, cell, fc.constant('乙')), { minLength: 1, maxLength: 8 }),
				async (rows) => {
					const file = await writeExcelFile(
						rows.map((row) => row.map((value) => (value === null ? null : { value, type: typeof value === 'number' ? Number : String }))),
					).toBuffer();
					const [reference] = await readExcelFile(file);
					const mine = (await readXlsx(file)).rows.map(({ cells }) => Array.from({ length: 4 }, (_, column) => textOf(cells[column])));
					expect(mine).toEqual(reference?.data.map((row) => row.map((value) => (value === null ? '' : String(value)))));
				},
			),
			{ numRuns: 30 },
		);
	});

	it('gives a formula’s last result and says that it is one', async () => {
		const rows =
			'<row r="1"><c r="A1" t="str"><f>B1&amp;"x"</f><v>王芳</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="str"><f>""</f><v></v></c></row>' +
			'<row r="2"><c r="A2"><f>NOW()</f></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C2"><f t="shared" si="0"/><v>7</v></c></row>';
		expect(await cellsOf(rows)).toEqual([
			[
				{ text: '王芳', mark: 'formula' },
				{ text: '2', mark: 'formula' },
				{ text: '', mark: 'formula' },
			],
			[
				{ text: '', mark: 'no-value' },
				{ text: '#DIV/0!', mark: 'error' },
				{ text: '7', mark: 'formula' },
			],
		]);
	});

	it('keeps a telephone’s digits, whichever way the number is written', async () => {
		const rows =
			'<row r="1"><c r="A1"><v>13800138000</v></c><c r="B1"><v>1.3800138E10</v></c><c r="C1" t="n"><v>1.3800138000000000E+10</v></c></row>';
		expect(await cellsOf(rows)).toEqual([Array.from({ length: 3 }, () => ({ text: '13800138000', mark: 'number' }))]);
	});

	it('reads texts in several fonts, without how to pronounce them', async () => {
		const shared = [
			'<r><t>王</t></r><r><rPr><b/></rPr><t xml:space="preserve">芳 </t></r><rPh sb="0" eb="1"><t>wang</t></rPh>',
			'<t>a&#10;b_x000D_&lt;</t>',
		];
		expect(await cellsOf('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>在</t></is></c></row>', shared)).toEqual([
			['王芳', 'a\nb\r<', '在'],
		]);
	});

	it('numbers rows and columns as the file does, and lets a broken cell cost its row only', async () => {
		const rows =
			'<row r="3"><c r="C3" t="s"><v>99</v></c></row><row r="7"/><row r="1000000"><c r="AA1000000" t="inlineStr"><is><t>x</t></is></c></row>';
		const table = await readXlsx(one(rows));
		expect(table.rows.map(({ number, cells }) => [number, cells.length])).toEqual([
			[3, 3],
			[1_000_000, 27],
		]);
		expect(table.rows[0]?.cells[2]).toEqual({ text: '99', mark: 'error' });
	});

	it('reads files whose names have prefixes', async () => {
		const plain = parts({ 客户: '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>' });
		const prefixed = Object.fromEntries(
			Object.entries(plain).map(([name, xml]) => [
				name,
				name.startsWith('xl/w') ? xml.replaceAll(/<(\/?)(?=[a-z])/g, '<$1x:').replace('xmlns=', 'xmlns:x=') : xml,
			]),
		);
		expect((await readXlsx(zip(prefixed))).rows).toEqual([{ number: 1, cells: ['甲'] }]);
	});

	it('is the first sheet with rows, or the one that was asked for', async () => {
		const row = (text: string) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`;
		const file = zip(parts({ 隐藏: row('a'), 说明: '', 客户: row('b'), 战败: row('c') }, [], ['隐藏']));
		expect(await readXlsx(file)).toMatchObject({ sheet: '客户', sheets: ['说明', '客户', '战败'], rows: [{ cells: ['b'] }] });
		expect((await readXlsx(file, '战败')).rows[0]?.cells).toEqual(['c']);
		await expect(readXlsx(file, '没有')).rejects.toMatchObject({ code: 'no-sheet' });
		await expect(readXlsx(file, '说明')).rejects.toMatchObject({ code: 'empty-sheet' });
	});
});

describe('what is no workbook', () => {
	const named = (bytes: Uint8Array, name = '客户.xlsx') => readTable(bytes, name);

	it.each([
		['nothing', new Uint8Array(), 'empty'],
		['text with a wrong name', Buffer.from('姓名,手机\n王芳,13800138000'), 'named-xlsx'],
		['a web page', Buffer.from('\uFEFF<html><table>'), 'html'],
		['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0, 0), 'old-xls'],
		[
			'a workbook with a password',
			Buffer.concat([Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), Buffer.from('EncryptedPackage', 'utf16le')]),
			'password',
		],
		['a packed workbook with a password', zip(parts({ a: '<row><c><v>1</v></c></row>' }), { encrypted: true }), 'password'],
		['half a workbook', one('<row><c><v>1</v></c></row>').slice(0, 300), 'damaged'],
		['an archive of something else', zip({ 'word/document.xml': '<w/>' }), 'named-xlsx'],
		['an empty sheet', one(''), 'empty-sheet'],
	])('%s is refused', async (_, bytes, code) => {
		await expect(named(bytes)).rejects.toMatchObject({ code });
	});

	it('bytes of any kind are read or refused, nothing else', async () => {
		const good = one('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>');
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 4, max: good.length - 1 }), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
				const broken = Uint8Array.from(good);
				broken[at] = byte;
				await readTable(broken, 'x.xlsx').catch((error) => expect(error).toHaveProperty('name', 'BadFileError'));
			}),
			{ numRuns: 300 },
		);
	});

	it('an archive that swells is stopped while it does', async () => {
		const started = performance.now();
		const texts = Buffer.alloc(450 * 1024 * 1024, `<si><t>${' '.repeat(500_000)}</t></si>`);
		const all = parts({ a: '' });
		const bomb = zip({ ...all, 'xl/sharedStrings.xml': texts });
		expect(bomb.length).toBeLessThan(1024 * 1024);
		await expect(readXlsx(bomb)).rejects.toMatchObject({ code: 'bomb' });
		const rows = zip({
			...all,
			'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${'<row r="1"><c><v>1</v></c></row>'.repeat(200_000)}</sheetData></worksheet>`,
		});
		await expect(readXlsx(rows)).rejects.toMatchObject({ code: 'too-many-rows' });
		expect(performance.now() - started).toBeLessThan(20_000);
	});
});
