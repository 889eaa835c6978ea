import { Alert, Button, DatePicker, Input, Spin } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import 'dayjs/locale/zh-cn';
import type { VisitView } from '../../../edge-agent/contract/api.js';
import { useDeskState, useModelNames } from '../desk/desk-context.js';
import { useAgentNow } from '../desk/use-agent-now.js';
import { useWords } from '../words/words.js';
import { dayRange, figuresOf, matchesText } from './day.js';
import { DayCharts } from './day-charts.js';
import { DaySummary } from './day-summary.js';
import { useVisits } from './use-visits.js';
import { VisitTable } from './visit-table.js';

/** The showroom log of a day: figures, charts, and every visit. */
export default function VisitsPage() {
	const { say } = useWords();
	const staff = useDeskState().showroom?.staff ?? [];
	const modelName = useModelNames();
	const now = useAgentNow();
	const [day, setDay] = useState<Dayjs>(() => dayjs(now).startOf('day'));
	const [text, setText] = useState('');
	const { from, to } = dayRange(day.year(), day.month() + 1, day.date());
	const { visits, error, reload } = useVisits(from, to);

	const describe = (visit: VisitView) => [
		say(`purpose.${visit.purpose ?? 'unknown'}`),
		say(`source.${visit.source}`),
		visit.checkin?.model ? modelName(visit.checkin.model) : '',
		visit.customer || visit.checkin ? '' : say('visitor.unknown'),
	];
	const found = visits?.filter((visit) => matchesText(visit, text.trim(), staff, describe)) ?? [];
	const figures = visits && figuresOf(visits);

	return (
		<div className="visits">
			<header className="visits-head">
				<h1>{say('visits.title')}</h1>
				<div className="day-picker">
					<Button aria-label={say('visits.previous')} onClick={() => setDay(day.subtract(1, 'day'))}>
						‹
					</Button>
					<DatePicker
						value={day}
						allowClear={false}
						inputReadOnly
						aria-label={say('visits.day')}
						disabledDate={(date) => date.isAfter(dayjs(now), 'day')}
						onChange={(date) => date && setDay(date.startOf('day'))}
					/>
					<Button aria-label={say('visits.next')} disabled={to > now} onClick={() => setDay(day.add(1, 'day'))}>
						›
					</Button>
					<Button disabled={from <= now && now < to} onClick={() => setDay(dayjs(now).startOf('day'))}>
						{say('visits.today')}
					</Button>
				</div>
				<Input.Search
					className="filter"
					allowClear
					value={text}
					placeholder={say('visits.filter')}
					aria-label={say('visits.filter')}
					onChange={(event) => setText(event.target.value)}
				/>
			</header>

			{error !== null && (
				<Alert
					type="error"
					showIcon
					title={say('visits.failed', { reason: error })}
					action={<Button onClick={reload}>{say('live.retry')}</Button>}
				/>
			)}
			{visits === null && error === null && (
				<div className="nobody" role="status">
					<Spin size="small" /> {say('visits.loading')}
				</div>
			)}
			{figures && figures.arrivals > 0 && (
				<div className="day">
					<DaySummary figures={figures} />
					<DayCharts hours={figures.hours} />
				</div>
			)}
			{visits?.length === 0 && <p className="nobody">{say('visits.empty')}</p>}
			{visits !== null && visits.length > 0 && found.length === 0 && (
				<p className="nobody">
					{say('visits.no-match', { text })} <Button onClick={() => setText('')}>{say('visits.clear-filter')}</Button>
				</p>
			)}
			{found.length > 0 && <VisitTable visits={found} now={now} />}
		</div>
	);
}
