import { useWords } from '../words/words.js';

/** Joins words as the present language does: 甲、乙 and A, B. */
export function useList(): (words: readonly string[]) => string {
	const { language } = useWords();
	return (words) => words.join(language === 'zh' ? '、' : ', ');
}
