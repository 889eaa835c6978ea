import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { StaffAccountView } from '../../../edge-agent/contract/access.api.js';
import { Field } from '../form/field.js';
import { useWords } from '../words/words.js';

interface RenameStaffProps {
	readonly person: StaffAccountView;
	readonly onClose: () => void;
	/** Answers whether it went well. */
	readonly onName: (name: string) => Promise<boolean>;
}

/** Corrects a name. */
export function RenameStaff({ person, onClose, onName }: RenameStaffProps) {
	const { say } = useWords();
	const [name, setName] = useState(person.name);
	return (
		<Modal open footer={null} title={say('staff.rename')} onCancel={onClose}>
			<form
				className="form"
				onSubmit={(event) => {
					event.preventDefault();
					void onName(name.trim()).then(onClose);
				}}
			>
				<Field label={say('staff.name')}>
					{(tie) => (
						<Input
							{...tie}
							data-testid="staff-rename"
							maxLength={40}
							autoFocus
							value={name}
							onChange={(event) => setName(event.target.value)}
						/>
					)}
				</Field>
				<Button type="primary" htmlType="submit" disabled={name.trim() === '' || name.trim() === person.name}>
					{say('common.save')}
				</Button>
			</form>
		</Modal>
	);
}
