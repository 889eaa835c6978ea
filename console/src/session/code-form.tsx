import { Button, Input } from 'antd';
import { useState } from 'react';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { useCountdown } from '../form/use-countdown.js';
import { RequestError } from '../shared/http.client.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';

interface CodeFormProps {
	readonly label: string;
	readonly hint: string;
	readonly submit: string;
	readonly initial?: string;
	readonly numeric?: boolean;
	/** @throws RequestError */
	readonly onCode: (code: string) => Promise<void>;
}

/** A one-time code that somebody was given. */
export function CodeForm({ label, hint, submit, initial = '', numeric = false, onCode }: CodeFormProps) {
	const { say } = useWords();
	const [code, setCode] = useState(initial);
	const [lockedUntil, setLockedUntil] = useState<number | null>(null);
	const wait = useCountdown(lockedUntil);
	const enter = useAction(async () => {
		try {
			await onCode(code.trim());
		} catch (error) {
			if (error instanceof RequestError && error.retryAfterSeconds !== null)
				setLockedUntil(performance.now() + error.retryAfterSeconds * 1000);
			throw error;
		}
	});
	return (
		<form
			className="form"
			onSubmit={(event) => {
				event.preventDefault();
				void enter.run();
			}}
		>
			<Field label={label} hint={hint}>
				{(tie) => (
					<Input
						{...tie}
						className="code-input"
						data-testid="one-time-code"
						autoComplete="off"
						autoCapitalize="characters"
						spellCheck={false}
						inputMode={numeric ? 'numeric' : 'text'}
						autoFocus
						value={code}
						onChange={(event) => setCode(event.target.value)}
					/>
				)}
			</Field>
			<Failed error={wait > 0 ? say('sign-in.locked', { seconds: wait }) : enter.error} />
			<Button
				type="primary"
				htmlType="submit"
				size="large"
				block
				data-testid="code-submit"
				loading={enter.running}
				disabled={code.trim() === '' || wait > 0}
			>
				{submit}
			</Button>
		</form>
	);
}
