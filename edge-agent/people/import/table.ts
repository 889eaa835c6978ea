import type { FileEncoding } from '../../contract/import.api.js';

/** A cell that is more than its text. */
export interface MarkedCell {
	readonly text: string;
	/** number: Excel took what was typed for a number. formula: the value that was calculated last. no-value: a formula never calculated. */
	readonly mark: 'number' | 'formula' | 'no-value' | 'error';
}
/** A plain text, mostly; `''` is an empty cell. */
export type Cell = string | MarkedCell;

export interface TableRow {
	/** As the file counts, from 1. */
	readonly number: number;
	readonly cells: readonly Cell[];
}

/** A file as rows of cells, without those that are empty. */
export interface Table {
	readonly format: 'xlsx' | 'csv';
	readonly encoding: FileEncoding | null;
	readonly delimiter: ',' | ';' | '\t' | null;
	readonly sheet: string | null;
	readonly sheets: readonly string[];
	readonly rows: readonly TableRow[];
}

export const EMPTY: Cell = '';

export function textOf(cell: Cell | undefined): string {
	return typeof cell === 'object' ? cell.text : (cell ?? '');
}

/** The column's name in Excel: A, B, …, Z, AA. */
export function columnLetter(column: number): string {
	return column < 26 ? String.fromCharCode(65 + column) : columnLetter(Math.floor(column / 26) - 1) + columnLetter(column % 26);
}
