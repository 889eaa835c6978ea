import type { PasswordCode } from '../../../edge-agent/contract/access.api.js';
import { useConsoleAddress } from '../desk/use-console-address.js';
import { CopyButton } from '../form/copy-button.js';
import { QrCode } from '../form/qr-code.js';
import { useDates } from '../shared/use-dates.js';
import { useWords } from '../words/words.js';

/** A one-time code for a colleague, this once: to be scanned with their phone, sent as a link, or read out. */
export function PasswordCodeShown({ name, code }: { name: string; code: PasswordCode }) {
	const { say } = useWords();
	const { dateTime } = useDates();
	const address = useConsoleAddress();
	const link = address && `${address}#sign-in=${code.code}`;
	return (
		<div className="one-time">
			{link && <QrCode text={link} label={say('password-code.qr')} />}
			<div>
				<p>{say(link ? 'password-code.how' : 'password-code.how-here', { name })}</p>
				<output className="secret one-time-code" data-testid="password-code">
					{code.code}
				</output>
				<p className="buttons">
					<CopyButton text={code.code} />
					{link && <CopyButton text={link} label={say('password-code.copy-link')} />}
				</p>
				<p className="quiet">{say('password-code.ends', { time: dateTime(code.expiresAt) })}</p>
			</div>
		</div>
	);
}
