import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app.js';
import { readLanguage, writeLanguage } from './desk/settings.client.js';
import { createConsoleWords } from './words/words.js';
import './console.css';
import './people.css';
import './door.css';

const words = createConsoleWords(readLanguage());
const follow = (language: string) => {
	document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
	writeLanguage(language === 'en' ? 'en' : 'zh');
};
words.on('languageChanged', follow);
document.documentElement.lang = words.language === 'en' ? 'en' : 'zh-CN';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
	<I18nextProvider i18n={words}>
		<App />
	</I18nextProvider>,
);
