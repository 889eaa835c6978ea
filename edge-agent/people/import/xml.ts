import { BadFileError } from './bad-file.js';
import { MAX_ROW_CHARS } from './limits.js';

/**
 * As much of XML as the parts of a workbook need, which machines have written: elements of one name, their attributes, texts. One look
 * from front to back, whatever the file holds.
 */
export interface XmlElement {
	/** All attributes as they stand. */
	readonly attributes: string;
	readonly inner: string;
}

/** The elements of this name from front to back, without those inside one of the same name. An unclosed one ends it. */
export function* elements(xml: string, name: string): Generator<XmlElement> {
	let at = 0;
	for (;;) {
		const start = xml.indexOf(`<${name}`, at);
		if (start < 0) return;
		const attributesFrom = start + name.length + 1;
		at = attributesFrom;
		if (!/[\s/>]/.test(xml.charAt(attributesFrom))) continue;
		const tagEnd = xml.indexOf('>', attributesFrom);
		if (tagEnd < 0) return;
		if (xml.charAt(tagEnd - 1) === '/') {
			yield { attributes: xml.slice(attributesFrom, tagEnd - 1), inner: '' };
			at = tagEnd + 1;
			continue;
		}
		const end = xml.indexOf(`</${name}>`, tagEnd);
		if (end < 0) return;
		yield { attributes: xml.slice(attributesFrom, tagEnd), inner: xml.slice(tagEnd + 1, end) };
		at = end + name.length + 3;
	}
}

/** Elements of these names out of a text that comes in pieces, each as soon as it is whole. @throws BadFileError `damaged` when one is far too long */
export async function* streamed(
	text: AsyncIterable<string>,
	...locals: readonly string[]
): AsyncGenerator<XmlElement & { readonly local: string }> {
	let rest = '';
	let own: string | null = null;
	for await (const piece of text) {
		rest += piece;
		// Some writers put a prefix before every name.
		own ??= prefix(rest);
		if (own === null) {
			if (rest.length > MAX_ROW_CHARS) throw new BadFileError('damaged');
			continue;
		}
		const end = Math.max(...locals.map((local) => endOfLast(rest, `</${own}${local}>`)));
		if (end > 0) {
			const whole = rest.slice(0, end);
			rest = rest.slice(end);
			for (const local of locals) for (const element of elements(whole, own + local)) yield { local, ...element };
		} else if (rest.length > MAX_ROW_CHARS) {
			// What stands before the last one that was begun is of no use: empty rows, and what comes behind all rows.
			const open = Math.max(...locals.map((local) => rest.lastIndexOf(`<${own}${local}`)));
			rest = rest.slice(open < 0 ? -LONGEST_NAME : open);
			if (rest.length > MAX_ROW_CHARS) throw new BadFileError('damaged');
		}
	}
}

/** Of as many letters a name may be cut in two. */
const LONGEST_NAME = 100;

function endOfLast(text: string, tag: string): number {
	const at = text.lastIndexOf(tag);
	return at < 0 ? 0 : at + tag.length;
}

/** The root element's prefix with its colon, `''` without one; null: the root has not come yet. */
export function prefix(xml: string): string | null {
	const root = /<([A-Za-z_][\w.-]*:)?[A-Za-z_]/.exec(xml);
	return root ? (root[1] ?? '') : null;
}

const patterns = new Map<string, RegExp>();

/** The value of an attribute without a prefix. */
export function attribute({ attributes }: XmlElement, name: string): string | null {
	let pattern = patterns.get(name);
	if (!pattern) {
		pattern = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
		patterns.set(name, pattern);
	}
	const match = pattern.exec(attributes);
	return match ? plain(match[1] ?? match[2] ?? '') : null;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The text that is written so: entities, and what Excel writes as `_x000D_`. */
export function plain(xml: string): string {
	if (!xml.includes('&') && !xml.includes('_x')) return xml;
	return xml
		.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g, (whole, decimal?: string, hex?: string, word?: string) => {
			if (word !== undefined) return named[word] ?? whole;
			const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
			return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		})
		.replaceAll(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
