import type { ImportField, ImportKind, PeopleFormat } from '../../contract/import.api.js';
import type { Language } from '../../contract/vocabulary.js';
import { csvLine } from '../../log/visits-export.js';
import type { StoredPeople } from './draft.js';
import { fieldsOf, headingOf } from './headings.js';
import { roleWord } from './judge-staff.js';

/** Customers or staff as a table of texts, headings first; an import takes it as it is. */
export function peopleTable(kind: ImportKind, { customers, staff }: StoredPeople, language: Language): string[][] {
	const fields = fieldsOf(kind);
	const headings = fields.map((field) => headingOf(kind, field, language));
	const rows = kind === 'customers' ? customerRows(customers, staff, fields) : staffRows(staff, fields, language);
	return [headings, ...rows];
}

function customerRows(customers: StoredPeople['customers'], staff: StoredPeople['staff'], fields: readonly ImportField[]): string[][] {
	const people = new Map(staff.map((person) => [person.id, person.name]));
	const several = new Set(staff.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) !== index));
	// Of two people of one name, the id says which.
	const consultant = (id: string) => {
		const name = people.get(id);
		return name === undefined || several.has(name) ? id : name;
	};
	return customers.map((customer) => {
		const texts: { readonly [F in ImportField]?: string | null } = {
			...customer,
			consultant: customer.consultant === null ? null : consultant(customer.consultant),
		};
		return fields.map((field) => texts[field] ?? '');
	});
}

function staffRows(staff: StoredPeople['staff'], fields: readonly ImportField[], language: Language): string[][] {
	const [yes, no] = language === 'zh' ? ['是', '否'] : ['yes', 'no'];
	return staff.map(({ id, name, role, onDuty }) => {
		const texts: { readonly [F in ImportField]?: string } = { id, name, role: roleWord(role, language), onDuty: onDuty ? yes : no };
		return fields.map((field) => texts[field] ?? '');
	});
}

/** The table as a file's bytes. */
export async function peopleFile(table: readonly string[][], format: PeopleFormat): Promise<Uint8Array> {
	// The byte order mark makes Excel read UTF-8.
	if (format === 'csv') return Buffer.from(`\uFEFF${table.map(csvLine).join('')}`);
	const { default: writeExcelFile } = await import('write-excel-file/node');
	const [headings = [], ...rows] = table;
	// Every cell is text: a telephone keeps its digits, and nothing is a formula.
	// Of words that every JavaScript object knows (`constructor`) the writer loses its count; a space, which an import drops, makes others of them.
	const cell = (value: string) => ({ value: value in {} ? `${value} ` : value, type: String, format: '@' });
	const sheet = [headings.map((value) => ({ ...cell(value), fontWeight: 'bold' as const })), ...rows.map((row) => row.map(cell))];
	return writeExcelFile(sheet, { columns: headings.map(() => ({ width: 18 })), stickyRowsCount: 1 }).toBuffer();
}
