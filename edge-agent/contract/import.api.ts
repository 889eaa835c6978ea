import { z } from 'zod';

/**
 * Customers and staff from the dealer system's files and back, all under `/api`. KIND is `customers` (managers, administrators) or `staff`
 * (administrators). Times are Unix ms.
 *
 *   POST   /imports/KIND            a file -> 201 ImportView (state `preview`). Nothing is written yet
 *   GET    /imports/KIND            ImportsAnswer: the drafts and what was imported
 *   GET    /imports/KIND/:id        ImportView; while `writing` or `undoing` to be asked again every half second
 *   PATCH  /imports/KIND/:id        importChangeSchema -> ImportView: other columns, encoding, consultants, duplicates; previewed anew
 *   GET    /imports/KIND/:id/rows   importRowsSchema (query) -> ImportRowsAnswer
 *   POST   /imports/KIND/:id/confirm  -> 202 ImportView (state `writing`). 409 `import-not-ready` (columns are missing, or nothing to write),
 *          `import-waits` (another one is being written or taken back)
 *   DELETE /imports/KIND/:id        204: forgets the draft; while `writing` stops and takes back what was written
 *   POST   /imports/KIND/:id/undo   202 ImportView (state `undoing`): takes a finished import back as one step. 409 `import-not-undoable`, `import-waits`
 *   GET    /exports/KIND?format=xlsx|csv  the file; what an import takes
 *
 * Uploading: the file's bytes as they are are the body; content-type `application/octet-stream`; the name in the header `x-file-name`,
 * percent-encoded UTF-8 (`encodeURIComponent`). 50 MB and 100,000 rows at most. The answer comes when the file has been read and judged:
 * some seconds for a large one. 413 `too-large`; 400 `bad-file`, whose message says what is wrong with it and what to do.
 *
 * A draft lives in the agent's memory only, for half an hour after it was last asked for; gone, it is 404 `no-such-import`. Somebody's next
 * upload of the same kind replaces their last draft.
 */
export const importKindSchema = z.enum(['customers', 'staff']);
export type ImportKind = z.infer<typeof importKindSchema>;

/** What a column may hold. customers: name, telephone, consultant, model, note. staff: name, id, role, onDuty. Only `name` is needed. */
export const importFieldSchema = z.enum(['name', 'telephone', 'consultant', 'model', 'note', 'id', 'role', 'onDuty']);
export type ImportField = z.infer<typeof importFieldSchema>;

export const fileEncodingSchema = z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030']);
export type FileEncoding = z.infer<typeof fileEncodingSchema>;

/**
 * What becomes of a row whose telephone (staff: id, else name) the store has already. fill: only what is empty there is filled in.
 * update: what the file says holds, what it leaves empty stays. keep-both: a second customer (not for staff). A telephone that comes again
 * within the file: the first row holds and later ones are skipped, except with keep-both.
 */
export const duplicatesSchema = z.enum(['fill', 'update', 'skip', 'keep-both']);
export type Duplicates = z.infer<typeof duplicatesSchema>;

/** PATCH; what is left out stays as it is. */
export const importChangeSchema = z.strictObject({
	/** The field of each column, by the column's number from 0; null: not taken over. Columns left out stay as they are. */
	columns: z.record(z.string().regex(/^\d{1,3}$/), importFieldSchema.nullable()).optional(),
	duplicates: duplicatesSchema.optional(),
	/** Text files only: how they are to be read, when the guess was wrong. Guesses the columns anew. */
	encoding: fileEncodingSchema.optional(),
	delimiter: z.enum([',', ';', '\t']).optional(),
	/** Which sheet of a workbook, by name. Guesses the columns anew. */
	sheet: z.string().max(100).optional(),
	/** Who is meant by a consultant's name as the file has it; null: nobody, the customer gets no consultant. */
	consultants: z.record(z.string().max(200), z.string().max(64).nullable()).optional(),
});
export type ImportChange = z.infer<typeof importChangeSchema>;

export interface ImportView {
	readonly id: string;
	readonly kind: ImportKind;
	/**
	 * preview: a draft. writing, undoing: being done. done: written, may be undone. undone: taken back. failed: it could not be written and was
	 * taken back.
	 */
	readonly state: 'preview' | 'writing' | 'done' | 'undoing' | 'undone' | 'failed';
	/** Whether `undo` may be asked for: within 30 days after it was written. */
	readonly undoable: boolean;
	/** Of what is being done. */
	readonly progress: { readonly done: number; readonly total: number } | null;
	/** Who uploaded it, as an actor in the log. */
	readonly by: string;
	/** When it was uploaded, or when it was written. */
	readonly at: number;
	/** While it is a draft. */
	readonly draft: DraftView | null;
	/** Once it was written: what it did. */
	readonly result: ImportCounts | null;
	/** After undoing. */
	readonly undone: UndoneView | null;
	/** Why it failed, and whether all of it has been taken back yet; until then that is tried again every minute. */
	readonly failure: { readonly reason: 'disk-full' | 'other'; readonly takenBack: boolean } | null;
}

export interface ImportCounts {
	readonly added: number;
	readonly updated: number;
	readonly skipped: number;
}

export interface UndoneView {
	readonly removed: number;
	readonly restored: number;
	/** Left as they are, because they changed or came to the showroom since; the first 100 of them. */
	readonly kept: number;
	readonly keptPeople: readonly { readonly id: string; readonly name: string }[];
}

export interface DraftView {
	readonly file: string;
	readonly format: 'xlsx' | 'csv';
	/** Text files only. */
	readonly encoding: FileEncoding | null;
	readonly delimiter: ',' | ';' | '\t' | null;
	/** The sheet that is read, and all there are; text files have none. */
	readonly sheet: string | null;
	readonly sheets: readonly string[];
	/** The row of the headings, as the file counts. */
	readonly headingRow: number;
	readonly columns: readonly DraftColumn[];
	/** Needed, and no column holds it: nothing can be written until one is chosen. */
	readonly missing: readonly ImportField[];
	/** Fields that no column holds and that may be left out. */
	readonly unused: readonly ImportField[];
	readonly duplicates: Duplicates;
	/** Rows by how they were judged; ok + warning are written (or skipped as duplicates). */
	readonly rows: { readonly total: number; readonly ok: number; readonly warning: number; readonly error: number };
	/** What confirming would do, with duplicates as chosen. */
	readonly would: ImportCounts;
	/** Rows whose person the store has already, and rows that come again within the file. */
	readonly known: number;
	readonly repeated: number;
	/** Every consultant's name in the file that is nobody's here, most rows first. */
	readonly strangers: readonly StrangerView[];
	readonly expiresAt: number;
}

export interface DraftColumn {
	readonly column: number;
	/** `A`, `B`, … as Excel names it. */
	readonly letter: string;
	readonly heading: string;
	readonly field: ImportField | null;
	/** The first values in it. */
	readonly examples: readonly string[];
}

export interface StrangerView {
	readonly text: string;
	readonly rows: number;
	/** Who was chosen for it. `undefined` while nobody has chosen: rows get no consultant, with a warning. */
	readonly chosen?: string | null;
	/** Staff with a similar name. */
	readonly proposals: readonly { readonly id: string; readonly name: string }[];
}

/** GET …/rows?show=all|ok|warning|error&offset=0&limit=50 */
export const importRowsSchema = z.object({
	show: z.enum(['all', 'ok', 'warning', 'error']).default('all'),
	offset: z.coerce.number().int().nonnegative().default(0),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
export interface ImportRowsAnswer {
	/** How many there are of this kind. */
	readonly total: number;
	readonly rows: readonly ImportRowView[];
}

export interface ImportRowView {
	/** As the file counts: the headings are usually row 1. */
	readonly row: number;
	readonly state: 'ok' | 'warning' | 'error';
	/** What confirming would do with it. */
	readonly would: 'add' | 'update' | 'skip' | 'nothing';
	/** As it would be written; where that cannot be, as it stands in the file. `consultant`: a name. */
	readonly values: { readonly [K in ImportField]?: string };
	readonly issues: readonly ImportIssue[];
	/** Whom the store has already; no reason for a warning. */
	readonly known: { readonly id: string; readonly name: string } | null;
}

/** Why a row is not simply all right. */
export const importIssueCodes = [
	// errors: the row is not written
	'name-missing',
	'name-too-long',
	'telephone-shortened',
	'telephone-masked',
	'telephone-wrong',
	'telephone-digits',
	'formula-without-value',
	'cell-error',
	'not-readable',
	'role-unknown',
	'too-long',
	// warnings: the row is written as it now reads
	'telephone-missing',
	'telephone-zero-restored',
	'telephone-first-of-several',
	'name-is-number',
	'formula',
	'formula-text',
	'consultant-unknown',
	'consultant-ambiguous',
	'known-several',
	'repeated',
	'id-replaced',
	'role-missing',
	'on-duty-unclear',
] as const;
export type ImportIssueCode = (typeof importIssueCodes)[number];

export interface ImportIssue {
	readonly code: ImportIssueCode;
	readonly field: ImportField | null;
	/** For people, in the request's language. */
	readonly message: string;
}

export interface ImportsAnswer {
	/** Newest first. */
	readonly imports: readonly ImportView[];
}

export const exportQuerySchema = z.object({ format: z.enum(['xlsx', 'csv']).default('xlsx') });
export type PeopleFormat = z.infer<typeof exportQuerySchema>['format'];
