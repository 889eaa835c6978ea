import { useWords } from './words/words.js';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** The page's own keys for numbers; the system's keyboard stays away (inputMode="none" on the field). corner: what stands beside the 0. */
export function NumberPad({ value, type, corner }: { value: string; type: (value: string) => void; corner?: '+' }) {
	const { say } = useWords();
	const key = (sign: string) => (
		<button key={sign} type="button" data-testid={`kiosk-key-${sign}`} onClick={() => type(value + sign)}>
			{sign}
		</button>
	);
	return (
		<div className="pad">
			{digits.map(key)}
			{corner ? key(corner) : <span />}
			{key('0')}
			<button type="button" aria-label={say('telephone.delete')} data-testid="kiosk-key-delete" onClick={() => type(value.slice(0, -1))}>
				⌫
			</button>
		</div>
	);
}
