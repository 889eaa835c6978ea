import { App, Button, Input } from 'antd';
import { useState } from 'react';
import type { TotpEnrolment } from '../../../edge-agent/contract/access.api.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { QrCode } from '../form/qr-code.js';
import { CodeForm } from '../session/code-form.js';
import { useSession } from '../session/session-context.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { confirmTotp, postTotp, removeTotp } from './account.client.js';
import { RecoveryCodeList } from './recovery-code-list.js';

/** The authenticator: switched on in three steps (password, QR code, a first code), off with the password. */
export function TotpSection({ on }: { on: boolean }) {
	const { say, language } = useWords();
	const { message } = App.useApp();
	const { refresh } = useSession();
	const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null);
	const [recovery, setRecovery] = useState<readonly string[] | null>(null);
	const [asking, setAsking] = useState(false);

	if (recovery)
		return (
			<RecoveryCodeList
				codes={recovery}
				onDone={() => {
					setRecovery(null);
					void refresh();
				}}
			/>
		);
	if (enrolment)
		return (
			<div className="totp">
				<p>{say('totp.scan')}</p>
				<QrCode text={enrolment.uri} label={say('totp.qr')} />
				<p className="quiet">
					{say('totp.by-hand')} <code className="secret">{enrolment.secret.match(/.{1,4}/g)?.join(' ')}</code>
				</p>
				<CodeForm
					label={say('totp.first-code')}
					hint={say('totp.first-code-hint')}
					submit={say('totp.confirm')}
					numeric
					onCode={async (code) => {
						const { recoveryCodes } = await confirmTotp(code, language);
						setEnrolment(null);
						setRecovery(recoveryCodes);
					}}
				/>
				<Button type="text" onClick={() => setEnrolment(null)}>
					{say('common.cancel')}
				</Button>
			</div>
		);
	if (asking)
		return (
			<PasswordQuestion
				submit={say(on ? 'totp.remove' : 'common.next')}
				danger={on}
				onCancel={() => setAsking(false)}
				onPassword={async (password) => {
					if (on) {
						await removeTotp(password, language);
						await refresh();
						void message.success(say('totp.removed'));
					} else setEnrolment(await postTotp(password, language));
					setAsking(false);
				}}
			/>
		);
	return (
		<div className="totp">
			<p>
				<span className={on ? 'tag good' : 'tag'}>{say(on ? 'totp.on' : 'totp.off')}</span>
			</p>
			<p className="quiet">{say('totp.why')}</p>
			<Button data-testid="totp-begin" danger={on} onClick={() => setAsking(true)}>
				{say(on ? 'totp.remove' : 'totp.begin')}
			</Button>
		</div>
	);
}

interface PasswordQuestionProps {
	readonly submit: string;
	readonly danger: boolean;
	readonly onCancel: () => void;
	/** @throws RequestError */
	readonly onPassword: (password: string) => Promise<void>;
}

function PasswordQuestion({ submit, danger, onCancel, onPassword }: PasswordQuestionProps) {
	const { say } = useWords();
	const [password, setPassword] = useState('');
	const go = useAction(() => onPassword(password));
	return (
		<form
			className="form"
			onSubmit={(event) => {
				event.preventDefault();
				void go.run();
			}}
		>
			<Field label={say('password.current')} hint={say('totp.password-hint')}>
				{(tie) => (
					<Input.Password
						{...tie}
						data-testid="totp-password"
						autoComplete="current-password"
						autoFocus
						value={password}
						onChange={(event) => setPassword(event.target.value)}
					/>
				)}
			</Field>
			<Failed error={go.error} />
			<div className="buttons">
				<Button
					type="primary"
					danger={danger}
					htmlType="submit"
					data-testid="totp-password-submit"
					loading={go.running}
					disabled={password === ''}
				>
					{submit}
				</Button>
				<Button onClick={onCancel}>{say('common.cancel')}</Button>
			</div>
		</form>
	);
}
