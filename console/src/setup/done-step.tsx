import { Link } from 'react-router';
import { useConsoleAddress } from '../desk/use-console-address.js';
import { useWords } from '../words/words.js';
import type { StepProps } from './setup-page.js';

/** What has been set up, and what comes next. */
export function DoneStep({ settings }: StepProps) {
	const { say } = useWords();
	const address = useConsoleAddress();
	const lineMissing = settings.cameras.length > 0 && settings.cameras.every(({ line }) => line === null);
	return (
		<>
			<h1>{say('setup.done-title', { name: settings.storeName })}</h1>
			<ul className="todo">
				<li>{say('setup.done-cameras', { count: settings.cameras.length })}</li>
				{lineMissing && <li className="wrong">{say('setup.done-no-line')}</li>}
				{settings.recognisers.some(({ active, advice }) => active && advice === 'fallback') && (
					<li className="wrong">{say('models.fallback')}</li>
				)}
				{settings.recognisers.some(({ active, running }) => active && !running) && <li>{say('models.restart')}</li>}
				<li>
					<Link to="/devices">{say('setup.done-devices')}</Link>
				</li>
				<li>
					<Link to="/account">{say('setup.done-totp')}</Link>
				</li>
				<li>{address === null ? say('setup.done-alone') : say('setup.done-network', { address })}</li>
			</ul>
		</>
	);
}
