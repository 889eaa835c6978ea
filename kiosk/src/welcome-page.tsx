import { useFaceOffer } from './face/use-face-offer.js';
import { LanguageSwitch } from './language-switch.js';
import { useWords } from './words/words.js';

interface WelcomeProps {
	readonly onCheckIn: () => void;
	readonly onFace: () => void;
	readonly onBrowse: () => void;
}

/** What an idle kiosk shows: two big buttons, and a third one where faces can be recognised. */
export function WelcomePage({ onCheckIn, onFace, onBrowse }: WelcomeProps) {
	const { say } = useWords();
	const faceOffered = useFaceOffer();
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
					{faceOffered && (
						<button type="button" className="big" data-testid="kiosk-by-face" onClick={onFace}>
							{say('face.check-in')}
							<small>{say('face.hint')}</small>
						</button>
					)}
					<button type="button" className="big" data-testid="kiosk-brochures" onClick={onBrowse}>
						{say('welcome.brochures')}
					</button>
				</div>
			</main>
		</div>
	);
}
