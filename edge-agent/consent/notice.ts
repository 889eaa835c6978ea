import { createHash } from 'node:crypto';
import type { Notice, NoticeText } from '../contract/consent.api.js';

/**
 * SHA-256 (hex) of a notice in both languages: what a grant names, so that what somebody agreed to can be shown word for word later. The
 * canonical text is the JSON of arrays in the order below, in Unicode's composed form (NFC), so that nothing depends on how an object or a
 * letter with an accent is written out.
 */
export function noticeHash({ audience, zh, en }: Notice): string {
	const canonical = JSON.stringify([audience, canonicalText(zh), canonicalText(en)]).normalize('NFC');
	return createHash('sha256').update(canonical, 'utf8').digest('hex');
}

function canonicalText({ title, sections, purposes }: NoticeText): unknown[] {
	return [title, sections.map(({ heading, text }) => [heading, text]), [purposes.recognition, purposes.accuracy, purposes.photograph]];
}

/** A notice as plain text in one language, for the terminal and for printing. */
export function noticeText({ title, sections, purposes }: NoticeText): string {
	const boxes = Object.values(purposes).map((purpose) => `☐ ${purpose}`);
	return [title, ...sections.map(({ heading, text }) => `${heading}\n${text}`), boxes.join('\n')].join('\n\n');
}
