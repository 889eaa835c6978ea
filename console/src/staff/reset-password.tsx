import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { PasswordCode, StaffAccountView } from '../../../edge-agent/contract/access.api.js';
import { Failed } from '../form/failed.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { PasswordCodeShown } from './password-code-shown.js';
import { postPasswordCode } from './staff.client.js';

interface ResetPasswordProps {
	readonly person: StaffAccountView;
	readonly onClose: () => void;
}

/** A first or a new password for a colleague: they choose it themselves, with a one-time code. */
export function ResetPassword({ person: { id, name, canSignIn }, onClose }: ResetPasswordProps) {
	const { say, language } = useWords();
	const [code, setCode] = useState<PasswordCode | null>(null);
	const make = useAction(async () => setCode(await postPasswordCode(id, language)));
	return (
		<Modal open footer={null} title={say(canSignIn ? 'staff.reset-title' : 'staff.first-title', { name })} onCancel={onClose}>
			<div className="form">
				{code ? <PasswordCodeShown name={name} code={code} /> : <p>{say(canSignIn ? 'staff.reset-text' : 'staff.first-text', { name })}</p>}
				<Failed error={make.error} />
				{code ? (
					<Button onClick={onClose}>{say('common.done')}</Button>
				) : (
					<Button type="primary" data-testid="reset-submit" loading={make.running} onClick={() => void make.run()}>
						{say('password-code.make')}
					</Button>
				)}
			</div>
		</Modal>
	);
}
