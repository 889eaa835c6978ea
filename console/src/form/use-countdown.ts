import { useEffect, useState } from 'react';

/** Whole seconds until `at` (performance.now() ms), counted down; 0 afterwards and for null. */
export function useCountdown(at: number | null): number {
	const [now, setNow] = useState(() => performance.now());
	const left = at === null ? 0 : Math.max(0, Math.ceil((at - now) / 1000));
	useEffect(() => {
		if (at === null) return;
		setNow(performance.now());
		const timer = setInterval(() => {
			setNow(performance.now());
			if (performance.now() >= at) clearInterval(timer);
		}, 250);
		return () => clearInterval(timer);
	}, [at]);
	return left;
}
