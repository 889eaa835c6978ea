import { useEffect } from 'react';

/** Keeps the screen awake while the page is open. Browsers allow it in a secure context only and end it when the page is hidden. */
export function useWakeLock(): void {
	useEffect(() => {
		if (!('wakeLock' in navigator)) return;
		let lock: WakeLockSentinel | null = null;
		let left = false;
		const ask = async () => {
			if (document.visibilityState !== 'visible') return;
			const granted = await navigator.wakeLock.request('screen').catch(() => null); // Refused, for example at low battery.
			if (left) await granted?.release();
			else lock = granted;
		};
		void ask();
		document.addEventListener('visibilitychange', ask);
		return () => {
			left = true;
			document.removeEventListener('visibilitychange', ask);
			void lock?.release();
		};
	}, []);
}
