import { useMemo } from 'react';
import { useWords } from '../words/words.js';

/** Moments (Unix ms) as people of the present language write them. */
export function useDates(): { readonly dateTime: (ms: number) => string; readonly date: (ms: number) => string } {
	const { language } = useWords();
	return useMemo(() => {
		const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
		const both = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
		const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
		return { dateTime: (ms) => both.format(ms), date: (ms) => day.format(ms) };
	}, [language]);
}
