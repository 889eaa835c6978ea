import { useEffect, useRef, useState } from 'react';
import { type IdlePhase, idlePhase } from './idle.js';

const touches = ['pointerdown', 'pointermove', 'keydown', 'input', 'compositionupdate', 'wheel'] as const;

/** Follows how long nobody has touched the page; calls `onOver` once when the time is over. */
export function useIdle(onOver: () => void): IdlePhase {
	const [phase, setPhase] = useState<IdlePhase>({ phase: 'active' });
	const over = useRef(onOver);
	over.current = onOver;

	useEffect(() => {
		let touchedAt = performance.now();
		const look = () => {
			const next = idlePhase(performance.now() - touchedAt);
			setPhase((known) => (same(known, next) ? known : next));
			if (next.phase === 'over') {
				touchedAt = performance.now();
				over.current();
			}
		};
		const touched = () => {
			touchedAt = performance.now();
			look();
		};
		const timer = setInterval(look, 500);
		for (const touch of touches) addEventListener(touch, touched, { passive: true });
		return () => {
			clearInterval(timer);
			for (const touch of touches) removeEventListener(touch, touched);
		};
	}, []);
	return phase;
}

function same(a: IdlePhase, b: IdlePhase): boolean {
	return a.phase === b.phase && (a.phase !== 'warning' || b.phase !== 'warning' || a.secondsLeft === b.secondsLeft);
}
