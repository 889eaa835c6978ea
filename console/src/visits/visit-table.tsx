import type { VisitView } from '../../../edge-agent/contract/api.js';
import { useModelNames, useStaffNames } from '../desk/desk-context.js';
import { formatDuration } from '../shared/duration.js';
import { useWords } from '../words/words.js';
import { isVisitor, waitOf } from './day.js';

const columns = ['time', 'who', 'source', 'purpose', 'host', 'greeted-by', 'waited', 'state'] as const;

/** A day's visits. On a narrow screen each row becomes a card (console.css), its cells named by `data-label`. */
export function VisitTable({ visits, now }: { visits: readonly VisitView[]; now: number }) {
	const { say } = useWords();
	return (
		<div className="table-scroll">
			<table className="visit-table">
				<thead>
					<tr>
						{columns.map((column) => (
							<th key={column} scope="col">
								{say(`visits.${column}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{visits.map((visit) => (
						<VisitRow key={visit.id} visit={visit} now={now} />
					))}
				</tbody>
			</table>
		</div>
	);
}

function VisitRow({ visit, now }: { visit: VisitView; now: number }) {
	const { say, language } = useWords();
	const nameOf = useStaffNames();
	const wait = waitOf(visit);
	const waiting = wait === null && visit.closedAt === null;
	const shownWait = wait ?? (waiting ? now - visit.openedAt : null);
	const time = new Date(visit.openedAt).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-GB', { hour: '2-digit', minute: '2-digit' });
	const cells = {
		time: <time dateTime={new Date(visit.openedAt).toISOString()}>{time}</time>,
		who: <Who visit={visit} />,
		source: say(`source.${visit.source}`),
		purpose: say(visit.purpose ? `purpose.${visit.purpose}` : 'visits.none'),
		host: visit.host ? nameOf(visit.host) : say('visits.none'),
		'greeted-by': visit.greetedBy ? nameOf(visit.greetedBy) : say('visits.none'),
		waited: shownWait === null ? say('visits.none') : formatDuration(shownWait),
		state: <VisitState visit={visit} />,
	};
	const long = isVisitor(visit) && shownWait !== null && shownWait > 60_000;
	return (
		<tr data-testid="visit-row" data-visit={visit.id} className={isVisitor(visit) ? '' : 'no-visitor'}>
			{columns.map((column) => (
				<td key={column} data-label={say(`visits.${column}`)} className={`${column}${column === 'waited' && long ? ' long' : ''}`}>
					{cells[column]}
				</td>
			))}
		</tr>
	);
}

function Who({ visit }: { visit: VisitView }) {
	const { say } = useWords();
	const modelName = useModelNames();
	const { customer, checkin } = visit;
	const name = customer?.name ?? checkin?.name;
	const details = [checkin?.telephone, checkin?.model && modelName(checkin.model)].filter((part) => part != null);
	return (
		<>
			{name ? <strong>{name}</strong> : say('visitor.unknown')}
			{customer && <span className="tag">{say('visitor.known')}</span>}
			{details.length > 0 && <small>{details.join(' · ')}</small>}
		</>
	);
}

function VisitState({ visit }: { visit: VisitView }) {
	const { say } = useWords();
	if (visit.closeReason !== null && visit.closeReason !== 'left' && visit.closeReason !== 'expired')
		return say(`close.${visit.closeReason}`);
	if (visit.closedAt !== null) {
		if (visit.greetedAt === null) return <span className="tag bad">{say('visits.not-greeted')}</span>;
		return say('visits.departed');
	}
	if (visit.steppedOutAt !== null) return say('visits.stepped-out');
	if (visit.greetedAt === null) return <span className="tag warn">{say('visits.still-waiting')}</span>;
	return <span className="tag good">{say('visits.greeted')}</span>;
}
