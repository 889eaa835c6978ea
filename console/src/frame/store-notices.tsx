import { Link } from 'react-router';
import { useDeskState } from '../desk/desk-context.js';
import { useSession } from '../session/session-context.js';
import { useWords } from '../words/words.js';

/** What the store still lacks: an assistant that was left half-way (for those who may go on with it), a proper face model. */
export function StoreNotices() {
	const { say } = useWords();
	const { may } = useSession();
	const { showroom } = useDeskState();
	return (
		<>
			{showroom?.setUp === false && may('GET /api/settings') && (
				<p className="notice" data-testid="setup-notice">
					{say('setup.unfinished')} <Link to="/setup">{say('setup.continue')}</Link>
				</p>
			)}
			{showroom?.recogniser.fallback && <p className="notice">{say('recogniser.fallback')}</p>}
		</>
	);
}
