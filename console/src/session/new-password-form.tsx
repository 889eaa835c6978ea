import { Button } from 'antd';
import { useState } from 'react';
import { Failed } from '../form/failed.js';
import { NewPassword } from '../form/new-password.js';
import { passwordFault } from '../form/password.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { postNewPassword } from './session.client.js';

interface NewPasswordFormProps {
	/** A good one-time code for it. */
	readonly code: string;
	/** The password is theirs now. */
	readonly onChosen: (staff: string, password: string) => Promise<void>;
}

/** Somebody chooses the password that only they know. */
export function NewPasswordForm({ code, onChosen }: NewPasswordFormProps) {
	const { say, language } = useWords();
	const [[password, again], setPassword] = useState(['', '']);
	const choose = useAction(async () => {
		const { staff } = await postNewPassword({ code, password }, language);
		await onChosen(staff, password);
	});
	return (
		<form
			className="form"
			data-testid="new-password-form"
			onSubmit={(event) => {
				event.preventDefault();
				void choose.run();
			}}
		>
			<p className="quiet">{say('sign-in.new-password-text')}</p>
			<NewPassword password={password} again={again} onChange={(one, two) => setPassword([one, two])} />
			<Failed error={choose.error} />
			<Button
				type="primary"
				htmlType="submit"
				size="large"
				block
				data-testid="new-password-submit"
				loading={choose.running}
				disabled={passwordFault(password, again) !== null}
			>
				{say('sign-in.new-password-submit')}
			</Button>
		</form>
	);
}
