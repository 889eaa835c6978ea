/**
 * What of a person is erased together, and so is sealed with a data key of its own. face: templates and photographs; texts: names,
 * telephones, notes.
 */
export type KeyScope = 'face' | 'texts';

/** A table with columns that are sealed, or say something of what was sealed. Whatever is named here goes when its person is erased. */
export interface SealedTable {
	readonly table: string;
	/** The column that names the person, or the visit whose texts go together; rows are named by `id`. */
	readonly person: 'id' | 'person' | 'visit';
	readonly columns: readonly string[];
	/** Columns of keyed hashes, which are the same for the same text: others may have them too. */
	readonly codes?: readonly string[];
	readonly scope: KeyScope;
}

/**
 * Every such table. To add one: list it here, make its columns BLOB, and write and read them through PersonKeys (how: at the top of
 * log/row-changes.store.ts).
 */
export const sealedTables: readonly SealedTable[] = [
	{ table: 'customers', person: 'id', columns: ['name', 'telephone'], codes: ['telephone_code', 'last_four_code'], scope: 'texts' },
	{ table: 'staff', person: 'id', columns: ['name'], scope: 'texts' },
	{ table: 'customer_notes', person: 'id', columns: ['model', 'note'], scope: 'texts' },
	{ table: 'import_rows', person: 'person', columns: ['before'], scope: 'texts' },
	{ table: 'checkin_texts', person: 'id', columns: ['name', 'telephone'], scope: 'texts' },
	{ table: 'visit_texts', person: 'visit', columns: ['text'], scope: 'texts' },
	{ table: 'guest_texts', person: 'id', columns: ['name', 'telephone'], codes: ['telephone_code'], scope: 'texts' },
	{ table: 'templates', person: 'person', columns: ['descriptor'], scope: 'face' },
	{ table: 'photographs', person: 'person', columns: ['jpeg'], scope: 'face' },
	{ table: 'grant_texts', person: 'person', columns: ['guardian'], scope: 'texts' },
];
