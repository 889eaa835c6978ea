import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './app.js';
import { Door } from './pairing/door.js';
import { createKioskWords } from './words/words.js';
import './kiosk.css';

const words = createKioskWords();
words.on('languageChanged', (language) => {
	document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
});
// A long press is no way to a browser menu.
addEventListener('contextmenu', (event) => event.preventDefault());

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
	<I18nextProvider i18n={words}>
		<Door>
			<App />
		</Door>
	</I18nextProvider>,
);
