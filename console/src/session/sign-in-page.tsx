import { Alert, Button } from 'antd';
import { useState } from 'react';
import { LanguageSwitch } from '../frame/language-switch.js';
import { useWords } from '../words/words.js';
import { CodeForm } from './code-form.js';
import { CodeSignIn } from './code-sign-in.js';
import { postPair } from './session.client.js';
import { useSession } from './session-context.js';
import { SignInForm } from './sign-in-form.js';

const ways = ['password', 'code', 'pair'] as const;
type Way = (typeof ways)[number];

/** Coming in: by password, by a one-time code, or as a paired phone or wall board. Also for somebody signed in who opened another's link. */
export function SignInPage() {
	const { say, language } = useWords();
	const { me, link, entered, refresh, dropLink } = useSession();
	const [way, setWay] = useState<Way>(link === null ? 'password' : 'code');
	const [kept, setKept] = useState(false);
	return (
		<main className="door" data-testid="sign-in-page">
			<header>
				<strong>{say('app.title')}</strong>
				<LanguageSwitch />
			</header>
			<section className="door-card">
				{way === 'password' && (
					<>
						<h1>{say('sign-in.title-password')}</h1>
						{kept && <Alert type="success" showIcon title={say('sign-in.password-kept')} />}
						<SignInForm onEntered={entered} />
					</>
				)}
				{way === 'code' && (
					<CodeSignIn
						key={link}
						initial={link ?? ''}
						onPasswordKept={() => {
							setKept(true);
							setWay('password');
						}}
					/>
				)}
				{way === 'pair' && (
					<>
						<h1>{say('sign-in.title-pair')}</h1>
						<CodeForm
							label={say('pair.code')}
							hint={say('pair.code-hint')}
							submit={say('pair.submit')}
							numeric
							onCode={async (typed) => {
								await postPair(typed.replace(/\D/g, ''), language);
								await refresh();
							}}
						/>
					</>
				)}
			</section>
			<nav className="door-ways" aria-label={say('sign-in.other-ways')}>
				{me?.kind === 'staff' ? (
					<Button type="link" data-testid="stay" onClick={dropLink}>
						{say('sign-in.stay', { name: me.staff.name })}
					</Button>
				) : (
					ways
						.filter((other) => other !== way)
						.map((other) => (
							<Button key={other} type="link" data-testid={`way-${other}`} onClick={() => setWay(other)}>
								{say(`sign-in.way-${other}`)}
							</Button>
						))
				)}
			</nav>
		</main>
	);
}
