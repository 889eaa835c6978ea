import { Alert, Button, Input, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import type { StaffAccountView, StaffRole } from '../../../edge-agent/contract/access.api.js';
import { CopyButton } from '../form/copy-button.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { passwordMin } from '../form/password.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { FirstPassword } from './first-password.js';
import { randomPassword } from './random-password.js';
import { staffRoles } from './roles.js';
import { addStaff } from './staff.client.js';

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

/** Name and role; a first password is proposed and can be left out. */
export function AddStaffForm({ onAdded }: Pick<AddStaffProps, 'onAdded'>) {
	const { say, language } = useWords();
	const [added, setAdded] = useState<{ readonly name: string; readonly password: string | null } | null>(null);
	const [name, setName] = useState('');
	const [role, setRole] = useState<StaffRole>('consultant');
	const [onDuty, setOnDuty] = useState(true);
	const [password, setPassword] = useState<string | null>(randomPassword);
	const add = useAction(async () => {
		onAdded(await addStaff({ name: name.trim(), role, onDuty, ...(password !== null && { password }) }, language));
		setAdded({ name: name.trim(), password });
		setName('');
		setPassword(randomPassword());
	});
	return (
		<form
			className="form"
			data-testid="add-staff-form"
			onSubmit={(event) => {
				event.preventDefault();
				void add.run();
			}}
		>
			{added && (
				<Alert
					type="success"
					showIcon
					data-testid="staff-added"
					title={say('staff.added', { name: added.name })}
					{...(added.password !== null && {
						description: (
							<span className="buttons">
								{say('staff.first-password')} <code className="secret">{added.password}</code> <CopyButton text={added.password} />
							</span>
						),
					})}
				/>
			)}
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
			<FirstPassword password={password} onChange={setPassword} />
			<Failed error={add.error} />
			<Button
				type="primary"
				htmlType="submit"
				data-testid="staff-submit"
				loading={add.running}
				disabled={name.trim() === '' || (password !== null && password.length < passwordMin)}
			>
				{say('staff.add')}
			</Button>
		</form>
	);
}
