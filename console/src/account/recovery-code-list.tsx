import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { CopyButton } from '../form/copy-button.js';
import { useWords } from '../words/words.js';

/** The recovery codes, shown once: one leaves only after saying that they are kept. */
export function RecoveryCodeList({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
	const { say } = useWords();
	const [kept, setKept] = useState(false);
	return (
		<div className="totp">
			<p>{say('totp.recovery')}</p>
			<ul className="recovery" data-testid="recovery-codes">
				{codes.map((code) => (
					<li key={code}>
						<code>{code}</code>
					</li>
				))}
			</ul>
			<div className="buttons">
				<CopyButton text={codes.join('\n')} />
				<Button onClick={() => print()}>{say('common.print')}</Button>
			</div>
			<Checkbox checked={kept} data-testid="recovery-kept" onChange={(event) => setKept(event.target.checked)}>
				{say('totp.recovery-kept')}
			</Checkbox>
			<Button type="primary" data-testid="recovery-done" disabled={!kept} onClick={onDone}>
				{say('common.done')}
			</Button>
		</div>
	);
}
