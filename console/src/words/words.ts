import { useTranslation } from 'react-i18next';
import type { Language } from '../../../edge-agent/contract/vocabulary.js';
import { createWords, type Say } from '../shared/typed-words.js';
import { en } from './en.js';
import { zh } from './zh.js';

export type { Key } from './zh.js';

/** Makes the console's i18next for a language. */
export const createConsoleWords = (language: Language) => createWords({ zh, en }, language);

/** The present language and the texts in it. */
export function useWords(): { say: Say<typeof zh>; language: Language } {
	const { t, i18n } = useTranslation();
	return { say: t as unknown as Say<typeof zh>, language: i18n.language === 'en' ? 'en' : 'zh' };
}
