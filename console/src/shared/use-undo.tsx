import { App, Button } from 'antd';
import { useCallback } from 'react';
import { useWords } from '../words/words.js';
import { useReason } from './use-request.js';

/** How long a change can be undone from its message, s. */
const undoSeconds = 8;
let last = 0;

/** Says that something was done, with a button that undoes it. */
export function useUndo(): (done: string, undo: () => Promise<void>) => void {
	const { say } = useWords();
	const reason = useReason();
	const { message } = App.useApp();
	return useCallback(
		(done, undo) => {
			last += 1;
			const key = `undo-${last}`;
			const back = async () => {
				message.destroy(key);
				try {
					await undo();
					void message.success(say('common.undone'));
				} catch (error) {
					void message.error(reason(error));
				}
			};
			void message.open({
				key,
				type: 'success',
				duration: undoSeconds,
				content: (
					<span data-testid="undo-message">
						{done}{' '}
						<Button type="link" size="middle" data-testid="undo" onClick={() => void back()}>
							{say('common.undo')}
						</Button>
					</span>
				),
			});
		},
		[message, reason, say],
	);
}
