import { Spin } from 'antd';
import { useWords } from '../words/words.js';

/** Something is on its way. */
export function Loading({ text }: { text?: string }) {
	const { say } = useWords();
	return (
		<p className="nobody" role="status">
			<Spin size="small" /> {text ?? say('common.loading')}
		</p>
	);
}
