import { type FormEvent, useState } from 'react';
import { RequestError } from '../../../console/src/shared/http.client.js';
import { postPair } from '../agent.client.js';
import { LanguageSwitch } from '../language-switch.js';
import { NumberPad } from '../number-pad.js';
import { useWords } from '../words/words.js';

const length = 8;

/** A kiosk that the agent does not know: the one-time code that an administrator made, by the pad or a keyboard. */
export function PairingPage({ onPaired }: { onPaired: () => void }) {
	const { say, language } = useWords();
	const [code, setCode] = useState('');
	const [sending, setSending] = useState(false);
	const [wrong, setWrong] = useState<string | null>(null);
	const type = (next: string) => {
		setCode(next.replace(/\D/g, '').slice(0, length));
		setWrong(null);
	};
	const send = async (event: FormEvent) => {
		event.preventDefault();
		setSending(true);
		try {
			await postPair(code, language);
			onPaired();
		} catch (error) {
			setCode('');
			const answered = error instanceof RequestError && error.code !== 'network';
			setWrong(answered ? error.message : say('pairing.no-answer'));
		} finally {
			setSending(false);
		}
	};
	return (
		<div className="page" data-testid="kiosk-pairing">
			<header>
				<span />
				<LanguageSwitch />
			</header>
			<main>
				<form className="telephone" autoComplete="off" onSubmit={(event) => void send(event)}>
					<div>
						<h1>
							<label htmlFor="pairing-code">{say('pairing.title')}</label>
						</h1>
						<p>{say('pairing.hint')}</p>
						<input
							id="pairing-code"
							data-testid="kiosk-code"
							type="text"
							inputMode="none"
							autoComplete="off"
							value={code.replace(/^(\d{4})(?=\d)/, '$1 ')}
							aria-invalid={wrong !== null}
							aria-describedby="pairing-wrong"
							onChange={(event) => type(event.target.value)}
						/>
						<p className="wrong" id="pairing-wrong" aria-live="polite">
							{wrong}
						</p>
						<button type="submit" className="big primary" data-testid="kiosk-pair" disabled={code.length < length || sending}>
							{say(sending ? 'pairing.sending' : 'pairing.submit')}
						</button>
					</div>
					<NumberPad value={code} type={type} />
				</form>
			</main>
		</div>
	);
}
