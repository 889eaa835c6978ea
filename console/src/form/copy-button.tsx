import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../words/words.js';

/** Copies a text; where the browser does not allow that (plain http), the text stands selected beside it and can be copied by hand. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
	const { say } = useWords();
	const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(text);
			setCopied('yes');
		} catch {
			setCopied('refused');
		}
	};
	return (
		<>
			<Button onClick={() => void copy()}>{copied === 'yes' ? say('common.copied') : (label ?? say('common.copy'))}</Button>
			{copied === 'refused' && (
				<span className="quiet" role="status">
					{say('common.copy-refused')}
				</span>
			)}
		</>
	);
}
