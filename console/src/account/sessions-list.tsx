import { App, Button } from 'antd';
import { useCallback } from 'react';
import type { SessionView } from '../../../edge-agent/contract/access.api.js';
import { useStaffNames } from '../desk/desk-context.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { endSession, fetchSessions, type SessionsOf } from '../session/session.client.js';
import { browserName } from '../shared/browser-name.js';
import { useDates } from '../shared/use-dates.js';
import { useAction, useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';

/** Where somebody is signed in; each can be ended. */
export function SessionsList({ whose }: { whose: SessionsOf }) {
	const { say } = useWords();
	const ask = useCallback((language: string) => fetchSessions(whose, language), [whose]);
	const { value, error, reload } = useLoaded(ask);
	if (error !== null) return <Failed error={error} onRetry={reload} />;
	if (!value) return <Loading />;
	if (value.sessions.length === 0) return <p className="nobody">{say('sessions.empty')}</p>;
	const newestFirst = [...value.sessions].sort((a, b) => Number(b.current) - Number(a.current) || b.seenAt - a.seenAt);
	return (
		<ul className="rows" data-testid="sessions">
			{newestFirst.map((session) => (
				<SessionRow key={session.id} session={session} whose={whose} onEnded={reload} />
			))}
		</ul>
	);
}

function SessionRow({ session, whose, onEnded }: { session: SessionView; whose: SessionsOf; onEnded: () => void }) {
	const { say, language } = useWords();
	const { message } = App.useApp();
	const nameOf = useStaffNames();
	const { dateTime } = useDates();
	const end = useAction(async () => {
		await endSession(whose, session.id, language);
		void message.success(say('sessions.ended'));
		onEnded();
	});
	return (
		<li data-session={session.id}>
			<div>
				<strong>{whose === 'everybody' ? nameOf(session.staff) : browserName(session.browser)}</strong>
				{session.current && <span className="tag good">{say('sessions.current')}</span>}
				<p className="quiet pieces">
					{whose === 'everybody' && <span>{browserName(session.browser)}</span>}
					<span>{session.address}</span>
					<span>{say('sessions.seen', { time: dateTime(session.seenAt) })}</span>
					<span>{say('sessions.expires', { time: dateTime(session.expiresAt) })}</span>
				</p>
				<Failed error={end.error} />
			</div>
			{!session.current && (
				<Button danger data-testid="end-session" loading={end.running} onClick={() => void end.run()}>
					{say('sessions.end')}
				</Button>
			)}
		</li>
	);
}
