import type { ImportIssueCode } from '../../contract/import.api.js';
import { type Cell, textOf } from './table.js';

/** A telephone as it is kept, or why there is none; `issue` beside a telephone is a warning. */
export interface ReadTelephone {
	readonly telephone: string | null;
	readonly issue: Extract<ImportIssueCode, `telephone-${string}`> | null;
}

/**
 * The telephone that a cell means. Spreadsheets take telephones for numbers: they drop a leading zero (put back for a Chinese area code), and as
 * text show `1.38E+10`, whose digits are gone unless every one is written out.
 */
export function readTelephone(cell: Cell): ReadTelephone {
	const isNumber = typeof cell === 'object' && cell.mark === 'number';
	const text = textOf(cell)
		.normalize('NFKC')
		// An apostrophe or tab keeps a spreadsheet from taking it for a number; soft and zero-width signs come from web pages.
		.replaceAll(/\p{Cf}|^'/gu, '')
		.trim();
	if (text === '' || /^[-—–/\\.无]+$|^(n\/?a|null|none)$/i.test(text)) return none('telephone-missing');
	const power = /^\+?(\d(?:\.\d+)?)e\+?(\d{1,2})$/i.exec(text);
	if (power) return powerOfTen(power[1] ?? '', Number(power[2]));
	if (/\d[\d\s-]*[*xX×#]{2,}/.test(text) || /^\*+\d/.test(text)) return none('telephone-masked');
	const [first = '', ...more] = text.split(/\s*[/,;、，；|\n]\s*/u).filter((part) => part !== '');
	const read = oneTelephone(first.replace(/^(tel|电话|手机|mobile)\s*[::]?\s*/iu, ''), isNumber);
	return read.telephone !== null && more.length > 0 ? { ...read, issue: read.issue ?? 'telephone-first-of-several' } : read;
}

function oneTelephone(text: string, isNumber: boolean): ReadTelephone {
	// `13800138000.0` is what a number becomes on its way through some programs; an extension is left out.
	const typed = text.replace(/\.0+$/, '').replace(/\s*(转|分机|ext\.?|x)\s*\d{1,6}$/iu, '');
	// A date, from a column beside the telephones.
	if (/^(19|20)\d\d-\d\d?-\d\d?( |$)/.test(typed)) return none('telephone-wrong');
	if (/[^\d\s()+.\-‐-―·]/u.test(typed)) return none('telephone-wrong');
	const kept = typed.replaceAll(/[^\d+]/g, '');
	const digits = kept.replace(/^(\+|00)86(?=\d{7})/, '').replace(/^86(?=1[3-9]\d{9}$)/, '');
	if (/^\+\d{7,15}$/.test(digits)) return { telephone: digits, issue: null };
	if (!/^\d+$/.test(digits)) return none('telephone-wrong');
	if (/^1[3-9]\d{9}$/.test(digits)) return { telephone: digits, issue: null };
	// An area code has lost its zero: 10 or 2x and eight digits, or three digits and seven or eight.
	if (isNumber && /^(10\d{8}|2\d{9}|[3-9]\d{9,10})$/.test(digits)) return { telephone: `0${digits}`, issue: 'telephone-zero-restored' };
	// What looks like a mobile must have its eleven digits.
	if (/^1[3-9]\d+$/.test(digits)) return none('telephone-digits');
	return /^\d{5,13}$/.test(digits) ? { telephone: digits, issue: null } : none('telephone-digits');
}

/** `1.38E+10`: good only when the fraction has as many digits as the power moves the point. */
function powerOfTen(mantissa: string, power: number): ReadTelephone {
	const [whole = '', fraction = ''] = mantissa.split('.');
	if (fraction.length !== power) return none('telephone-shortened');
	return oneTelephone(whole + fraction, true);
}

function none(issue: ReadTelephone['issue']): ReadTelephone {
	return { telephone: null, issue };
}
