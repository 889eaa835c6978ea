import { Alert, Spin } from 'antd';
import { useWords } from '../words/words.js';
import { LanguageSwitch } from './language-switch.js';

/** Until the agent has said who is at this screen. */
export function StartPage({ unreachable }: { unreachable: boolean }) {
	const { say } = useWords();
	return (
		<main className="door">
			<header>
				<strong>{say('app.title')}</strong>
				<LanguageSwitch />
			</header>
			{unreachable ? (
				<Alert type="error" showIcon title={say('start.failed')} />
			) : (
				<div className="quiet" role="status">
					<Spin size="small" /> {say('start.loading')}
				</div>
			)}
		</main>
	);
}
