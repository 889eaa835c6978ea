import { LanguageSwitch } from './language-switch.js';
import { useWords } from './words/words.js';

interface WelcomeProps {
	readonly onCheckIn: () => void;
	readonly onBrowse: () => void;
}

/** What an idle kiosk shows: two big buttons. */
export function WelcomePage({ onCheckIn, onBrowse }: WelcomeProps) {
	const { say } = useWords();
	return (
		<div className="page welcome" data-testid="kiosk-welcome">
			<header>
				<span />
				<LanguageSwitch />
			</header>
			<main>
				<h1>{say('welcome.title')}</h1>
				<p>{say('welcome.hint')}</p>
				<div className="choices">
					<button type="button" className="big primary" data-testid="kiosk-start" onClick={onCheckIn}>
						{say('welcome.check-in')}
					</button>
					<button type="button" className="big" data-testid="kiosk-brochures" onClick={onBrowse}>
						{say('welcome.brochures')}
					</button>
				</div>
			</main>
		</div>
	);
}
