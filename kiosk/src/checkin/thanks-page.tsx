import { useEffect, useRef } from 'react';
import type { CheckInAnswer } from '../../../edge-agent/contract/api.js';
import { useWords } from '../words/words.js';

/** The next visitor finds the start page after this long, ms. */
const shownMs = 20_000;

interface ThanksProps {
	readonly name: string;
	readonly answer: CheckInAnswer;
	readonly onHome: () => void;
	readonly onBrowse: () => void;
}

/** It is done, and who is coming. */
export function ThanksPage({ name, answer: { consultant }, onHome, onBrowse }: ThanksProps) {
	const { say } = useWords();
	const home = useRef(onHome);
	home.current = onHome;
	useEffect(() => {
		const timer = setTimeout(() => home.current(), shownMs);
		return () => clearTimeout(timer);
	}, []);
	return (
		<div className="page thanks" data-testid="kiosk-thanks">
			<main>
				<svg viewBox="0 0 48 48" aria-hidden="true">
					<circle cx="24" cy="24" r="22" />
					<path d="M14 25l7 7 14-15" />
				</svg>
				<h1>{say('thanks.title', { name })}</h1>
				<p className="coming">{consultant ? say('thanks.coming', { consultant: consultant.name }) : say('thanks.reception')}</p>
				<div className="choices">
					<button type="button" className="big primary" data-testid="kiosk-done" onClick={onHome}>
						{say('thanks.done')}
					</button>
					<button type="button" className="big" onClick={onBrowse}>
						{say('thanks.brochures')}
					</button>
				</div>
			</main>
		</div>
	);
}
