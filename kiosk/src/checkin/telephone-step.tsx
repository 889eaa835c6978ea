import { NumberPad } from '../number-pad.js';
import { useWords } from '../words/words.js';
import { formatTelephone, mayLeave } from './checkin.js';
import type { StepProps } from './checkin-page.js';

/** A telephone, if they like: by the number pad on the page, or a keyboard that is there. The system's own stays away (inputMode). */
export function TelephoneStep({ draft, put }: StepProps) {
	const { say } = useWords();
	const type = (telephone: string) => put({ type: 'telephone', telephone });
	const wrong = !mayLeave(draft);
	return (
		<form
			className="telephone"
			autoComplete="off"
			onSubmit={(event) => {
				event.preventDefault();
				put({ type: 'next' });
			}}
		>
			<div>
				<h1>
					<label htmlFor="visitor-telephone">{say('telephone.title')}</label>
				</h1>
				<p>{say('telephone.hint')}</p>
				<input
					id="visitor-telephone"
					data-testid="kiosk-telephone"
					type="text"
					inputMode="none"
					autoComplete="off"
					value={formatTelephone(draft.telephone)}
					aria-invalid={wrong}
					aria-describedby="telephone-wrong"
					onChange={(event) => type(event.target.value)}
				/>
				<p className="wrong" id="telephone-wrong" aria-live="polite">
					{wrong && say('telephone.wrong')}
				</p>
				<button type="submit" className="big primary" data-testid="kiosk-next" disabled={wrong}>
					{say(draft.telephone === '' ? 'nav.skip' : 'nav.next')}
				</button>
			</div>
			<NumberPad value={draft.telephone} type={type} corner="+" />
		</form>
	);
}
