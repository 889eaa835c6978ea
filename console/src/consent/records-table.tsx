import { useCallback, useEffect } from 'react';
import { fetchRecords } from '../customers/customers.client.js';
import { useStaffNames } from '../desk/desk-context.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { useDates } from '../shared/use-dates.js';
import { useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';

/**
 * Who looked at this person's data, changed it or handed it out, and why.
 *
 * @param changes how often something was done on this page: asked anew when it grows, with the former rows standing meanwhile
 */
export function RecordsTable({ person, changes }: { person: string; changes: number }) {
	const { say } = useWords();
	const { dateTime } = useDates();
	const nameOf = useStaffNames();
	const ask = useCallback((language: string) => fetchRecords(person, language), [person]);
	const { value, error, reload } = useLoaded(ask);
	useEffect(() => {
		if (changes > 0) reload();
	}, [changes, reload]);
	if (error !== null) return <Failed error={error} onRetry={reload} />;
	if (!value) return <Loading />;
	if (value.records.length === 0) return <p className="nobody">{say('records.empty')}</p>;
	const who = (actor: string) => {
		const [kind = '', id] = actor.split(':');
		if (kind === 'staff' && id) return nameOf(id);
		return say(kind === 'kiosk' ? 'role.kiosk' : kind === 'cli' ? 'records.cli' : 'records.system');
	};
	return (
		<div className="table-scroll">
			<table className="visit-table records-table" data-testid="records">
				<thead>
					<tr>
						<th>{say('records.at')}</th>
						<th>{say('records.who')}</th>
						<th>{say('records.action')}</th>
						<th>{say('records.purpose')}</th>
					</tr>
				</thead>
				<tbody>
					{value.records.map((record) => (
						<tr key={`${record.at} ${record.actor} ${record.action} ${record.purpose}`}>
							<td className="time">{dateTime(record.at)}</td>
							<td data-label={say('records.who')}>{who(record.actor)}</td>
							<td data-label={say('records.action')}>{say(`record-action.${record.action}`)}</td>
							<td data-label={say('records.purpose')}>{record.purpose ? say(`record-purpose.${record.purpose}`) : say('visits.none')}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
