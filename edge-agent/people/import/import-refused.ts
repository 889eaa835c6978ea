import { type BadFileCode, badFileMessage } from './bad-file.js';

/** Why an import cannot be done as asked; the words are the command line's, which gets no others to see. */
const refusals = {
	'no-such-import': 'there is no such import, or it is no draft any more',
	'import-not-ready': 'no column holds the name, or there is nothing to write',
	'import-not-undoable': 'this import cannot be taken back any more',
	'import-busy': 'too many files are open: finish or cancel one first',
	'import-waits': 'another import is being written or taken back: try again when it is done',
	'bad-file': 'the file cannot be read',
	'too-large': 'the file is too large',
};
export type ImportRefusal = keyof typeof refusals;

export class ImportRefused extends Error {
	override readonly name = 'ImportRefused';

	constructor(
		readonly code: ImportRefusal,
		/** What is wrong with the file. */
		readonly bad: { readonly code: BadFileCode; readonly what: string } | null = null,
	) {
		super(bad === null ? refusals[code] : badFileMessage(bad.code, bad.what, 'en'));
	}
}
