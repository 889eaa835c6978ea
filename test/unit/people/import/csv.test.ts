import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessDelimiter, readCsv } from '../../../../edge-agent/people/import/csv.js';
import { textOf } from '../../../../edge-agent/people/import/table.js';
import { gbkBytes } from './gbk.js';

const texts = (bytes: Uint8Array) => readCsv(bytes).rows.map(({ cells }) => cells.map(textOf));

describe('a text file', () => {
	it.each([',', ';', '\t'] as const)('is split by %j', (delimiter) => {
		const text = `姓名${delimiter}手机${delimiter}备注\r\n王芳${delimiter}13800138000${delimiter}"想看, 7 座; 急"\r\n`;
		expect(guessDelimiter(text)).toBe(delimiter);
		expect(texts(Buffer.from(text))).toEqual([
			['姓名', '手机', '备注'],
			['王芳', '13800138000', '想看, 7 座; 急'],
		]);
	});

	it('numbers its rows as a spreadsheet shows them: empty ones count, a line break in a cell does not', () => {
		expect(readCsv(Buffer.from('name,note\n\nAnn,"two\nlines"\n,\nBob,x\n')).rows.map(({ number }) => number)).toEqual([1, 3, 5]);
	});

	it('bears mixed line ends, uneven rows and stray quotation marks', () => {
		expect(texts(Buffer.from('a,b\r\n1,2\n3\r4,5,6\n7" TV,8'))).toEqual([['a', 'b'], ['1', '2'], ['3'], ['4', '5', '6'], ['7" TV', '8']]);
	});

	it('says where a quotation mark is never closed', () => {
		expect(() => readCsv(Buffer.from('a,b\n1,"2\n3,4\n'))).toThrow(/quotation mark in line \d+/);
	});

	it('is no picture', () => {
		expect(() => readCsv(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13))).toThrow('no table');
	});

	it('comes in GBK, and otherwise read when somebody says so', () => {
		expect(readCsv(gbkBytes('姓名,手机\n王芳,1'))).toMatchObject({ encoding: 'gb18030', rows: [{}, { cells: ['王芳', '1'] }] });
		const mistaken = gbkBytes('模');
		expect(textOf(readCsv(mistaken).rows[0]?.cells[0])).not.toBe('模');
		expect(textOf(readCsv(mistaken, { encoding: 'gb18030' }).rows[0]?.cells[0])).toBe('模');
	});

	it('gives back every table that was quoted', () => {
		const cell = fc
			.string({ unit: 'grapheme' })
			.filter((text) => text.isWellFormed() && !/[\0\r\n]/.test(text) && text.trim() === text && !text.startsWith('\uFEFF'));
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 10 }), (rows) => {
				const text = ['甲,乙,丙', ...rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))].join('\r\n');
				const expected = rows.filter((row) => row.some((value) => value !== ''));
				expect(texts(Buffer.from(text)).slice(1)).toEqual(expected.map((row) => [...row]));
			}),
		);
	});
});
