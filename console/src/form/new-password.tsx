import { Input } from 'antd';
import { useWords } from '../words/words.js';
import { Field } from './field.js';
import { passwordFault, passwordMin } from './password.js';

interface NewPasswordProps {
	readonly password: string;
	readonly again: string;
	readonly onChange: (password: string, again: string) => void;
}

/** A new password, typed twice. */
export function NewPassword({ password, again, onChange }: NewPasswordProps) {
	const { say } = useWords();
	const fault = passwordFault(password, again);
	const short = password !== '' && fault === 'password.short';
	return (
		<>
			<Field
				label={say('password.new')}
				hint={say('password.hint', { count: passwordMin })}
				error={short ? say('password.short', { count: passwordMin }) : null}
			>
				{(tie) => (
					<Input.Password
						{...tie}
						data-testid="new-password"
						autoComplete="new-password"
						value={password}
						onChange={(event) => onChange(event.target.value, again)}
					/>
				)}
			</Field>
			<Field label={say('password.again')} error={again !== '' && fault === 'password.differ' ? say('password.differ') : null}>
				{(tie) => (
					<Input.Password
						{...tie}
						data-testid="new-password-again"
						autoComplete="new-password"
						value={again}
						onChange={(event) => onChange(password, event.target.value)}
					/>
				)}
			</Field>
		</>
	);
}
