import { formatDuration } from '../shared/duration.js';
import { useWords } from '../words/words.js';
import type { DayFigures } from './day.js';

/** A day in four figures. */
export function DaySummary({ figures }: { figures: DayFigures }) {
	const { say } = useWords();
	return (
		<dl className="summary">
			<div>
				<dt>{say('visits.total')}</dt>
				<dd>{figures.arrivals}</dd>
			</div>
			<div>
				<dt>{say('visits.greeted')}</dt>
				<dd>{figures.greeted}</dd>
			</div>
			<div>
				<dt>{say('visits.median-wait')}</dt>
				<dd>{figures.medianWaitMs === null ? say('visits.none') : formatDuration(figures.medianWaitMs)}</dd>
			</div>
			<div className={figures.overMinute > 0 ? 'bad' : ''}>
				<dt>{say('visits.over-minute')}</dt>
				<dd>{figures.overMinute}</dd>
			</div>
		</dl>
	);
}
