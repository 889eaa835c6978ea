import { attribute, elements, prefix, type XmlElement } from './xml.js';

/** Which of a workbook's cell styles show a number as a date or a time (ECMA-376, 18.8.30). Answers true for the index of such a style. */
export function dateStyles(styles: string): (style: number) => boolean {
	const own = prefix(styles) ?? '';
	const codes = new Map<string, string>();
	for (const format of inside(styles, `${own}numFmts`, `${own}numFmt`))
		codes.set(attribute(format, 'numFmtId') ?? '', attribute(format, 'formatCode') ?? '');
	const dates = [...inside(styles, `${own}cellXfs`, `${own}xf`)].map((xf) => {
		const id = attribute(xf, 'numFmtId') ?? '0';
		const code = codes.get(id);
		return code === undefined ? isBuiltInDate(Number(id)) : isDateCode(code);
	});
	return (style) => dates[style] ?? false;
}

function* inside(xml: string, list: string, name: string): Generator<XmlElement> {
	for (const { inner } of elements(xml, list)) yield* elements(inner, name);
}

/** 27 to 36 and 50 to 58 are dates in the East Asian versions of Excel. */
function isBuiltInDate(id: number): boolean {
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Whether a code like `yyyy"年"m"月"` has letters of dates outside quotation marks and brackets ([Red]; [h] is a time). */
function isDateCode(code: string): boolean {
	const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/giu, '');
	return /[ymdhs]/i.test(bare);
}

const DAY_MS = 86_400_000;
/** Days from 1904, Apple's old way, to Excel's own first day. */
const FROM_1904 = 1462;
/** 31 December 9999, the last day that Excel has. */
const LAST_DAY = 2_958_466;

/** `2026-11-22`, `2026-11-22 12:30` or `12:30` for a number that a cell shows as a date; null: it is none. */
export function dateText(serial: number, since1904: boolean): string | null {
	const days = since1904 ? serial + FROM_1904 : serial;
	if (!(days >= 0 && days < LAST_DAY)) return null;
	// Excel believes in a 29 February 1900, so days before it are one later than they count.
	const from = Date.UTC(1899, 11, days < 60 ? 31 : 30);
	const minutes = Math.round(days * 1440);
	const iso = new Date(from + Math.floor(minutes / 1440) * DAY_MS + (minutes % 1440) * 60_000).toISOString();
	const [date, time] = [iso.slice(0, 10), iso.slice(11, 16)];
	if (minutes % 1440 === 0) return date;
	return days < 1 ? time : `${date} ${time}`;
}
