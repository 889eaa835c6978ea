import { useState } from 'react';
import { RequestError } from '../shared/http.client.js';
import { useWords } from '../words/words.js';
import { CodeForm } from './code-form.js';
import { NewPasswordForm } from './new-password-form.js';
import { postSignIn, postSignInLink } from './session.client.js';
import { useSession } from './session-context.js';
import { SignInForm } from './sign-in-form.js';

interface CodeSignInProps {
	/** From a link; '' to be typed. */
	readonly initial: string;
	/** A password was chosen, but signing in with it did not go well. */
	readonly onPasswordKept: () => void;
}

/** A one-time code lets somebody in; or lets them choose a password first, and then asks for their authenticator where they use one. */
export function CodeSignIn({ initial, onPasswordKept }: CodeSignInProps) {
	const { say, language } = useWords();
	const { entered } = useSession();
	const [choosing, setChoosing] = useState<string | null>(null);
	const [chosen, setChosen] = useState<{ readonly name: string; readonly password: string } | null>(null);

	const enter = async (code: string) => {
		try {
			entered(await postSignInLink(code, language));
		} catch (error) {
			if (!(error instanceof RequestError) || error.code !== 'new-password-needed') throw error;
			setChoosing(code);
		}
	};
	const signIn = async (name: string, password: string) => {
		try {
			entered(await postSignIn({ name, password }, language));
		} catch (error) {
			if (error instanceof RequestError && error.code === 'code-needed') setChosen({ name, password });
			else onPasswordKept();
		}
	};

	if (chosen)
		return (
			<>
				<h1>{say('sign-in.title-password')}</h1>
				<SignInForm {...chosen} onEntered={entered} />
			</>
		);
	if (choosing !== null)
		return (
			<>
				<h1>{say('sign-in.title-new-password')}</h1>
				<NewPasswordForm code={choosing} onChosen={signIn} />
			</>
		);
	return (
		<>
			<h1>{say('sign-in.title-code')}</h1>
			<CodeForm
				label={say('sign-in.link-code')}
				hint={say('sign-in.link-code-hint')}
				submit={say('common.continue')}
				initial={initial}
				onCode={enter}
			/>
		</>
	);
}
