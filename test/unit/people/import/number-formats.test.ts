import { expect, it } from 'vitest';
import { dateStyles, dateText } from '../../../../edge-agent/people/import/number-formats.js';

it.each([
	[46348, '2026-11-22'],
	[46348.5, '2026-11-22 12:00'],
	[0.75, '18:00'],
	// 1900 was no leap year, whatever Excel believes.
	[1, '1900-01-01'],
	[59, '1900-02-28'],
	[61, '1900-03-01'],
	[2_958_465, '9999-12-31'],
	[2_958_466, null],
	[-1, null],
])('%d is %s', (serial, text) => expect(dateText(serial, false)).toBe(text));

it('counts from 1904 where the workbook does', () => {
	expect(dateText(46348 - 1462, true)).toBe('2026-11-22');
});

it.each([
	['yyyy"年"m"月"d"日"', true],
	['[$-804]yyyy/m/d', true],
	['[h]:mm', true],
	['h:mm AM/PM', true],
	['General', false],
	['0.00E+00', false],
	['#,##0.00', false],
	['[Red]#,##0', false],
	['"dm"0', false],
	['0\\d', false],
	['_-* #,##0_-', false],
	['@', false],
])('a cell formatted %s holds a date: %s', (code, is) => {
	const styles = `<x:styleSheet><x:numFmts><x:numFmt numFmtId="180" formatCode="${code.replaceAll('"', '&quot;')}"/></x:numFmts><x:cellStyleXfs><x:xf numFmtId="14"/></x:cellStyleXfs><x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="180"/><x:xf numFmtId="14"/></x:cellXfs></x:styleSheet>`;
	const isDate = dateStyles(styles);
	expect([isDate(0), isDate(1), isDate(2), isDate(3)]).toEqual([false, is, true, false]);
});
