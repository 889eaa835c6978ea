import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { NewPassword } from '../form/new-password.js';
import { passwordFault } from '../form/password.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { postPassword } from './account.client.js';

/** Changing one's own password. */
export function PasswordForm() {
	const { say, language } = useWords();
	const { message } = App.useApp();
	const [current, setCurrent] = useState('');
	const [[password, again], setNew] = useState(['', '']);
	const change = useAction(async () => {
		await postPassword({ current, password }, language);
		setCurrent('');
		setNew(['', '']);
		void message.success(say('password.changed'));
	});
	return (
		<form
			className="form"
			onSubmit={(event) => {
				event.preventDefault();
				void change.run();
			}}
		>
			<Field label={say('password.current')}>
				{(tie) => (
					<Input.Password
						{...tie}
						data-testid="current-password"
						autoComplete="current-password"
						value={current}
						onChange={(event) => setCurrent(event.target.value)}
					/>
				)}
			</Field>
			<NewPassword password={password} again={again} onChange={(one, two) => setNew([one, two])} />
			<Failed error={change.error} />
			<Button
				type="primary"
				htmlType="submit"
				data-testid="password-submit"
				loading={change.running}
				disabled={current === '' || passwordFault(password, again) !== null}
			>
				{say('password.submit')}
			</Button>
		</form>
	);
}
