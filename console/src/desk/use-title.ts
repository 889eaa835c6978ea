import { useEffect } from 'react';
import { useWords } from '../words/words.js';

/** The page's title: how many wait, flashing while nobody looks at the page. */
export function useTitle(showroom: string, waiting: number): void {
	const { say } = useWords();
	const base = showroom || say('app.title');
	const alarm = say('live.new-title', { count: waiting });
	useEffect(() => {
		if (waiting === 0) {
			document.title = base;
			return;
		}
		document.title = alarm;
		if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
		const timer = setInterval(() => {
			document.title = document.hasFocus() || document.title !== alarm ? alarm : base;
		}, 1000);
		return () => clearInterval(timer);
	}, [base, alarm, waiting]);
}
