import { useWords } from './words/words.js';

/** Changes to the other language; it is named in itself, so that everybody finds it. */
export function LanguageSwitch() {
	const { say, language, change } = useWords();
	const other = language === 'zh' ? 'en' : 'zh';
	return (
		<button type="button" className="plain" lang={other} data-testid="kiosk-language" onClick={() => change(other)}>
			{say('language.other')}
		</button>
	);
}
