import { useSession } from '../session/session-context.js';
import { useWords } from '../words/words.js';
import { PasswordForm } from './password-form.js';
import { SessionsList } from './sessions-list.js';
import { TotpSection } from './totp-section.js';

/** One's own account: password, authenticator, where one is signed in. */
export default function AccountPage() {
	const { say } = useWords();
	const { me } = useSession();
	if (me?.kind !== 'staff') return null;
	return (
		<div className="page">
			<h1>{say('account.title')}</h1>
			<p className="quiet">
				{me.staff.name} · {say(`role.${me.staff.role}`)}
			</p>
			<div className="panels">
				<section className="panel">
					<h2>{say('account.password')}</h2>
					<PasswordForm />
				</section>
				<section className="panel">
					<h2>{say('account.totp')}</h2>
					<TotpSection on={me.totp} />
				</section>
			</div>
			<section className="panel">
				<h2>{say('account.sessions')}</h2>
				<p className="quiet">{say('account.sessions-hint')}</p>
				<SessionsList whose="me" />
			</section>
		</div>
	);
}
