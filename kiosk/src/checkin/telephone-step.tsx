import { useWords } from '../words/words.js';
import { formatTelephone, mayLeave } from './checkin.js';
import type { StepProps } from './checkin-page.js';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '0'] as const;

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
			<div className="pad">
				{keys.map((key) => (
					<button key={key} type="button" data-testid={`kiosk-key-${key}`} onClick={() => type(draft.telephone + key)}>
						{key}
					</button>
				))}
				<button
					type="button"
					aria-label={say('telephone.delete')}
					data-testid="kiosk-key-delete"
					onClick={() => type(draft.telephone.slice(0, -1))}
				>
					⌫
				</button>
			</div>
		</form>
	);
}
