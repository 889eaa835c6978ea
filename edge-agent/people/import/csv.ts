import { CsvError, parse } from 'csv-parse/sync';
import type { FileEncoding } from '../../contract/import.api.js';
import { BadFileError } from './bad-file.js';
import { decodeText, guessEncoding } from './encoding.js';
import { MAX_COLUMNS, MAX_ROW_CHARS, MAX_ROWS } from './limits.js';
import type { Table, TableRow } from './table.js';

const delimiters = [',', ';', '\t'] as const;
type Delimiter = (typeof delimiters)[number];

/** How many lines the delimiter is guessed from. */
const GUESS_LINES = 20;
/** Headings may stand below a title. */
const HEADING_ROWS = 10;

export interface CsvOptions {
	readonly encoding?: FileEncoding | undefined;
	readonly delimiter?: Delimiter | undefined;
}

/** @throws BadFileError */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): Table {
	const encoding = options.encoding ?? guessEncoding(bytes);
	const text = decodeText(bytes, encoding);
	if (isNoText(text.slice(0, 4096))) throw new BadFileError('binary');
	const delimiter = options.delimiter ?? guessDelimiter(text);
	const rows = records(text, delimiter)
		.map((cells, index): TableRow => ({ number: index + 1, cells: cells.slice(0, MAX_COLUMNS).map(plain) }))
		.filter(({ cells }) => cells.some((cell) => cell !== ''));
	return { format: 'csv', encoding, delimiter, sheet: null, sheets: [], rows };
}

/** Control characters that a text may have: white space, and what DOS ends a file with. */
const IN_TEXTS = '\t\n\v\f\r\u001A';

/** Without this a picture or a PDF would be a table of strange columns. */
function isNoText(beginning: string): boolean {
	return /^(%PDF-|\{\\rtf)/.test(beginning) || [...beginning].some((letter) => letter < ' ' && !IN_TEXTS.includes(letter));
}

/** Without the apostrophe that keeps a spreadsheet from taking the text for a formula; an export writes it (log/visits-export.ts). */
function plain(cell: string): string {
	return cell.replace(/^'(?=[\s\p{C}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/u, '').trim();
}

function records(text: string, delimiter: Delimiter): string[][] {
	try {
		return parse(text, {
			...{ delimiter, recordDelimiter: ['\r\n', '\n', '\r'], relaxColumnCount: true, relaxQuotes: true },
			...{ maxRecordSize: MAX_ROW_CHARS, to: MAX_ROWS + HEADING_ROWS + 1 },
		});
	} catch (error) {
		if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')
			throw new BadFileError('open-quote', String('lines' in error ? error.lines : ''));
		throw new BadFileError('damaged');
	}
}

/** The one that splits the first lines most evenly, the comma when none does. */
export function guessDelimiter(text: string): Delimiter {
	const lines = text
		.slice(0, 64 * 1024)
		.split(/\r\n|\n|\r/, GUESS_LINES)
		.filter((line) => line.trim() !== '');
	const scores = delimiters.map((delimiter) => {
		const counts = lines.map((line) => line.replaceAll(/"[^"]*"/g, '').split(delimiter).length - 1);
		const most = Math.max(0, ...counts);
		return { delimiter, even: counts.filter((count) => count > 0 && count === most).length, most };
	});
	const [best] = scores.toSorted((a, b) => b.even - a.even || b.most - a.most);
	return best && best.even > 0 ? best.delimiter : ',';
}
