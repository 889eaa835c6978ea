import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWords } from '../words/words.js';

/** Changes to the other language; it is named in itself, so that everybody finds it. */
export function LanguageSwitch() {
	const { say, language } = useWords();
	const { i18n } = useTranslation();
	const other = language === 'zh' ? 'en' : 'zh';
	return (
		<Button type="text" className="language-switch" lang={other} onClick={() => void i18n.changeLanguage(other)}>
			{say('language.other')}
		</Button>
	);
}
