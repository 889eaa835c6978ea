import { Alert, Button, Checkbox, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import type { PasswordCode, StaffAccountView, StaffRole } from '../../../edge-agent/contract/access.api.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { PasswordCodeShown } from './password-code-shown.js';
import { staffRoles } from './roles.js';
import { addStaff, postPasswordCode } from './staff.client.js';

interface AddStaffProps {
	readonly onClose: () => void;
	readonly onAdded: (person: StaffAccountView) => void;
}

/** A new colleague, in a dialogue; stays open for the next one. */
export function AddStaff({ onClose, onAdded }: AddStaffProps) {
	const { say } = useWords();
	return (
		<Modal open footer={null} title={say('staff.add')} onCancel={onClose} destroyOnHidden>
			<AddStaffForm onAdded={onAdded} />
		</Modal>
	);
}

/** Name and role; and, unless they need not sign in, a one-time code with which they choose their password. */
export function AddStaffForm({ onAdded }: Pick<AddStaffProps, 'onAdded'>) {
	const { say, language } = useWords();
	const [added, setAdded] = useState<{ readonly name: string; readonly code: PasswordCode | null } | null>(null);
	const [name, setName] = useState('');
	const [role, setRole] = useState<StaffRole>('consultant');
	const [onDuty, setOnDuty] = useState(true);
	const [signsIn, setSignsIn] = useState(true);
	const add = useAction(async () => {
		const person = await addStaff({ name: name.trim(), role, onDuty }, language);
		onAdded(person);
		setAdded({ name: person.name, code: null });
		setName('');
		if (signsIn) setAdded({ name: person.name, code: await postPasswordCode(person.id, language) });
	});
	if (added?.code)
		return (
			<div className="form" data-testid="staff-added">
				<Alert type="success" showIcon title={say('staff.added', { name: added.name })} />
				<PasswordCodeShown name={added.name} code={added.code} />
				<Button data-testid="add-another" onClick={() => setAdded(null)}>
					{say('staff.add-another')}
				</Button>
			</div>
		);
	return (
		<form
			className="form"
			data-testid="add-staff-form"
			onSubmit={(event) => {
				event.preventDefault();
				void add.run();
			}}
		>
			{added && <Alert type="success" showIcon title={say('staff.added', { name: added.name })} />}
			<Field label={say('staff.name')}>
				{(tie) => (
					<Input
						{...tie}
						data-testid="staff-name"
						autoComplete="off"
						maxLength={40}
						autoFocus
						value={name}
						onChange={(event) => setName(event.target.value)}
					/>
				)}
			</Field>
			<Field label={say('staff.role')} hint={say(`role-hint.${role}`)}>
				{(tie) => (
					<Select
						{...tie}
						data-testid="new-staff-role"
						value={role}
						options={staffRoles.map((one) => ({ value: one, label: say(`role.${one}`) }))}
						onChange={setRole}
					/>
				)}
			</Field>
			<p className="switch-line">
				<Switch checked={onDuty} aria-label={say('start.on-duty')} onChange={setOnDuty} /> {say('staff.on-duty-from-now')}
			</p>
			<Checkbox checked={signsIn} onChange={(event) => setSignsIn(event.target.checked)}>
				{say('staff.signs-in')}
			</Checkbox>
			<Failed error={add.error} />
			<Button type="primary" htmlType="submit" data-testid="staff-submit" loading={add.running} disabled={name.trim() === ''}>
				{say('staff.add')}
			</Button>
		</form>
	);
}
