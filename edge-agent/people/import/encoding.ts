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

const SEPARATORS: ReadonlySet<number> = new Set(Buffer.from('\t\n\r,;'));

/** UTF-16 whose mark was left out: commas and line ends have a zero beside them, always on the same side. */
function withoutMark(bytes: Uint8Array): FileEncoding | null {
	let [little, big] = [0, 0];
	for (let at = 0; at + 1 < Math.min(bytes.length, LOOKED_AT); at += 2) {
		const [one = 0, two = 0] = bytes.subarray(at, at + 2);
		if (two === 0 && SEPARATORS.has(one)) little += 1;
		if (one === 0 && SEPARATORS.has(two)) big += 1;
	}
	if (Math.max(little, big) < 2 || Math.min(little, big) * 4 > Math.max(little, big)) return null;
	return little > big ? 'utf-16le' : 'utf-16be';
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
