import type { ReactNode } from 'react';
import { useWords } from '../words/words.js';
import { PairingPage } from './pairing-page.js';
import { useDevice } from './use-device.js';

/** The kiosk's pages are for one of the store's devices only. */
export function Door({ children }: { children: ReactNode }) {
	const { say } = useWords();
	const { state, refresh } = useDevice();
	if (state === 'paired') return children;
	if (state === 'unpaired') return <PairingPage onPaired={refresh} />;
	return (
		<div className="page">
			<main>
				<p role="status">{say(state === 'asking' ? 'pairing.asking' : 'pairing.unreachable')}</p>
			</main>
		</div>
	);
}
