import { Alert } from 'antd';
import type { WithdrawalAnswer } from '../../../edge-agent/contract/consent.api.js';
import { useWords } from '../words/words.js';

/** What was erased, and which lists of erasures have it. */
export function WithdrawalResult({ answer }: { answer: WithdrawalAnswer }) {
	const { say } = useWords();
	const open = answer.places.filter(({ written }) => !written);
	return (
		<Alert
			type={answer.complete ? 'success' : 'warning'}
			showIcon
			data-testid="withdrawal-result"
			title={say(answer.level === 'face' ? 'withdrawal.done-face' : 'withdrawal.done-everything')}
			description={
				answer.complete ? (
					say('withdrawal.complete', { count: answer.places.length })
				) : (
					<>
						{say('withdrawal.incomplete')}
						<ul>
							{open.map(({ place, problem }) => (
								<li key={place}>
									{place}: {problem}
								</li>
							))}
						</ul>
					</>
				)
			}
		/>
	);
}
