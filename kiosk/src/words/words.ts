import { useTranslation } from 'react-i18next';
import { createWords, type Say } from '../../../console/src/shared/typed-words.js';
import type { Language } from '../../../edge-agent/contract/vocabulary.js';
import { en } from './en.js';
import { zh } from './zh.js';

/** Makes the kiosk's i18next. Every visitor begins in Chinese; nothing is remembered from one to the next. */
export const createKioskWords = () => createWords({ zh, en }, 'zh');

/** The present language, the texts in it, and how to change it. */
export function useWords(): { say: Say<typeof zh>; language: Language; change: (language: Language) => void } {
	const { t, i18n } = useTranslation();
	return {
		say: t as unknown as Say<typeof zh>,
		language: i18n.language === 'en' ? 'en' : 'zh',
		change: (language) => void i18n.changeLanguage(language),
	};
}
