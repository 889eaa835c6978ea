import type { ThresholdsView } from '../../../edge-agent/contract/setup.api.js';
import { useDates } from '../shared/use-dates.js';
import { useWords } from '../words/words.js';

/** What recognition decides by: the store's own photographs, or figures from elsewhere and what to do about it. */
export function Thresholds({ thresholds }: { thresholds: ThresholdsView }) {
	const { say } = useWords();
	const { date } = useDates();
	return (
		<section data-testid="thresholds" data-from={thresholds.from}>
			<h2>{say('thresholds.title')}</h2>
			{thresholds.from === 'own' && (
				<p>{say('thresholds.own', { date: date(Date.parse(thresholds.madeAt)), people: thresholds.people })}</p>
			)}
			{thresholds.from === 'settings' && <p>{say('thresholds.settings')}</p>}
			{(thresholds.from === 'shipped' || thresholds.from === 'none') && (
				<>
					<p>{say(thresholds.from === 'shipped' ? 'thresholds.shipped' : 'thresholds.none')}</p>
					<pre className="commands">showroom calibrate thresholds DIR</pre>
				</>
			)}
		</section>
	);
}
