import { type Cell, EMPTY, type TableRow } from './table.js';

/** What a reference such as `BC12` means: column from 0, row as the file counts. */
export interface Place {
	readonly column: number;
	readonly row: number;
}

export function place(reference: string): Place | null {
	const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(reference) ?? [];
	return letters === undefined ? null : { column: columnNumber(letters), row: Number(digits) };
}

/** The column of `BC`, from 0. */
export function columnNumber(letters: string): number {
	let column = 0;
	for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
	return column - 1;
}

/**
 * Cells that were merged down a column hold their value once, in the topmost; the rows below mean the same (a consultant beside all of their
 * customers). Answers the rows with it in each.
 *
 * @param ranges such as `C3:C9`
 */
export function filledDown(rows: readonly TableRow[], ranges: readonly string[]): readonly TableRow[] {
	const merged = ranges
		.map((range) => {
			const [from, to] = range.split(':').map(place);
			return from && to && to.row > from.row ? { from, to } : null;
		})
		.filter((range) => range !== null)
		.sort((a, b) => a.from.row - b.from.row);
	if (merged.length === 0) return rows;
	const cells = new Map<number, Cell[]>(rows.map((row) => [row.number, [...row.cells]]));
	const numbers = [...cells.keys()].sort((a, b) => a - b);
	/** By column, the last row that was filled: ranges that overlap, which no Excel writes, are not gone over again and again. */
	const filled = new Map<number, number>();
	for (const { from, to } of merged) {
		const value = cells.get(from.row)?.[from.column] ?? EMPTY;
		if (value === EMPTY || from.row <= (filled.get(from.column) ?? 0)) continue;
		filled.set(from.column, to.row);
		for (let at = after(numbers, from.row); at < numbers.length; at++) {
			const number = numbers[at] ?? 0;
			if (number > to.row) break;
			const row = cells.get(number) ?? [];
			while (row.length <= from.column) row.push(EMPTY);
			if (row[from.column] === EMPTY) row[from.column] = value;
		}
	}
	return rows.map((row) => ({ number: row.number, cells: cells.get(row.number) ?? row.cells }));
}

/** Where the first number greater than this one stands. */
function after(numbers: readonly number[], wanted: number): number {
	let [low, high] = [0, numbers.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((numbers[middle] ?? 0) <= wanted) low = middle + 1;
		else high = middle;
	}
	return low;
}
