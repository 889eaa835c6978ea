import { useState } from 'react';
import type { CheckInAnswer } from '../../../edge-agent/contract/api.js';
import type { Address, FaceInstruction } from '../../../edge-agent/contract/face-checkin.api.js';
import type { Purpose } from '../../../edge-agent/contract/vocabulary.js';
import { postFaceConfirm } from '../agent.client.js';
import { beginCheckIn } from '../checkin/checkin.js';
import { PurposeStep } from '../checkin/purpose-step.js';
import { ThanksPage } from '../checkin/thanks-page.js';
import { HomeHeader } from '../home-header.js';
import { useWords } from '../words/words.js';
import { type FaceView, useFaceSession } from './use-face-session.js';

/** After so many tries only touch is offered. */
const TRIES = 2;

interface FacePageProps {
	/** The new check-in's id. */
	readonly id: string;
	readonly onHome: () => void;
	readonly onTouch: () => void;
	readonly onBrowse: () => void;
}

/** Checking in by face, with touch beside it at every moment. */
export function FacePage({ id, onHome, onTouch, onBrowse }: FacePageProps) {
	const { say, language } = useWords();
	const [turn, setTurn] = useState(1);
	const [itIsMe, setItIsMe] = useState(false);
	const [answer, setAnswer] = useState<CheckInAnswer | null>(null);
	const [sending, setSending] = useState<'no' | 'sending' | 'failed'>('no');
	const { video, view, id: session } = useFaceSession(turn, language);
	const who = useAddress();

	const send = async (purpose: Purpose) => {
		if (session === null || sending === 'sending') return;
		setSending('sending');
		try {
			setAnswer(await postFaceConfirm(session, { id, purpose, language }));
		} catch {
			setSending('failed');
		}
	};

	if (answer && view.state === 'recognised')
		return <ThanksPage name={who(view.address)} answer={answer} onHome={onHome} onBrowse={onBrowse} />;
	const over = view.state !== 'starting' && view.state !== 'waiting' && view.state !== 'recognised';
	return (
		<div className="page face" data-testid="kiosk-face" data-state={view.state}>
			<HomeHeader onHome={onHome} />
			<main>
				{(view.state === 'starting' || view.state === 'waiting') && (
					<>
						<h1 aria-live="assertive" data-testid="kiosk-face-instruction">
							{view.state === 'starting' ? say('face.starting') : say(`face.${view.instruction}`)}
						</h1>
						<Mirror video={video} instruction={view.state === 'waiting' ? view.instruction : null} />
						<Steps view={view} />
						<p>{say('face.hint')}</p>
					</>
				)}
				{view.state === 'recognised' && !itIsMe && (
					<>
						<h1 data-testid="kiosk-face-who">{say('face.is-it-you', { who: who(view.address) })}</h1>
						<div className="choices">
							<button type="button" className="big primary" data-testid="kiosk-face-yes" onClick={() => setItIsMe(true)}>
								{say('face.yes')}
							</button>
							<button type="button" className="big" data-testid="kiosk-face-no" onClick={onTouch}>
								{say('face.no')}
							</button>
						</div>
					</>
				)}
				{view.state === 'recognised' && itIsMe && (
					<>
						<PurposeStep draft={beginCheckIn(id, null)} put={(input) => input.type === 'purpose' && void send(input.purpose)} />
						{sending === 'failed' && (
							<p className="failed" role="alert">
								{say('face.not-sent')}
							</p>
						)}
					</>
				)}
				{over && (
					<>
						<h1 data-testid="kiosk-face-over">{say(whyKey(view))}</h1>
						<p>{say('face.never-mind')}</p>
					</>
				)}
				<div className="choices">
					{over && turn < TRIES && view.state !== 'no-camera' && (
						<button type="button" className="big" data-testid="kiosk-face-again" onClick={() => setTurn(turn + 1)}>
							{say('face.again')}
						</button>
					)}
					<button type="button" className={over ? 'big primary' : 'big'} data-testid="kiosk-face-touch" onClick={onTouch}>
						{say('face.touch')}
					</button>
				</div>
			</main>
		</div>
	);
}

/** The visitor as in a mirror, and an arrow at the side that they are asked to turn to. */
function Mirror({
	video,
	instruction,
}: {
	readonly video: ReturnType<typeof useFaceSession>['video'];
	readonly instruction: FaceInstruction | null;
}) {
	const arrow = (side: 'left' | 'right') => (
		<svg viewBox="0 0 48 48" className={instruction === `turn-${side}` ? 'arrow asked' : 'arrow'} aria-hidden="true">
			<path d={side === 'left' ? 'M32 6L14 24l18 18' : 'M16 6l18 18-18 18'} />
		</svg>
	);
	return (
		<div className="mirror">
			{arrow('left')}
			<video ref={video} muted playsInline />
			{arrow('right')}
		</div>
	);
}

/** How far it has come. */
function Steps({ view }: { readonly view: FaceView }) {
	const { say } = useWords();
	const { done, steps } = view.state === 'waiting' ? view : { done: 0, steps: 5 };
	return (
		<span className="progress" role="img" aria-label={say('nav.step', { step: Math.min(done + 1, steps), steps })}>
			{Array.from({ length: steps }, (_, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the steps have no other name
				<i key={index} className={index < done ? 'done' : ''} />
			))}
		</span>
	);
}

function whyKey(view: FaceView) {
	if (view.state === 'failed') return `face.${view.reason}` as const;
	return view.state === 'nobody' || view.state === 'no-camera' ? (`face.${view.state}` as const) : 'face.gone';
}

/** Surname and title in the page's language. */
function useAddress(): (address: Address) => string {
	const { say } = useWords();
	return ({ surname, title }) => say(`face.address-${title ?? 'open'}`, { surname });
}
