import { AutoComplete, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import type { MeView } from '../../../edge-agent/contract/access.api.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { useCountdown } from '../form/use-countdown.js';
import { RequestError } from '../shared/http.client.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { readNames } from './names.client.js';
import { postSignIn } from './session.client.js';

interface SignInFormProps {
	/** Whoever has to sign in again; without it anybody. */
	readonly name?: string;
	/** Theirs, already found right: only the authenticator's code is missing. */
	readonly password?: string;
	readonly onEntered: (me: MeView) => void;
}

/** Name and password, then the authenticator's code where the person uses one. */
export function SignInForm({ name: fixed, password: right, onEntered }: SignInFormProps) {
	const { say, language } = useWords();
	const [name, setName] = useState(fixed ?? readNames()[0] ?? '');
	const [password, setPassword] = useState(right ?? '');
	const [code, setCode] = useState('');
	const [asked, setAsked] = useState(right !== undefined);
	const [lockedUntil, setLockedUntil] = useState<number | null>(null);
	const wait = useCountdown(lockedUntil);

	const signIn = useAction(async () => {
		try {
			const me = await postSignIn({ name: name.trim(), password, ...(asked && { code: code.trim() }) }, language);
			onEntered(me);
		} catch (error) {
			if (!(error instanceof RequestError)) throw error;
			if (error.retryAfterSeconds !== null) setLockedUntil(performance.now() + error.retryAfterSeconds * 1000);
			if (error.code === 'code-needed') setAsked(true);
			else throw error;
		}
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		void signIn.run();
	};
	const complete = name.trim() !== '' && password !== '' && (!asked || code.trim() !== '');

	return (
		<form className="form" onSubmit={submit} data-testid="sign-in-form">
			{!asked && (
				<>
					<Field label={say('sign-in.name')} hint={say('sign-in.name-hint')}>
						{(tie) => (
							<AutoComplete
								{...tie}
								data-testid="sign-in-name"
								value={name}
								disabled={fixed !== undefined}
								autoFocus={name === ''}
								options={readNames().map((known) => ({ value: known }))}
								filterOption={(typed, option) => typed === name || String(option?.value).includes(typed)}
								onChange={setName}
							/>
						)}
					</Field>
					<Field label={say('sign-in.password')}>
						{(tie) => (
							<Input.Password
								{...tie}
								data-testid="sign-in-password"
								autoComplete="current-password"
								autoFocus={name !== ''}
								value={password}
								onChange={(event) => setPassword(event.target.value)}
							/>
						)}
					</Field>
				</>
			)}
			{asked && (
				<Field label={say('sign-in.code')} hint={say('sign-in.code-hint')}>
					{(tie) => (
						<Input
							{...tie}
							data-testid="sign-in-code"
							autoComplete="one-time-code"
							inputMode="text"
							autoFocus
							value={code}
							onChange={(event) => setCode(event.target.value)}
						/>
					)}
				</Field>
			)}
			{wait > 0 ? (
				<p className="wait-note" role="alert" data-testid="locked">
					{say('sign-in.locked', { seconds: wait })}
				</p>
			) : (
				<Failed error={signIn.failure?.code === 'too-many-tries' ? null : signIn.error} />
			)}
			<Button
				type="primary"
				htmlType="submit"
				size="large"
				block
				data-testid="sign-in-submit"
				loading={signIn.running}
				disabled={!complete || wait > 0}
			>
				{say('sign-in.submit')}
			</Button>
			{asked && right === undefined && (
				<Button
					type="text"
					block
					onClick={() => {
						setAsked(false);
						setCode('');
						signIn.clear();
					}}
				>
					{say('common.back')}
				</Button>
			)}
		</form>
	);
}
