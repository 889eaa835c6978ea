import { pinyin as toPinyin } from 'pinyin-pro';

/** What a customer is found by. */
export interface SearchKeys {
	/** In small letters, without spaces. */
	readonly name: string;
	/** Each character's syllable; a word of another script is one. */
	readonly syllables: readonly string[];
	/** The syllables run together. */
	readonly pinyin: string;
	readonly initials: string;
	/** Digits only; empty without one. */
	readonly telephone: string;
}

/** The surname is read as a surname: 单 is shan, 曾 zeng, 仇 qiu. */
export function searchKeys(name: string, telephone: string | null): SearchKeys {
	const syllables = toPinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive', v: true })
		.flatMap((part) => plain(part, ' ').split(' '))
		.filter((part) => part !== '');
	return {
		name: plain(name, ''),
		syllables,
		pinyin: syllables.join(''),
		initials: syllables.map((syllable) => syllable[0]).join(''),
		telephone: (telephone ?? '').replace(/\D/g, ''),
	};
}

/**
 * Answers how well somebody fits what was typed; 0: not at all, more is better. By part of the name; by pinyin that begins at a
 * character (`wangfang`, `wang f`, `fang`); by initials (`wf`); by part of the telephone, its end before its middle.
 */
export function searchScore(typed: string): (keys: SearchKeys) => number {
	const text = plain(typed, '');
	const digits = typed.replace(/[\s+()-]/g, '');
	if (text === '') return () => 0;
	return /^\d+$/.test(digits) ? (keys) => byTelephone(keys, digits) : (keys) => byName(keys, text);
}

function byTelephone({ telephone, name }: SearchKeys, digits: string): number {
	// A country code may stand before the number here, or there.
	if (digits.length >= 5 && digits.endsWith(telephone) && telephone.length >= 5) return 9;
	if (telephone.endsWith(digits)) return 8;
	if (digits.length >= 3 && telephone.startsWith(digits)) return 7;
	if (digits.length >= 3 && telephone.includes(digits)) return 6;
	return name.includes(digits) ? 5 : 0;
}

function byName({ name, syllables, pinyin, initials }: SearchKeys, text: string): number {
	if (name === text) return 9;
	if (name.startsWith(text)) return 8;
	if (name.includes(text)) return 7;
	// ü is typed v, or u.
	const typed = text.includes('ü') ? text.replaceAll('ü', 'v') : text;
	if (pinyin === typed) return 6;
	if (pinyin.startsWith(typed)) return 5;
	if (typed.length > 1 && initials.startsWith(typed)) return 4;
	if (pinyin.includes(typed) && syllables.some((_, index) => index > 0 && syllables.slice(index).join('').startsWith(typed))) return 3;
	return mixed(syllables, typed) ? 2 : 0;
}

/** Each syllable begun in turn, as an input method takes it: `wfang`, `zhgl`, `wangxm`. */
function mixed(syllables: readonly string[], typed: string): boolean {
	const [first = '', ...rest] = syllables;
	if (typed === '') return true;
	for (let length = Math.min(first.length, typed.length); length > 0; length--)
		if (first.startsWith(typed.slice(0, length)) && mixed(rest, typed.slice(length))) return true;
	return false;
}

function plain(text: string, space: string): string {
	return text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s·.'’-]+/gu, space);
}
