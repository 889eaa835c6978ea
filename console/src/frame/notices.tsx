import { Button } from 'antd';
import { useSyncExternalStore } from 'react';
import { chime, useDeskState } from '../desk/desk-context.js';
import { useWords } from '../words/words.js';

/** What stands in the way of being told: no connection, no sound; and a store that still runs on the demonstration network. */
export function Notices({ quiet = false }: { quiet?: boolean }) {
	const { say } = useWords();
	const { connection, showroom } = useDeskState();
	const audible = useSyncExternalStore(chime.subscribe, chime.ready);
	return (
		<div className="notices" aria-live="polite">
			{connection === 'offline' && (
				<p className="notice bad" role="alert">
					{say('connection.offline')}
				</p>
			)}
			{connection === 'connecting' && <p className="notice">{say('connection.connecting')}</p>}
			{!audible && (
				<p className="notice">
					{say('sound.hint')}
					<Button size="middle" onClick={() => void chime.unlock()}>
						{say('sound.enable')}
					</Button>
				</p>
			)}
			{!quiet && showroom?.recogniser.fallback && <p className="notice">{say('recogniser.fallback')}</p>}
		</div>
	);
}
