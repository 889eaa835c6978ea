import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import type { StaffAccountView } from '../../../edge-agent/contract/access.api.js';
import { Failed } from '../form/failed.js';
import { passwordMin } from '../form/password.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { HandedPassword } from './first-password.js';
import { randomPassword } from './random-password.js';
import { setStaffPassword } from './staff.client.js';

interface ResetPasswordProps {
	readonly person: StaffAccountView;
	readonly onClose: () => void;
	readonly onDone: () => void;
}

/** A new password for somebody who forgot theirs; they are signed out everywhere. */
export function ResetPassword({ person, onClose, onDone }: ResetPasswordProps) {
	const { say, language } = useWords();
	const { message } = App.useApp();
	const [password, setPassword] = useState(randomPassword);
	const reset = useAction(async () => {
		await setStaffPassword(person.id, password, language);
		void message.success(say('staff.password-set', { name: person.name }));
		onDone();
		onClose();
	});
	return (
		<Modal open footer={null} title={say('staff.reset-title', { name: person.name })} onCancel={onClose}>
			<div className="form">
				<p className="quiet">{say('staff.reset-text')}</p>
				<HandedPassword password={password} onChange={setPassword} />
				<Failed error={reset.error} />
				<Button
					type="primary"
					danger
					data-testid="reset-submit"
					loading={reset.running}
					disabled={password.length < passwordMin}
					onClick={() => void reset.run()}
				>
					{say('staff.reset-password')}
				</Button>
			</div>
		</Modal>
	);
}
