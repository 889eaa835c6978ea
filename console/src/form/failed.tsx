import { Alert, Button } from 'antd';
import { useWords } from '../words/words.js';

/** What did not work, and the way on. Shows nothing without an error. */
export function Failed({ error, onRetry }: { error: string | null; onRetry?: () => void }) {
	const { say } = useWords();
	if (error === null) return null;
	return (
		<Alert
			type="error"
			showIcon
			role="alert"
			data-testid="failed"
			title={error}
			{...(onRetry && { action: <Button onClick={onRetry}>{say('live.retry')}</Button> })}
		/>
	);
}
