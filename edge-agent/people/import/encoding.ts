import type { FileEncoding } from '../../contract/import.api.js';

/**
 * How a text file is encoded: a byte order mark says so; else what is valid UTF-8 is UTF-8, because text in GB18030 (what Chinese Windows
 * writes) is so only by chance, in files of a few letters. Everything else is GB18030.
 */
export function guessEncoding(bytes: Uint8Array): FileEncoding {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	return isValid(bytes, 'utf-8') ? 'utf-8' : 'gb18030';
}

/** The text without a byte order mark. What cannot be read becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: FileEncoding): string {
	return new TextDecoder(encoding).decode(bytes);
}

function isValid(bytes: Uint8Array, encoding: FileEncoding): boolean {
	try {
		new TextDecoder(encoding, { fatal: true }).decode(bytes);
		return true;
	} catch {
		return false;
	}
}
