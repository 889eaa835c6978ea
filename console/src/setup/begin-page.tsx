import { Button, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { NewPassword } from '../form/new-password.js';
import { passwordFault } from '../form/password.js';
import { useCountdown } from '../form/use-countdown.js';
import { LanguageSwitch } from '../frame/language-switch.js';
import { postSetup } from '../session/session.client.js';
import { useSession } from '../session/session-context.js';
import { RequestError } from '../shared/http.client.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { SetupSteps } from './setup-steps.js';

/** The very first page of a new box: the set-up code, and who its administrator is. */
export default function BeginPage() {
	const { say, language } = useWords();
	const { entered } = useSession();
	const navigate = useNavigate();
	const [code, setCode] = useState(() => new URLSearchParams(location.hash.slice(1)).get('setup') ?? '');
	const [name, setName] = useState('');
	const [[password, again], setPassword] = useState(['', '']);
	const [lockedUntil, setLockedUntil] = useState<number | null>(null);
	const wait = useCountdown(lockedUntil);
	const begin = useAction(async () => {
		try {
			const me = await postSetup({ code: code.trim(), name: name.trim(), password }, language);
			void navigate('/setup', { replace: true });
			entered(me);
		} catch (error) {
			if (error instanceof RequestError && error.retryAfterSeconds !== null)
				setLockedUntil(performance.now() + error.retryAfterSeconds * 1000);
			throw error;
		}
	});
	const complete = code.trim() !== '' && name.trim() !== '' && passwordFault(password, again) === null;

	return (
		<main className="door wide" data-testid="begin-page">
			<header>
				<strong>{say('app.title')}</strong>
				<LanguageSwitch />
			</header>
			<SetupSteps present="administrator" />
			<section className="door-card">
				<h1>{say('setup.begin-title')}</h1>
				<p className="quiet">{say('setup.begin-text')}</p>
				<form
					className="form"
					onSubmit={(event) => {
						event.preventDefault();
						void begin.run();
					}}
				>
					<Field label={say('setup.code')} hint={say('setup.code-hint')}>
						{(tie) => (
							<Input
								{...tie}
								className="code-input"
								data-testid="setup-code"
								autoComplete="off"
								spellCheck={false}
								autoFocus={code === ''}
								value={code}
								onChange={(event) => setCode(event.target.value)}
							/>
						)}
					</Field>
					<Field label={say('setup.name')} hint={say('setup.name-hint')}>
						{(tie) => (
							<Input
								{...tie}
								data-testid="setup-name"
								autoComplete="username"
								maxLength={40}
								value={name}
								onChange={(event) => setName(event.target.value)}
							/>
						)}
					</Field>
					<NewPassword password={password} again={again} onChange={(one, two) => setPassword([one, two])} />
					<Failed error={wait > 0 ? say('sign-in.locked', { seconds: wait }) : begin.error} />
					<Button
						type="primary"
						htmlType="submit"
						size="large"
						block
						data-testid="setup-submit"
						loading={begin.running}
						disabled={!complete || wait > 0}
					>
						{say('setup.begin')}
					</Button>
				</form>
			</section>
		</main>
	);
}
