import type { Chime } from './chime.client.js';

/** Whether somebody would notice an alert on this page. */
export interface Presence {
	readonly visible: () => boolean;
	/** Calls back whenever that may have changed, and after the device has slept. Answers how to stop. */
	readonly subscribe: (listener: () => void) => () => void;
}

/**
 * A page in sight can be seen. One out of sight can be heard if it may ring and goes on running, as a desktop's does and a phone's in a pocket
 * does not.
 */
export function createPresence(chime: Pick<Chime, 'ready' | 'subscribe'>): Presence {
	const stays = () => matchMedia('(hover: hover) and (pointer: fine)').matches;
	return {
		visible: () => document.visibilityState === 'visible' || (stays() && chime.ready()),
		subscribe(listener) {
			const unsubscribe = chime.subscribe(listener);
			document.addEventListener('visibilitychange', listener);
			document.addEventListener('resume', listener);
			window.addEventListener('pageshow', listener);
			return () => {
				unsubscribe();
				document.removeEventListener('visibilitychange', listener);
				document.removeEventListener('resume', listener);
				window.removeEventListener('pageshow', listener);
			};
		},
	};
}
