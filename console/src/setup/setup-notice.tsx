import { Link } from 'react-router';
import { useSession } from '../session/session-context.js';
import { useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { fetchSettings } from './setup.client.js';

/** The assistant was left half-way: the way back to it, for those who may. */
export function SetupNotice() {
	const { may } = useSession();
	return may('GET /api/settings') ? <Unfinished /> : null;
}

function Unfinished() {
	const { say } = useWords();
	const { value } = useLoaded(fetchSettings);
	if (!value || value.step === 'done') return null;
	return (
		<p className="notice" data-testid="setup-notice">
			{say('setup.unfinished')} <Link to="/setup">{say('setup.continue')}</Link>
		</p>
	);
}
