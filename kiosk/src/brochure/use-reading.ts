import { useEffect } from 'react';
import { postSeen } from '../agent.client.js';
import { seenOf } from './reading.js';

/** Reports how long a page was looked at, when it is turned or left. */
export function useReading(brochure: string, page: number): void {
	useEffect(() => {
		const reading = { brochure, page, since: performance.now() };
		return () => {
			const seen = seenOf(reading, performance.now());
			if (seen) postSeen(seen);
		};
	}, [brochure, page]);
}
