import { useState } from 'react';
import { randomId } from '../../console/src/shared/random-id.js';
import type { BrochureView } from '../../edge-agent/contract/api.js';
import { BrochuresPage } from './brochure/brochures-page.js';
import { CheckInPage } from './checkin/checkin-page.js';
import { FacePage } from './face/face-page.js';
import { IdleWarning } from './idle/idle-warning.js';
import { useIdle } from './idle/use-idle.js';
import { forgetVisitor } from './shell.client.js';
import { WelcomePage } from './welcome-page.js';
import { useWords } from './words/words.js';

type Place =
	| { readonly page: 'welcome' }
	| { readonly page: 'brochures' }
	| { readonly page: 'face'; readonly id: string }
	/** `id`: the check-in's own; a new one is a new page with nothing typed in it. */
	| { readonly page: 'check-in'; readonly id: string; readonly model: BrochureView | null };

const welcome: Place = { page: 'welcome' };

/** The kiosk: a start page, the check-in, the brochures. Left alone it forgets its visitor. */
export function App() {
	const { language, change } = useWords();
	const [place, setPlace] = useState<Place>(welcome);
	const home = () => {
		setPlace(welcome);
		change('zh');
		forgetVisitor();
	};
	const idle = useIdle(() => {
		if (place.page !== 'welcome' || language !== 'zh') home();
	});
	const checkIn = (model: BrochureView | null) => setPlace({ page: 'check-in', id: randomId(), model });
	const byFace = () => setPlace({ page: 'face', id: randomId() });
	const browse = () => setPlace({ page: 'brochures' });

	return (
		<>
			{place.page === 'welcome' && <WelcomePage onCheckIn={() => checkIn(null)} onFace={byFace} onBrowse={browse} />}
			{place.page === 'face' && <FacePage key={place.id} id={place.id} onHome={home} onTouch={() => checkIn(null)} onBrowse={browse} />}
			{place.page === 'check-in' && <CheckInPage key={place.id} id={place.id} model={place.model} onHome={home} onBrowse={browse} />}
			{place.page === 'brochures' && <BrochuresPage onHome={home} onTestDrive={checkIn} />}
			{place.page !== 'welcome' && idle.phase === 'warning' && <IdleWarning secondsLeft={idle.secondsLeft} />}
		</>
	);
}
