import { type BadFileCode, badFileMessage } from './bad-file.js';

/** Why an import cannot be done as asked. */
export type ImportRefusal = 'no-such-import' | 'import-not-ready' | 'import-not-undoable' | 'import-busy' | 'bad-file' | 'too-large';

export class ImportRefused extends Error {
	override readonly name = 'ImportRefused';

	constructor(
		readonly code: ImportRefusal,
		/** What is wrong with the file. */
		readonly bad: { readonly code: BadFileCode; readonly what: string } | null = null,
	) {
		super(bad === null ? code : badFileMessage(bad.code, bad.what, 'en'));
	}
}
