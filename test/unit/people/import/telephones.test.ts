import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTelephone } from '../../../../edge-agent/people/import/telephones.js';

const number = (text: string) => ({ text, mark: 'number' as const });
const mobile = fc
	.tuple(fc.constantFrom('3', '5', '7', '8', '9'), fc.stringMatching(/^\d{9}$/))
	.map(([second, rest]) => `1${second}${rest}`);

describe('a telephone in a file', () => {
	it('is read however it is written', () => {
		fc.assert(
			fc.property(mobile, (digits) => {
				const [a, b, c] = [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)];
				const fullWidth = [...digits].map((digit) => String.fromCharCode(0xff10 + Number(digit))).join('');
				for (const written of [
					...[digits, `${a} ${b} ${c}`, `${a}-${b}-${c}`, `+86 ${digits}`, `0086${digits}`, `86${digits}`, `'${digits}`, `\t${digits}`],
					...[fullWidth, `${digits}.0`, `（${a}）${b}${c}`, `手机：${digits}`, `\u202D${digits}\u202C`],
				])
					expect([written, readTelephone(written)]).toEqual([written, { telephone: digits, issue: null }]);
				expect(readTelephone(number(digits))).toEqual({ telephone: digits, issue: null });
			}),
		);
	});

	it.each([
		['1.38E+10', 'telephone-shortened'],
		['1.38001E+10', 'telephone-shortened'],
		['1.3800138E10', 'telephone-shortened'],
		['138****8000', 'telephone-masked'],
		['138xxxx8000', 'telephone-masked'],
		['1380013800', 'telephone-digits'],
		['138001380001', 'telephone-digits'],
		['310104199001011234', 'telephone-digits'],
		['张三', 'telephone-wrong'],
		['见备注', 'telephone-wrong'],
		['', 'telephone-missing'],
		['无', 'telephone-missing'],
		['-', 'telephone-missing'],
	])('%j is none: %s', (text, issue) => {
		expect(readTelephone(text)).toEqual({ telephone: null, issue });
	});

	it('is whole in scientific writing only with every digit', () => {
		expect(readTelephone('1.3800138000E+10')).toEqual({ telephone: '13800138000', issue: null });
	});

	it.each([
		['02158881234', '2158881234'],
		['01065551234', '1065551234'],
		['07551234567', '7551234567'],
		['075512345678', '75512345678'],
	])('%s has its zero put back after Excel dropped it', (telephone, text) => {
		expect(readTelephone(number(text))).toEqual({ telephone, issue: 'telephone-zero-restored' });
	});

	it.each([
		['021-5888 1234', '02158881234'],
		['400-820-8820', '4008208820'],
		['+852 9123 4567', '+85291234567'],
		['021-58881234转801', '02158881234'],
	])('%s is read as %s', (text, telephone) => {
		expect(readTelephone(text)).toEqual({ telephone, issue: null });
	});

	it('is the first of several, with a warning', () => {
		for (const text of ['13800138000/13900139000', '13800138000、13900139000', '13800138000；13900139000', '13800138000\n13900139000'])
			expect(readTelephone(text)).toEqual({ telephone: '13800138000', issue: 'telephone-first-of-several' });
	});

	it('never throws, and never answers what is no telephone', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, isNumber) => {
				const { telephone } = readTelephone(isNumber ? number(text) : text);
				if (telephone !== null) expect(telephone).toMatch(/^\+?\d{5,15}$/);
			}),
		);
	});
});
