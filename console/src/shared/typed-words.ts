import i18next, { type i18n } from 'i18next';
import type { Language } from '../../../edge-agent/contract/vocabulary.js';

/** The names between double braces in a text: 'a {{b}} c {{d}}' -> 'b' | 'd'. */
type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** One language's texts by key; the other languages have the same keys. */
export type Texts = Readonly<Record<string, string>>;

/** What a text needs beside its key: nothing, or a value for each of its placeholders. */
type Values<Text extends string> = [Placeholders<Text>] extends [never]
	? []
	: [values: Readonly<Record<Placeholders<Text>, string | number>>];

/** Answers a text in the present language. A wrong key, a missing or a misnamed value does not compile. */
export type Say<T extends Texts> = <K extends keyof T & string>(key: K, ...values: Values<T[K]>) => string;

/** i18next set up for flat keys ('live.empty'), with everything in the bundle: nothing is fetched. */
export function createWords(texts: Readonly<Record<Language, Texts>>, language: Language): i18n {
	const words = i18next.createInstance();
	void words.init({
		lng: language,
		fallbackLng: 'zh',
		resources: { zh: { translation: texts.zh }, en: { translation: texts.en } },
		keySeparator: false,
		nsSeparator: false,
		initAsync: false,
		// Otherwise it advertises on the browser's console.
		showSupportNotice: false,
		// React escapes.
		interpolation: { escapeValue: false },
	});
	return words;
}

/** The placeholders of a text, sorted. Translations of one text must have the same. */
export function placeholdersOf(text: string): string[] {
	return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}
