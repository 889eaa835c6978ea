import { useWords } from '../words/words.js';

/** Any touch keeps the visitor's page; the button is there because people look for one. */
export function IdleWarning({ secondsLeft }: { secondsLeft: number }) {
	const { say } = useWords();
	return (
		<div className="idle" role="alertdialog" aria-modal="true" aria-label={say('idle.title')} data-testid="kiosk-idle">
			<div>
				<h2>{say('idle.title')}</h2>
				<p>{say('idle.text', { seconds: secondsLeft })}</p>
				<button type="button" className="big primary">
					{say('idle.stay')}
				</button>
			</div>
		</div>
	);
}
