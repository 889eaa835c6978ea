import { Alert, Button, Progress } from 'antd';
import type { RecogniserChange } from '../../../edge-agent/contract/setup.api.js';
import { useWords } from '../words/words.js';

/** How far fetching a recogniser is, or why it failed and what to do. Once it is chosen the list says so. */
export function RecogniserChangeState({ change, onAgain }: { change: RecogniserChange; onAgain: () => void }) {
	const { say } = useWords();
	const { name, state, network, bytes, of, bytesPerSecond, fault, message } = change;
	const megabytes = (count: number) => (count / 1e6).toFixed(1);
	if (state === 'failed')
		return (
			<Alert
				type="error"
				showIcon
				role="alert"
				data-testid="model-failed"
				data-fault={fault}
				title={say('models.failed', { name })}
				description={
					<>
						<p>{say(`models.fault-${fault ?? 'other'}`)}</p>
						{fault === 'other' && <p className="quiet">{message}</p>}
						{mayHelp(fault) && (
							<div className="buttons">
								<Button data-testid="model-again" onClick={onAgain}>
									{say('live.retry')}
								</Button>
							</div>
						)}
					</>
				}
			/>
		);
	if (state === 'done') return null;
	return (
		<div role="status" data-testid="model-progress">
			<p>{say('models.fetching', { name: network ?? name })}</p>
			<Progress percent={of === 0 ? 0 : Math.floor((100 * bytes) / of)} />
			{of > 0 && (
				<p className="quiet">{say('models.progress', { bytes: megabytes(bytes), of: megabytes(of), rate: megabytes(bytesPerSecond) })}</p>
			)}
		</div>
	);
}

/** Whether trying the same again may help: the network's faults, not the folder's. */
function mayHelp(fault: RecogniserChange['fault']): boolean {
	return fault === 'unreachable' || fault === 'interrupted' || fault === 'refused' || fault === 'wrong-file';
}
