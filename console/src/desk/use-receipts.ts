import { useEffect, useState } from 'react';
import { chime, useDesk, useDeskState } from './desk-context.js';

/**
 * Acknowledges each delivery once it reached the person: its card is on the screen (`onScreen`, alert ids), and the screen can be seen
 * or the chime heard. A page behind a locked screen acknowledges nothing. Deliveries of alerts that are over, or that a colleague has taken meanwhile,
 * need no showing.
 */
export function useReceipts(onScreen: readonly string[]): void {
	const { unacknowledged, alerts, calledIn } = useDeskState();
	const { desk } = useDesk();
	const noticed = useNoticed();
	const waits = (id: string) => {
		const state = alerts.get(id)?.state;
		return state === 'open' || (state === 'acknowledged' && calledIn.has(id));
	};
	const due = [...unacknowledged]
		.filter(([, alert]) => (noticed && onScreen.includes(alert)) || !waits(alert))
		.map(([delivery]) => delivery)
		.join('\n');
	useEffect(() => {
		if (due) desk.acknowledge(due.split('\n'));
	}, [due, desk]);
}

/** Whether somebody would notice: the page can be seen or heard. */
function useNoticed(): boolean {
	const [noticed, setNoticed] = useState(canBeNoticed);
	useEffect(() => {
		const look = () => setNoticed(canBeNoticed());
		const unsubscribe = chime.subscribe(look);
		document.addEventListener('visibilitychange', look);
		look();
		return () => {
			unsubscribe();
			document.removeEventListener('visibilitychange', look);
		};
	}, []);
	return noticed;
}

const canBeNoticed = () => document.visibilityState === 'visible' || chime.ready();
