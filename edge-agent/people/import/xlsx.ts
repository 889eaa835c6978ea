import { posix } from 'node:path';
import { BadFileError } from './bad-file.js';
import { MAX_COLUMNS, MAX_ROWS, MAX_TEXTS } from './limits.js';
import { columnNumber, filledDown } from './merged-cells.js';
import { dateStyles, dateText } from './number-formats.js';
import { type Cell, EMPTY, type Table, type TableRow, textOf } from './table.js';
import { attribute, elements, plain, prefix, streamed, type XmlElement } from './xml.js';
import { openZip, type ZipParts } from './zip.js';

/** Headings may stand below a title. */
const HEADING_ROWS = 10;
const WORKBOOK = 'xl/workbook.xml';
const STYLES = 'xl/styles.xml';
/** The most that one of the parts may have that are read as a whole, in characters. */
const MAX_PART_CHARS = 16 * 1024 * 1024;

/**
 * A sheet of a workbook (ECMA-376, SpreadsheetML), row by row as it is unpacked. Why it is read here rather than by a package:
 * docs/decisions/0005-reading-excel.md.
 *
 * @param wanted which sheet; the first one with rows when left out
 * @throws BadFileError
 */
export async function readXlsx(bytes: Uint8Array, wanted?: string): Promise<Table> {
	const zip = openZip(bytes);
	if (!zip.has(WORKBOOK)) throw new BadFileError('named-xlsx');
	const sheets = await sheetParts(zip);
	const candidates = wanted === undefined ? sheets.filter(({ hidden }) => !hidden) : sheets.filter(({ name }) => name === wanted);
	if (candidates.length === 0) throw new BadFileError(wanted === undefined ? 'empty-sheet' : 'no-sheet');
	const book: Book = {
		texts: zip.has('xl/sharedStrings.xml') ? await sharedTexts(zip) : [],
		isDate: zip.has(STYLES) ? dateStyles(await whole(zip, STYLES)) : () => false,
		since1904: /<(\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*["'](1|true)["']/.test(await whole(zip, WORKBOOK)),
	};
	for (const { name, part } of candidates) {
		const rows = await sheetRows(zip, part, book);
		if (rows.length === 0) continue;
		const names = sheets.filter(({ hidden }) => !hidden).map((sheet) => sheet.name);
		return { format: 'xlsx', encoding: null, delimiter: null, sheet: name, sheets: names, rows };
	}
	throw new BadFileError('empty-sheet');
}

/** What cells refer to. */
interface Book {
	readonly texts: readonly string[];
	readonly isDate: (style: number) => boolean;
	readonly since1904: boolean;
}

interface SheetPart {
	readonly name: string;
	readonly part: string;
	readonly hidden: boolean;
}

async function sheetParts(zip: ZipParts): Promise<SheetPart[]> {
	const relations = await whole(zip, 'xl/_rels/workbook.xml.rels');
	const targets = new Map<string, string>();
	for (const relation of elements(relations, `${prefix(relations) ?? ''}Relationship`))
		targets.set(attribute(relation, 'Id') ?? '', attribute(relation, 'Target') ?? '');
	const workbook = await whole(zip, WORKBOOK);
	return [...elements(workbook, `${prefix(workbook) ?? ''}sheet`)].flatMap((sheet) => {
		// The relation's own prefix, unlike `sheetId`.
		const target = targets.get(/:id\s*=\s*["']([^"']*)["']/.exec(sheet.attributes)?.[1] ?? '');
		const part = target?.startsWith('/') ? target.slice(1) : posix.join('xl', target ?? '');
		if (target === undefined || !zip.has(part)) return [];
		return [{ name: attribute(sheet, 'name') ?? '', part, hidden: (attribute(sheet, 'state') ?? 'visible') !== 'visible' }];
	});
}

async function whole(zip: ZipParts, part: string): Promise<string> {
	let text = '';
	for await (const piece of zip.read(part)) {
		text += piece;
		if (text.length > MAX_PART_CHARS) throw new BadFileError('bomb');
	}
	return text;
}

async function sharedTexts(zip: ZipParts): Promise<string[]> {
	const texts: string[] = [];
	for await (const { inner } of streamed(zip.read('xl/sharedStrings.xml'), 'si')) {
		texts.push(richText(inner));
		if (texts.length > MAX_TEXTS) throw new BadFileError('bomb');
	}
	return texts;
}

async function sheetRows(zip: ZipParts, part: string, book: Book): Promise<readonly TableRow[]> {
	const rows: TableRow[] = [];
	const merged: string[] = [];
	let number = 0;
	for await (const element of streamed(zip.read(part), 'row', 'mergeCells')) {
		if (element.local === 'mergeCells') {
			for (const [, range = ''] of element.inner.matchAll(/\bref\s*=\s*["']([A-Z0-9:]+)["']/g)) merged.push(range);
			continue;
		}
		number = Number(attribute(element, 'r')) || number + 1;
		const cells = rowCells(element, book);
		if (!cells.some((cell) => typeof cell === 'object' || cell !== '')) continue;
		rows.push({ number, cells });
		if (rows.length > MAX_ROWS + HEADING_ROWS) throw new BadFileError('too-many-rows');
	}
	return filledDown(rows, merged);
}

function rowCells({ inner }: XmlElement, book: Book): Cell[] {
	const cells: Cell[] = [];
	const own = /<(\w+:)?c[\s/>]/.exec(inner)?.[1] ?? '';
	for (const element of elements(inner, `${own}c`)) {
		const column = columnOf(attribute(element, 'r')) ?? cells.length;
		if (column >= MAX_COLUMNS) continue;
		while (cells.length < column) cells.push(EMPTY);
		cells[column] = cell(element, own, book);
	}
	return cells;
}

function cell(element: XmlElement, own: string, book: Book): Cell {
	if (element.inner === '') return EMPTY;
	const type = attribute(element, 't') ?? 'n';
	const inner = element.inner;
	const value = first(inner, `${own}v`);
	if (type === 'e') return { text: plain(value ?? ''), mark: 'error' };
	const formula = first(inner, `${own}f`) !== null;
	// An empty text is a value too, but only a text formula has one.
	if (formula && (value === null || (value === '' && type !== 'str'))) return { text: '', mark: 'no-value' };
	const found = valueText(element, type, value, book);
	if (found === null) return { text: plain(value ?? ''), mark: 'error' };
	if (formula) return { text: textOf(found), mark: 'formula' };
	return found;
}

/** null: the cell contradicts itself. */
function valueText(element: XmlElement, type: string, value: string | null, { texts, isDate, since1904 }: Book): Cell | null {
	switch (type) {
		case 's':
			return value === null ? EMPTY : (texts[Number(value)]?.trim() ?? null);
		case 'inlineStr':
			return richText(element.inner).trim();
		case 'n': {
			if (value === null || value === '') return EMPTY;
			// 1.3800138E10, as some writers have it, is 13800138000.
			const number = Number(value);
			if (!Number.isFinite(number)) return null;
			const date = isDate(Number(attribute(element, 's') ?? 0)) ? dateText(number, since1904) : null;
			return date ?? { text: String(number), mark: 'number' };
		}
		case 'b':
			return value === '1' ? 'TRUE' : 'FALSE';
		default:
			return plain(value ?? '').trim();
	}
}

function first(xml: string, name: string): string | null {
	const found = elements(xml, name).next();
	return found.done ? null : found.value.inner;
}

/** All of a text in several fonts, without how to pronounce it. */
function richText(xml: string): string {
	const own = /<(\w+:)?t[\s/>]/.exec(xml)?.[1] ?? '';
	let said = xml;
	for (const { inner } of elements(xml, `${own}rPh`)) said = said.replace(inner, '');
	return [...elements(said, `${own}t`)].map(({ inner }) => plain(inner)).join('');
}

/** The column of `BC12`, from 0. */
function columnOf(reference: string | null): number | null {
	const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
	return letters === undefined ? null : columnNumber(letters);
}
