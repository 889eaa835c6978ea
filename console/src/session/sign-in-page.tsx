import { Button } from 'antd';
import { useState } from 'react';
import { LanguageSwitch } from '../frame/language-switch.js';
import { useWords } from '../words/words.js';
import { CodeForm } from './code-form.js';
import { postPair, postSignInLink } from './session.client.js';
import { useSession } from './session-context.js';
import { SignInForm } from './sign-in-form.js';

type Way = 'password' | 'code' | 'pair';

/** `/#sign-in=CODE`, from a link that the administrator handed over. */
const linkCode = () => new URLSearchParams(location.hash.slice(1)).get('sign-in');

/** Nobody is signed in: by password, by a one-time code, or as a paired phone or wall board. */
export function SignInPage() {
	const { say, language } = useWords();
	const { entered, refresh } = useSession();
	const [code] = useState(linkCode);
	const [way, setWay] = useState<Way>(code === null ? 'password' : 'code');
	return (
		<main className="door" data-testid="sign-in-page">
			<header>
				<strong>{say('app.title')}</strong>
				<LanguageSwitch />
			</header>
			<section className="door-card">
				<h1>{say(`sign-in.title-${way}`)}</h1>
				{way === 'password' && <SignInForm onEntered={entered} />}
				{way === 'code' && (
					<CodeForm
						label={say('sign-in.link-code')}
						hint={say('sign-in.link-code-hint')}
						submit={say('sign-in.submit')}
						initial={code ?? ''}
						onCode={async (typed) => {
							const me = await postSignInLink(typed, language);
							// The code is used up; it does not stay in the address.
							history.replaceState(null, '', location.pathname + location.search);
							entered(me);
						}}
					/>
				)}
				{way === 'pair' && (
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
				)}
			</section>
			<nav className="door-ways" aria-label={say('sign-in.other-ways')}>
				{way !== 'password' && (
					<Button type="link" data-testid="way-password" onClick={() => setWay('password')}>
						{say('sign-in.way-password')}
					</Button>
				)}
				{way !== 'code' && (
					<Button type="link" data-testid="way-code" onClick={() => setWay('code')}>
						{say('sign-in.way-code')}
					</Button>
				)}
				{way !== 'pair' && (
					<Button type="link" data-testid="way-pair" onClick={() => setWay('pair')}>
						{say('sign-in.way-pair')}
					</Button>
				)}
			</nav>
		</main>
	);
}
