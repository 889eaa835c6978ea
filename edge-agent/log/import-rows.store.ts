import type { ImportKind } from '../contract/import.api.js';
import type { Connection } from '../store/database.store.js';
import type { PersonKeys } from '../store/person-keys.store.js';
import type { RowChange } from './log.types.js';

/** An import as it is kept; without names, and without what the file was called. */
export interface ImportRecord {
	readonly id: string;
	readonly kind: ImportKind;
	/** final: done, too long ago to be undone. */
	readonly state: 'writing' | 'done' | 'final' | 'undoing' | 'undone';
	/** Unix ms */
	readonly at: number;
	readonly actor: string;
	readonly added: number;
	readonly updated: number;
	readonly skipped: number;
	/** By undoing, as are the next two. */
	readonly removed: number;
	readonly restored: number;
	readonly kept: number;
}

/** Whom an import added or updated. */
export interface ImportedPerson {
	readonly id: string;
	readonly person: string;
	readonly what: 'added' | 'updated';
	/** The person as they were, JSON; null for somebody added. */
	readonly before: string | null;
	/** Changed since, or known to the showroom by more than the import: a visit, a consent, a template, an account, a customer of theirs. */
	readonly inUse: boolean;
}

type SealedRow = Omit<ImportedPerson, 'before' | 'inUse'> & { readonly before: Uint8Array | null; readonly inUse: 0 | 1 };
type NotesRow = { readonly id: string; readonly model: Uint8Array | null; readonly note: Uint8Array | null };

/** What there is to say of them in a list. */
const NEWEST = 50;

/** Imports as they are kept, newest first. */
export function importRecords(database: Connection): ImportRecord[] {
	return database.prepare<[number], ImportRecord>('SELECT * FROM imports ORDER BY at DESC, id DESC LIMIT ?').all(NEWEST);
}

/** What imports and exports read of the store. */
export class ImportRows {
	readonly #people: PersonKeys;
	readonly #rows;
	readonly #notes;

	constructor(database: Connection, people: PersonKeys) {
		this.#people = people;
		this.#rows = database.prepare<[string, number], SealedRow>(`
			SELECT id, person, what, before, touched = 1
				OR EXISTS (SELECT 1 FROM templates t WHERE t.person = r.person)
				OR EXISTS (SELECT 1 FROM consent_grants g WHERE g.person = r.person)
				OR what = 'added' AND (
					EXISTS (SELECT 1 FROM visits v WHERE v.customer = r.person)
					OR EXISTS (SELECT 1 FROM access_records a WHERE a.id = 'account/' || r.person)
					OR r.person IN (SELECT consultant FROM customers WHERE consultant IS NOT NULL)
				) AS inUse
			FROM import_rows r WHERE import = ? ORDER BY id LIMIT ?`);
		this.#notes = database.prepare<[], NotesRow>('SELECT id, model, note FROM customer_notes');
	}

	/** The first of those whom taking the import back concerns. */
	people(importId: string, most: number): ImportedPerson[] {
		return this.#rows.all(importId, most).flatMap(({ before, inUse, ...row }) => {
			const texts = before === null ? { before: null } : this.#people.openTexts(row.person, 'import_rows', row.id, { before });
			return texts ? [{ ...row, ...texts, inUse: inUse === 1 }] : [];
		});
	}

	/** By customer. */
	notes(): Map<string, { readonly model: string | null; readonly note: string | null }> {
		return new Map(
			this.#notes.all().flatMap(({ id, ...sealed }) => {
				const texts = this.#people.openTexts(id, 'customer_notes', id, sealed);
				return texts ? [[id, texts] as const] : [];
			}),
		);
	}
}

/** Row changes that concern imports: see `RowChange`. */
export type ImportChange = Extract<RowChange, { table: 'imports' | 'import_rows' | 'customer_notes' }>;

/** Answers what writes them. */
export function importChanger(database: Connection, people: PersonKeys): (change: ImportChange) => void {
	const write = database.prepare(`
		INSERT INTO imports (id, kind, state, at, actor, added, updated, skipped, removed, restored, kept)
		VALUES (@id, @kind, @state, @at, @actor, @added, @updated, @skipped, @removed, @restored, @kept)
		ON CONFLICT DO UPDATE SET state = excluded.state, at = excluded.at, added = excluded.added, updated = excluded.updated,
			skipped = excluded.skipped, removed = excluded.removed, restored = excluded.restored, kept = excluded.kept`);
	const forget = database.prepare('DELETE FROM imports WHERE id = ?');
	const dropRows = database.prepare('DELETE FROM import_rows WHERE import = ?');
	const writeRow = database.prepare(
		'INSERT INTO import_rows (id, import, person, what, before) VALUES (@id, @import, @person, @what, @before)',
	);
	const dropRow = database.prepare('DELETE FROM import_rows WHERE id = ?');
	const writeNotes = database.prepare(`
		INSERT INTO customer_notes (id, model, note) VALUES (@id, @model, @note)
		ON CONFLICT DO UPDATE SET model = excluded.model, note = excluded.note`);
	return (change) => {
		if (change.table === 'customer_notes') {
			const { id, model, note } = change;
			writeNotes.run({ id, ...people.sealTexts(id, 'customer_notes', id, { model, note }) });
		} else if (change.table === 'import_rows') {
			const { id, person, before } = change;
			if (change.what === 'settled') dropRow.run(id);
			else writeRow.run({ ...change, before: before === null ? null : people.sealTexts(person, 'import_rows', id, { before }).before });
		} else if (change.state === 'forgotten') {
			forget.run(change.id);
			dropRows.run(change.id);
		} else {
			write.run(change);
			if (change.state === 'undone' || change.state === 'final') dropRows.run(change.id);
		}
	};
}
