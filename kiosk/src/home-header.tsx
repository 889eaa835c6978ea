import { LanguageSwitch } from './language-switch.js';
import { useWords } from './words/words.js';

/** The way home and the languages, above a page that has nothing else to say there. */
export function HomeHeader({ onHome }: { readonly onHome: () => void }) {
	const { say } = useWords();
	return (
		<header>
			<button type="button" className="plain" data-testid="kiosk-home" onClick={onHome}>
				{say('nav.home')}
			</button>
			<LanguageSwitch />
		</header>
	);
}
