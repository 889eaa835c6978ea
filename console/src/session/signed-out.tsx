import { Button, Modal } from 'antd';
import { useWords } from '../words/words.js';
import { useSession } from './session-context.js';
import { SignInForm } from './sign-in-form.js';

/** The session has ended: signing in again over the page, so that nothing on it is lost. */
export function SignedOut() {
	const { say } = useWords();
	const { me, expired, entered } = useSession();
	if (!expired || me === null || me.kind === 'nobody') return null;
	const device = me.kind !== 'staff' || me.session === null;
	return (
		<Modal open closable={false} footer={null} title={say(device ? 'expired.device-title' : 'expired.title')}>
			<p className="quiet signed-out" data-testid="signed-out">
				{say(device ? 'expired.device-text' : 'expired.text')}
			</p>
			{!device && <SignInForm name={me.staff.name} onEntered={entered} />}
			<Button type={device ? 'primary' : 'text'} block data-testid="sign-in-anew" onClick={() => location.assign('/')}>
				{say(device ? 'common.continue' : 'expired.other')}
			</Button>
		</Modal>
	);
}
