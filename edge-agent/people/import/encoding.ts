import type { FileEncoding } from '../../contract/import.api.js';

/** How much of a file is looked at for signs of UTF-16, in bytes. */
const LOOKED_AT = 4096;
/** Of so many characters beyond ASCII one may be wrong in UTF-8: a file that was cut off, a line pasted into it. Of text in GB18030 nearly all are. */
const ONE_WRONG_IN = 20;

/**
 * How a text file is encoded: a byte order mark says so; else what is valid UTF-8, but for a character here and there, is UTF-8, because text in
 * GB18030 (what Chinese Windows writes) is so only by chance, in files of a few letters. Everything else is GB18030.
 */
export function guessEncoding(bytes: Uint8Array): FileEncoding {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	return withoutMark(bytes) ?? (isUtf8(bytes) ? 'utf-8' : 'gb18030');
}

/** The text without a byte order mark. What cannot be read becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: FileEncoding): string {
	return new TextDecoder(encoding).decode(bytes);
}

/** UTF-16 whose mark was left out: commas, digits and line ends have a zero beside them on one side; on the other few characters have one (一). */
function withoutMark(bytes: Uint8Array): FileEncoding | null {
	const zeros = [0, 0];
	const looked = bytes.subarray(0, LOOKED_AT);
	for (const [at, byte] of looked.entries()) if (byte === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
	const [even = 0, odd = 0] = zeros;
	if (even + odd < looked.length / 20 || Math.min(even, odd) * 8 > Math.max(even, odd)) return null;
	return even < odd ? 'utf-16le' : 'utf-16be';
}

function isUtf8(bytes: Uint8Array): boolean {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		return true;
	} catch {
		const text = decodeText(bytes, 'utf-8');
		const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
		return count(/\uFFFD/g) * ONE_WRONG_IN < count(/\P{ASCII}/gu);
	}
}
