import { Button, Checkbox, Input } from 'antd';
import { CopyButton } from '../form/copy-button.js';
import { Field } from '../form/field.js';
import { passwordMin } from '../form/password.js';
import { useWords } from '../words/words.js';
import { randomPassword } from './random-password.js';

interface FirstPasswordProps {
	/** null: they cannot sign in yet. */
	readonly password: string | null;
	readonly onChange: (password: string | null) => void;
}

/** Whether a new colleague may sign in, and with what. */
export function FirstPassword({ password, onChange }: FirstPasswordProps) {
	const { say } = useWords();
	return (
		<div className="first-password">
			<Checkbox checked={password !== null} onChange={(event) => onChange(event.target.checked ? randomPassword() : null)}>
				{say('staff.may-sign-in')}
			</Checkbox>
			{password !== null && <HandedPassword password={password} onChange={onChange} />}
		</div>
	);
}

interface HandedPasswordProps {
	readonly password: string;
	readonly onChange: (password: string) => void;
}

/** A password that is handed to a colleague: proposed, to be copied or changed. */
export function HandedPassword({ password, onChange }: HandedPasswordProps) {
	const { say } = useWords();
	return (
		<Field
			label={say('staff.first-password')}
			hint={say('staff.first-password-hint')}
			error={password.length < passwordMin ? say('password.short', { count: passwordMin }) : null}
		>
			{(tie) => (
				<div className="buttons">
					<Input
						{...tie}
						className="secret-input"
						data-testid="first-password"
						autoComplete="off"
						spellCheck={false}
						value={password}
						onChange={(event) => onChange(event.target.value)}
					/>
					<CopyButton text={password} />
					<Button onClick={() => onChange(randomPassword())}>{say('staff.another-password')}</Button>
				</div>
			)}
		</Field>
	);
}
