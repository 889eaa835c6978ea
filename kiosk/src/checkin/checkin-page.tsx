import { type Dispatch, useReducer } from 'react';
import { RequestError } from '../../../console/src/shared/http.client.js';
import type { BrochureView } from '../../../edge-agent/contract/api.js';
import { postCheckIn } from '../agent.client.js';
import { LanguageSwitch } from '../language-switch.js';
import { useWords } from '../words/words.js';
import { beginCheckIn, type CheckInDraft, type CheckInInput, checkInOf, reduceCheckIn, steps } from './checkin.js';
import { ConfirmStep } from './confirm-step.js';
import { HostStep } from './host-step.js';
import { NameStep } from './name-step.js';
import { PurposeStep } from './purpose-step.js';
import { TelephoneStep } from './telephone-step.js';
import { ThanksPage } from './thanks-page.js';
import { useHosts } from './use-hosts.js';

interface CheckInPageProps {
	/** The new check-in's id. */
	readonly id: string;
	/** The model that the visitor asked to drive, from its brochure. */
	readonly model: BrochureView | null;
	readonly onHome: () => void;
	readonly onBrowse: () => void;
}

/** What each step gets. */
export interface StepProps {
	readonly draft: CheckInDraft;
	readonly put: Dispatch<CheckInInput>;
}

/** The check-in, one question a page. */
export function CheckInPage({ id, model, onHome, onBrowse }: CheckInPageProps) {
	const { say, language } = useWords();
	const [draft, put] = useReducer(reduceCheckIn, null, () => beginCheckIn(id, model?.id ?? null));
	const hosts = useHosts();

	const send = async () => {
		const checkIn = checkInOf(draft, language);
		if (!checkIn || draft.sending.state === 'sending') return;
		put({ type: 'send' });
		try {
			put({ type: 'answered', answer: await postCheckIn(checkIn) });
		} catch (error) {
			const network = !(error instanceof RequestError) || error.code === 'network';
			put({ type: 'failed', error: error instanceof Error ? error.message : String(error), network });
		}
	};

	if (draft.answer) return <ThanksPage name={draft.name.trim()} answer={draft.answer} onHome={onHome} onBrowse={onBrowse} />;
	const step = steps.indexOf(draft.step) + 1;
	return (
		<div className="page">
			<header>
				<button type="button" className="plain" data-testid="kiosk-back" onClick={() => (step === 1 ? onHome() : put({ type: 'back' }))}>
					{say('nav.back')}
				</button>
				<span className="progress" role="img" aria-label={say('nav.step', { step, steps: steps.length })}>
					{steps.map((one, index) => (
						<i key={one} className={index < step ? 'done' : ''} />
					))}
				</span>
				<LanguageSwitch />
				<button type="button" className="plain" data-testid="kiosk-home" onClick={onHome}>
					{say('nav.home')}
				</button>
			</header>
			<main key={draft.step}>
				{draft.step === 'purpose' && <PurposeStep draft={draft} put={put} />}
				{draft.step === 'name' && <NameStep draft={draft} put={put} />}
				{draft.step === 'telephone' && <TelephoneStep draft={draft} put={put} />}
				{draft.step === 'host' && <HostStep draft={draft} put={put} hosts={hosts} />}
				{draft.step === 'confirm' && <ConfirmStep draft={draft} put={put} hosts={hosts} model={model} onSend={send} />}
			</main>
		</div>
	);
}
