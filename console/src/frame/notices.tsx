import { BellOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useSyncExternalStore } from 'react';
import { chime, useDeskState } from '../desk/desk-context.js';
import { useSession } from '../session/session-context.js';
import { useWords } from '../words/words.js';

/**
 * What stands in the way of being told: no connection, no sound. It comes and goes at any moment, also between pressing and letting go of a
 * button, so it floats: a page that moved then would lose the click.
 */
export function Notices() {
	const { say } = useWords();
	const { expired } = useSession();
	const { connection } = useDeskState();
	const audible = useSyncExternalStore(chime.subscribe, chime.ready);
	return (
		<div className="notices" aria-live="polite">
			{connection === 'offline' && !expired && (
				<p className="notice bad" role="alert">
					{say('connection.offline')}
				</p>
			)}
			{connection === 'connecting' && <p className="notice">{say('connection.connecting')}</p>}
			{!audible && (
				<Button className="sound" shape="round" icon={<BellOutlined />} onClick={() => void chime.unlock()}>
					{say('sound.enable')}
				</Button>
			)}
		</div>
	);
}
