import { useWords } from '../words/words.js';
import { maxNameLength, mayLeave } from './checkin.js';
import type { StepProps } from './checkin-page.js';

/** What to call them, by the system's keyboard. Enter goes on, except where it ends a word that an input method is still composing. */
export function NameStep({ draft, put }: StepProps) {
	const { say } = useWords();
	return (
		<form
			autoComplete="off"
			onSubmit={(event) => {
				event.preventDefault();
				put({ type: 'next' });
			}}
		>
			<h1>
				<label htmlFor="visitor-name">{say('name.title')}</label>
			</h1>
			<p>{say('name.hint')}</p>
			<input
				id="visitor-name"
				data-testid="kiosk-name"
				// The page asks for nothing else: the keyboard should be there at once.
				// biome-ignore lint/a11y/noAutofocus: see above
				autoFocus
				autoComplete="off"
				autoCorrect="off"
				spellCheck={false}
				enterKeyHint="next"
				maxLength={maxNameLength}
				placeholder={say('name.placeholder')}
				value={draft.name}
				onChange={(event) => put({ type: 'name', name: event.target.value })}
				onKeyDown={(event) => {
					// Chromium submits on the Enter that ends a composition in some input methods; 229 is their key code.
					if (event.key === 'Enter' && (event.nativeEvent.isComposing || event.keyCode === 229)) event.preventDefault();
				}}
			/>
			<button type="submit" className="big primary" data-testid="kiosk-next" disabled={!mayLeave(draft)}>
				{say('nav.next')}
			</button>
		</form>
	);
}
