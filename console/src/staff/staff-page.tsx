import { UploadOutlined, UserAddOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { StaffAccountView } from '../../../edge-agent/contract/access.api.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { useSession } from '../session/session-context.js';
import { useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { AddStaff } from './add-staff.js';
import { fetchStaff } from './staff.client.js';
import { StaffRow } from './staff-row.js';

/** Everybody who works here: who may do what, who is on duty. */
export default function StaffPage() {
	const { say } = useWords();
	const { may } = useSession();
	const { value, error, reload, put } = useLoaded(fetchStaff);
	const [adding, setAdding] = useState(false);
	const [text, setText] = useState('');
	const replace = (changed: StaffAccountView) =>
		value && put({ staff: value.staff.map((person) => (person.id === changed.id ? changed : person)) });
	const found = value?.staff.filter((person) => person.name.includes(text.trim()) || person.id.startsWith(text.trim())) ?? [];

	return (
		<div className="page">
			<header className="page-head">
				<h1>{say('staff.title')}</h1>
				{(value?.staff.length ?? 0) > 8 && (
					<Input.Search
						className="filter"
						allowClear
						value={text}
						placeholder={say('staff.find')}
						aria-label={say('staff.find')}
						onChange={(event) => setText(event.target.value)}
					/>
				)}
				{may('POST /api/staff') && (
					<div className="buttons">
						<Button type="primary" icon={<UserAddOutlined />} data-testid="add-staff" onClick={() => setAdding(true)}>
							{say('staff.add')}
						</Button>
						<Link className="button-link" to="/staff/import">
							<UploadOutlined aria-hidden="true" /> {say('staff.import')}
						</Link>
					</div>
				)}
			</header>
			<Failed error={error} onRetry={reload} />
			{!value && error === null && <Loading />}
			{value?.staff.length === 0 && <p className="nobody">{say('staff.empty')}</p>}
			<ul className="rows" data-testid="staff-list">
				{found.map((person) => (
					<StaffRow key={person.id} person={person} onChanged={replace} />
				))}
			</ul>
			{value && value.staff.length > 0 && found.length === 0 && <p className="nobody">{say('visits.no-match', { text })}</p>}
			{adding && <AddStaff onClose={() => setAdding(false)} onAdded={(person) => value && put({ staff: [...value.staff, person] })} />}
		</div>
	);
}
