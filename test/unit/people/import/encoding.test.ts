import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, guessEncoding } from '../../../../edge-agent/people/import/encoding.js';
import { gbkBytes, gbkCharacters } from './gbk.js';

const text = fc.string({ unit: 'grapheme' }).filter((value) => value.isWellFormed() && !value.startsWith('\uFEFF'));

describe('the encoding of a text file', () => {
	it('is UTF-8 for whatever is valid UTF-8, with and without a byte order mark', () => {
		fc.assert(
			fc.property(text, fc.boolean(), (value, mark) => {
				const bytes = Buffer.from(mark ? `\uFEFF${value}` : value);
				fc.pre(!(bytes[0] === 0xff && bytes[1] === 0xfe));
				expect(guessEncoding(bytes)).toBe('utf-8');
				expect(decodeText(bytes, 'utf-8')).toBe(value);
			}),
		);
	});

	it('is UTF-16 by its byte order mark', () => {
		fc.assert(
			fc.property(text, (value) => {
				const bytes = Buffer.from(`\uFEFF${value}`, 'utf16le');
				expect(guessEncoding(bytes)).toBe('utf-16le');
				expect(decodeText(bytes, 'utf-16le')).toBe(value);
			}),
		);
	});

	it('is UTF-16 without its mark too, in either order, where commas and digits give it away', () => {
		const letters = fc.array(fc.constantFrom(...'姓名手机一安娜王芳,,13800138000\n'), { minLength: 10, maxLength: 200 });
		fc.assert(
			fc.property(letters, (chosen) => {
				const bytes = Buffer.from(`姓名,手机\r\n${chosen.join('')},13800138000\r\n`, 'utf16le');
				expect(guessEncoding(bytes)).toBe('utf-16le');
				expect(guessEncoding(bytes.swap16())).toBe('utf-16be');
			}),
		);
	});

	it('stays UTF-8 when a letter here and there is broken', () => {
		const bytes = Buffer.from(`${'姓名,手机,备注\n'.repeat(10)}王芳`);
		expect(guessEncoding(bytes.subarray(0, -1))).toBe('utf-8');
		expect(guessEncoding(Buffer.concat([bytes, Uint8Array.of(0xb0)]))).toBe('utf-8');
	});

	it('is GB18030 for the rest, and what it then reads is what was written', () => {
		const characters = gbkCharacters();
		let guessed = 0;
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...characters, ...'abc,13800138000\n'), { minLength: 1, maxLength: 200 }), (letters) => {
				const value = letters.join('');
				const bytes = gbkBytes(value);
				const encoding = guessEncoding(bytes);
				const isValidUtf8 = Buffer.from(bytes).toString('utf8').includes('\uFFFD') === false;
				// Valid UTF-8 wins, be it by chance; whoever sees wrong letters then chooses GB18030.
				expect(encoding).toBe(isValidUtf8 ? 'utf-8' : 'gb18030');
				if (encoding === 'gb18030') guessed += 1;
				expect(decodeText(bytes, 'gb18030')).toBe(value);
			}),
		);
		expect(guessed).toBeGreaterThan(50);
	});

	it('is right for the heading of every dealer file in GBK', () => {
		for (const heading of ['姓名,手机', '客户姓名;联系电话', '客户名称\t所属顾问\t意向车型\t备注', '员工姓名,岗位'])
			expect(guessEncoding(gbkBytes(heading))).toBe('gb18030');
	});

	it('can be mistaken about two bytes, and the option puts it right', () => {
		const bytes = gbkBytes('模');
		expect(guessEncoding(bytes)).toBe('utf-8');
		expect(decodeText(bytes, 'gb18030')).toBe('模');
	});
});
