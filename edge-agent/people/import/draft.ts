import type {
	DraftColumn,
	DraftView,
	Duplicates,
	ImportChange,
	ImportCounts,
	ImportField,
	ImportKind,
	ImportRowView,
} from '../../contract/import.api.js';
import { BadFileError } from './bad-file.js';
import { Consultants } from './consultants.js';
import { fieldsOf, findHeadings } from './headings.js';
import { byTelephone, judgeCustomers, type StoredCustomer } from './judge-customers.js';
import { judgeStaff, type StoredStaff } from './judge-staff.js';
import { type CustomerTexts, counted, type JudgedRow, type StaffTexts, wouldDo } from './judged.js';
import { MAX_ROWS } from './limits.js';
import { type ReadOptions, readTable } from './read-table.js';
import { columnLetter, type Table, type TableRow, textOf } from './table.js';

/** The store's people, as an import compares a file with them. */
export interface StoredPeople {
	readonly customers: readonly StoredCustomer[];
	readonly staff: readonly StoredStaff[];
	/** Ids of staff who may not sign in. */
	readonly disabled: ReadonlySet<string>;
}

/** A row as a screen shows it, its issues still as codes. */
export type DraftRow = Omit<ImportRowView, 'issues'> & { readonly issues: JudgedRow['issues'] };

const EXAMPLES = 3;

/** A file on its way into the store: read, its columns guessed, every row judged. Writes nothing. */
export class Draft {
	readonly #kind: ImportKind;
	readonly #file: string;
	readonly #bytes: Uint8Array;
	#reading: ReadOptions = {};
	#table: Table | null = null;
	#headings: TableRow = { number: 1, cells: [] };
	#rows: readonly TableRow[] = [];
	#fields: (ImportField | null)[] = [];
	#duplicates: Duplicates = 'fill';
	readonly #consultants = new Map<string, string | null>();
	#judged: readonly JudgedRow[] = [];
	#staff = new Consultants([]);

	constructor(kind: ImportKind, file: string, bytes: Uint8Array) {
		this.#kind = kind;
		this.#file = file;
		this.#bytes = bytes;
	}

	/** Reads the file and judges it. @throws BadFileError */
	async read(people: StoredPeople): Promise<void> {
		await this.#read(this.#reading);
		this.judge(people);
	}

	/** Reads it otherwise, or sees it otherwise, as somebody wishes. @throws BadFileError and changes nothing then */
	async change(change: ImportChange, people: StoredPeople): Promise<void> {
		const { encoding, delimiter, sheet, columns, duplicates, consultants } = change;
		if (encoding !== undefined || delimiter !== undefined || sheet !== undefined) {
			const reading = {
				encoding: encoding ?? this.#reading.encoding,
				delimiter: delimiter ?? this.#reading.delimiter,
				sheet: sheet ?? this.#reading.sheet,
			};
			await this.#read(reading);
			this.#reading = reading;
		}
		for (const [column, field] of Object.entries(columns ?? {})) this.#setColumn(Number(column), field);
		if (duplicates !== undefined) this.#duplicates = duplicates;
		for (const [text, staff] of Object.entries(consultants ?? {})) this.#consultants.set(text, staff);
		this.judge(people);
	}

	/** Compares every row with the store as it now is. */
	judge({ customers, staff }: StoredPeople): void {
		this.#staff = new Consultants(staff);
		const judging = { fields: this.#fields, duplicates: this.#duplicates, consultants: this.#consultants };
		this.#judged =
			this.#kind === 'customers'
				? judgeCustomers(this.#rows, judging, byTelephone(customers), this.#staff)
				: judgeStaff(this.#rows, judging, staff);
	}

	/** Whether anything would be written. */
	get ready(): boolean {
		const { added, updated } = this.counts();
		return this.#missing().length === 0 && added + updated > 0;
	}

	counts(): ImportCounts {
		return counted(this.#judged);
	}

	/** What is to be written, in the file's order. */
	writes(): NonNullable<JudgedRow<CustomerTexts | StaffTexts>['write']>[] {
		return this.#judged.flatMap(({ write }) => (write === null ? [] : [write]));
	}

	view(): Omit<DraftView, 'expiresAt'> {
		const { format, encoding, delimiter, sheet, sheets } = this.#table ?? {
			format: 'csv',
			encoding: null,
			delimiter: null,
			sheet: null,
			sheets: [],
		};
		const having = (state: JudgedRow['state']) => this.#judged.filter((row) => row.state === state).length;
		const needed = this.#missing();
		return {
			...{ file: this.#file, format, encoding, delimiter, sheet, sheets, headingRow: this.#headings.number, columns: this.#columns() },
			missing: needed,
			unused: fieldsOf(this.#kind).filter((field) => !this.#fields.includes(field) && !needed.includes(field)),
			duplicates: this.#duplicates,
			rows: { total: this.#judged.length, ok: having('ok'), warning: having('warning'), error: having('error') },
			would: this.counts(),
			known: this.#judged.filter(({ known }) => known !== null).length,
			repeated: this.#judged.filter(({ repeats }) => repeats).length,
			strangers: this.#strangers(),
		};
	}

	rows(show: 'all' | JudgedRow['state'], offset: number, limit: number): { total: number; rows: DraftRow[] } {
		const shown = show === 'all' ? this.#judged : this.#judged.filter(({ state }) => state === show);
		const rows = shown.slice(offset, offset + limit).map((row): DraftRow => {
			const { number, state, values, issues, known } = row;
			return { row: number, state, would: wouldDo(row), values, issues, known };
		});
		return { total: shown.length, rows };
	}

	async #read(options: ReadOptions): Promise<void> {
		const table = await readTable(this.#bytes, this.#file, options);
		const headings = findHeadings(table.rows, this.#kind);
		const row = headings && table.rows[headings.index];
		if (!row) throw new BadFileError('no-headings');
		const rows = table.rows.slice(headings.index + 1);
		if (rows.length === 0) throw new BadFileError('no-rows');
		if (rows.length > MAX_ROWS) throw new BadFileError('too-many-rows');
		this.#table = table;
		this.#headings = row;
		this.#rows = rows;
		this.#fields = [...headings.fields];
	}

	/** A field stands in one column only. */
	#setColumn(column: number, field: ImportField | null): void {
		if (field !== null && !fieldsOf(this.#kind).includes(field)) return;
		this.#fields = Array.from({ length: Math.max(this.#fields.length, column + 1) }, (_, at) => {
			const before = this.#fields[at] ?? null;
			return at === column ? field : before === field ? null : before;
		});
	}

	#missing(): ImportField[] {
		return this.#fields.includes('name') ? [] : ['name'];
	}

	#columns(): DraftColumn[] {
		const width = Math.max(this.#headings.cells.length, ...this.#rows.slice(0, 100).map(({ cells }) => cells.length));
		return Array.from({ length: width }, (_, column) => ({
			column,
			letter: columnLetter(column),
			heading: textOf(this.#headings.cells[column]),
			field: this.#fields[column] ?? null,
			examples: this.#rows
				.slice(0, 50)
				.map(({ cells }) => textOf(cells[column]).slice(0, 60))
				.filter((text) => text !== '')
				.slice(0, EXAMPLES),
		}));
	}

	#strangers(): DraftView['strangers'] {
		const column = this.#fields.indexOf('consultant');
		if (this.#kind !== 'customers' || column < 0) return [];
		const rows = new Map<string, number>();
		for (const { cells } of this.#rows) {
			const text = textOf(cells[column]).replaceAll(/\s+/g, ' ').trim();
			if (text !== '') rows.set(text, (rows.get(text) ?? 0) + 1);
		}
		return [...rows]
			.sort(([, a], [, b]) => b - a)
			.flatMap(([text, count]) => {
				const meant = this.#staff.find(text);
				if ('staff' in meant) return [];
				const chosen = this.#consultants.get(text);
				return [{ text, rows: count, proposals: meant.proposals, ...(chosen === undefined ? {} : { chosen }) }];
			})
			.slice(0, 200);
	}
}
