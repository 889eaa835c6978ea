import { purposeSchema } from '../../../edge-agent/contract/vocabulary.js';
import { useWords } from '../words/words.js';
import type { StepProps } from './checkin-page.js';

/** Why they came. One touch goes on. */
export function PurposeStep({ draft, put }: StepProps) {
	const { say } = useWords();
	return (
		<>
			<h1>{say('purpose.title')}</h1>
			<div className="grid">
				{purposeSchema.options.map((purpose) => (
					<button
						key={purpose}
						type="button"
						className={purpose === draft.purpose ? 'tile chosen' : 'tile'}
						data-testid={`kiosk-purpose-${purpose}`}
						onClick={() => put({ type: 'purpose', purpose })}
					>
						{say(`purpose.${purpose}`)}
					</button>
				))}
			</div>
		</>
	);
}
