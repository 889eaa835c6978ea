import { Link } from 'react-router';
import { useDeskState } from '../desk/desk-context.js';
import { useSession } from '../session/session-context.js';
import { useWords } from '../words/words.js';

/** What the store still lacks: an assistant left half-way, new photographs (for those who may see to it), a calibration of its own, a proper face model. */
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
			{showroom && showroom.recogniser.missing > 0 && may('GET /api/consent/missing') && (
				<p className="notice" data-testid="missing-notice">
					{say('missing.notice', { count: showroom.recogniser.missing })} <Link to="/customers#missing">{say('missing.show')}</Link>
				</p>
			)}
			{showroom && !showroom.recogniser.calibrated && !showroom.recogniser.fallback && may('GET /api/settings') && (
				<p className="notice" data-testid="shipped-notice">
					{say('recogniser.shipped')} <code>showroom calibrate thresholds DIR</code>
				</p>
			)}
			{showroom?.recogniser.fallback && <p className="notice">{say('recogniser.fallback')}</p>}
		</>
	);
}
