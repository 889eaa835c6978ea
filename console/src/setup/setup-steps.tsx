import { useWords } from '../words/words.js';

export const assistantSteps = ['administrator', 'store', 'camera', 'models', 'staff', 'done'] as const;
export type AssistantStep = (typeof assistantSteps)[number];

/** Where one is in the assistant. */
export function SetupSteps({ present }: { present: AssistantStep }) {
	const { say } = useWords();
	const at = assistantSteps.indexOf(present);
	return (
		<ol className="setup-steps" aria-label={say('setup.progress', { step: at + 1, steps: assistantSteps.length })}>
			{assistantSteps.map((step, index) => (
				<li key={step} className={index < at ? 'done' : ''} {...(index === at && { 'aria-current': 'step' })}>
					<span>{index < at ? '✓' : index + 1}</span>
					<b>{say(`setup.step-${step}`)}</b>
				</li>
			))}
		</ol>
	);
}
