import { Link } from 'react-router';
import { Failed } from '../form/failed.js';
import { useSession } from '../session/session-context.js';
import { useLoaded } from '../shared/use-request.js';
import { AddStaffForm } from '../staff/add-staff.js';
import { fetchStaff } from '../staff/staff.client.js';
import { useWords } from '../words/words.js';
import type { StepProps } from './setup-page.js';

/** The colleagues: one by one, or a list. */
export function StaffStep(_: StepProps) {
	const { say } = useWords();
	const { may } = useSession();
	const { value, error, reload, put } = useLoaded(fetchStaff);
	if (!may('POST /api/staff')) return <p className="nobody">{say('setup.staff-administrator')}</p>;
	return (
		<>
			<h1>{say('setup.step-staff')}</h1>
			<p className="quiet">
				{say('setup.staff-text')} <Link to="/staff/import">{say('staff.import')}</Link>
			</p>
			<Failed error={error} onRetry={reload} />
			{value && (
				<p className="tags" data-testid="staff-so-far">
					{value.staff.map((person) => (
						<span key={person.id} className="tag">
							{person.name} · {say(`role.${person.role}`)}
						</span>
					))}
				</p>
			)}
			<AddStaffForm onAdded={(person) => value && put({ staff: [...value.staff, person] })} />
		</>
	);
}
