import type { FileEncoding } from '../../contract/import.api.js';
import { BadFileError } from './bad-file.js';
import { readCsv } from './csv.js';
import type { Table } from './table.js';
import { readXlsx } from './xlsx.js';

export interface ReadOptions {
	readonly encoding?: FileEncoding | undefined;
	readonly delimiter?: ',' | ';' | '\t' | undefined;
	readonly sheet?: string | undefined;
}

const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b];

/**
 * A file's table, whatever kind of file it is.
 *
 * @param name the file's own, which people go by when it lies
 * @throws BadFileError
 */
export async function readTable(bytes: Uint8Array, name: string, { sheet, ...csv }: ReadOptions = {}): Promise<Table> {
	if (bytes.length === 0) throw new BadFileError('empty');
	if (begins(bytes, ZIP)) return readXlsx(bytes, sheet);
	if (begins(bytes, COMPOUND)) {
		// A workbook with a password lies encrypted in a file of the old kind (MS-OFFCRYPTO).
		const encrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'));
		throw new BadFileError(encrypted ? 'password' : 'old-xls');
	}
	if (
		/^\s*<(!doctype|html|table|\?xml|meta|head)/i.test(
			Buffer.from(bytes.subarray(0, 256))
				.toString('latin1')
				.replace(/^\u00ef\u00bb\u00bf/, ''),
		)
	)
		throw new BadFileError('html');
	if (/\.xls[xm]?$/i.test(name)) throw new BadFileError('named-xlsx');
	const table = readCsv(bytes, csv);
	if (table.rows.length === 0) throw new BadFileError('empty');
	return table;
}

function begins(bytes: Uint8Array, with_: readonly number[]): boolean {
	return with_.every((byte, index) => bytes[index] === byte);
}
