import type { Duplicates, ImportCounts, ImportField, ImportIssueCode, ImportRowView } from '../../contract/import.api.js';
import type { Role } from '../../contract/vocabulary.js';
import { type Cell, type TableRow, textOf } from './table.js';

/** A customer as the store has them, or as they will be. */
export interface CustomerTexts {
	readonly name: string;
	readonly telephone: string | null;
	readonly consultant: string | null;
	readonly model: string | null;
	readonly note: string | null;
}
export interface StaffTexts {
	readonly name: string;
	readonly role: Role;
	readonly onDuty: boolean;
}

/** What a row will write. `id` null: somebody new. `before`: as the store had them. */
export type Write<T> =
	| { readonly id: string | null; readonly before: null; readonly after: T }
	| { readonly id: string; readonly before: T; readonly after: T };

export interface JudgedRow<T = CustomerTexts | StaffTexts> {
	readonly number: number;
	readonly state: ImportRowView['state'];
	readonly values: ImportRowView['values'];
	readonly issues: readonly { readonly code: ImportIssueCode; readonly field: ImportField | null }[];
	readonly known: { readonly id: string; readonly name: string } | null;
	readonly repeats: boolean;
	/** null: the row is in error, or is skipped. */
	readonly write: Write<T> | null;
}

/** How a row is to be read and judged. */
export interface Judging {
	/** The field of each column. */
	readonly fields: readonly (ImportField | null)[];
	readonly duplicates: Duplicates;
	/** Who was chosen for a consultant's name that is nobody's here. */
	readonly consultants: ReadonlyMap<string, string | null>;
}

const longest: { readonly [F in ImportField]?: number } = { model: 100, note: 1000, consultant: 100 };

/** A row on its way to being judged: its cells by field, and what was found so far. */
export class RowUnderJudgement {
	readonly values: { [K in ImportField]?: string } = {};
	readonly issues: { readonly code: ImportIssueCode; readonly field: ImportField | null }[] = [];
	readonly #failed = new Set<ImportField>();
	readonly #cells = new Map<ImportField, Cell>();

	constructor(
		readonly row: TableRow,
		fields: Judging['fields'],
	) {
		for (const [column, field] of fields.entries()) {
			const cell = row.cells[column];
			if (field === null || cell === undefined || cell === '') continue;
			this.#cells.set(field, cell);
			this.values[field] = textOf(cell);
			this.#look(field, cell);
		}
	}

	cell(field: ImportField): Cell {
		return this.#cells.get(field) ?? '';
	}

	/** The field's text on one line; null where it is empty. */
	text(field: ImportField): string | null {
		const text = textOf(this.cell(field)).replaceAll(/\s+/g, ' ').trim();
		return text === '' ? null : text;
	}

	get failed(): boolean {
		return this.#failed.size > 0;
	}

	/** Whether this field's cell cannot be read at all. */
	failedIn(field: ImportField): boolean {
		return this.#failed.has(field);
	}

	error(code: ImportIssueCode, field: ImportField): void {
		this.#failed.add(field);
		this.issues.push({ code, field });
	}

	warn(code: ImportIssueCode, field: ImportField | null): void {
		this.issues.push({ code, field });
	}

	judged<T>(found: Pick<JudgedRow<T>, 'known' | 'repeats' | 'write'>): JudgedRow<T> {
		const state = this.failed ? 'error' : this.issues.length > 0 ? 'warning' : 'ok';
		return { number: this.row.number, state, values: this.values, issues: this.issues, ...found };
	}

	/** Judges the person's name, which every kind has. Answers `''` for one that will not do. */
	name(): string {
		const name = this.text('name');
		if (this.failedIn('name')) return '';
		if (name === null) this.error('name-missing', 'name');
		else if ([...name].length > 40) this.error('name-too-long', 'name');
		else if (/^[\d\s+.:-]+$/.test(name)) this.warn('name-is-number', 'name');
		return name ?? '';
	}

	#look(field: ImportField, cell: Cell): void {
		const problem = problemOf(field, cell);
		if (problem !== null) this.error(problem, field);
		else if (typeof cell === 'object' && cell.mark === 'formula') this.warn('formula', field);
		// Numbers may begin with + and remarks with a dash.
		else if (field !== 'telephone' && /^\s*[=@＝＠]/.test(textOf(cell))) this.warn('formula-text', field);
	}
}

/** What is wrong with a cell, whatever it should hold. */
function problemOf(field: ImportField, cell: Cell): ImportIssueCode | null {
	const text = textOf(cell);
	const mark = typeof cell === 'object' ? cell.mark : null;
	if (mark === 'no-value') return 'formula-without-value';
	if (mark === 'error' || /^#(N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|SPILL!)$/.test(text)) return 'cell-error';
	if (text.includes('\uFFFD') || !text.isWellFormed()) return 'not-readable';
	if (text.length > (longest[field] ?? 200)) return field === 'name' ? 'name-too-long' : 'too-long';
	return null;
}

/** What confirming does with the row. */
export function wouldDo(row: JudgedRow): ImportRowView['would'] {
	if (row.state === 'error') return 'nothing';
	if (row.write === null) return 'skip';
	return row.write.before === null ? 'add' : 'update';
}

export function counted(rows: readonly JudgedRow[]): ImportCounts {
	const counts = { added: 0, updated: 0, skipped: 0 };
	for (const row of rows) {
		const would = wouldDo(row);
		if (would === 'add') counts.added += 1;
		if (would === 'update') counts.updated += 1;
		if (would === 'skip') counts.skipped += 1;
	}
	return counts;
}
