import { useEffect, useState } from 'react';
import { useDeskState } from './desk-context.js';

/**
 * The agent's wall clock, Unix ms, anew every `everyMs`. It runs on this screen's monotonic clock: a telephone whose clock is wrong or
 * jumps shows right waiting times all the same.
 */
export function useAgentNow(everyMs = 1000): number {
	const { clockOffset } = useDeskState();
	const [monotonic, setMonotonic] = useState(() => performance.now());
	useEffect(() => {
		const timer = setInterval(() => setMonotonic(performance.now()), everyMs);
		return () => clearInterval(timer);
	}, [everyMs]);
	return clockOffset === 0 ? Date.now() : monotonic + clockOffset;
}
