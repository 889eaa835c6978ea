import { App, Button, Dropdown, Select, Switch } from 'antd';
import { useState } from 'react';
import type { StaffAccountView, StaffRole } from '../../../edge-agent/contract/access.api.js';
import { Failed } from '../form/failed.js';
import { useSession } from '../session/session-context.js';
import { useAction } from '../shared/use-request.js';
import { useUndo } from '../shared/use-undo.js';
import { useWords } from '../words/words.js';
import { RenameStaff } from './rename-staff.js';
import { ResetPassword } from './reset-password.js';
import { staffRoles } from './roles.js';
import { changeStaff, removeStaffTotp, type StaffChange } from './staff.client.js';

interface StaffRowProps {
	readonly person: StaffAccountView;
	readonly onChanged: (person: StaffAccountView) => void;
}

/** One person: name, role, duty, and what an administrator does for them. What can be undone can be for a while. */
export function StaffRow({ person, onChanged }: StaffRowProps) {
	const { say, language } = useWords();
	const { message, modal } = App.useApp();
	const { may, me } = useSession();
	const undo = useUndo();
	const [open, setOpen] = useState<'password' | 'name' | null>(null);
	const mayChange = may('PATCH /api/staff/:id');
	const myself = me?.kind === 'staff' && me.staff.id === person.id;

	const change = useAction(async (next: StaffChange, done: string, back?: StaffChange) => {
		onChanged(await changeStaff(person.id, next, language));
		if (back) undo(done, async () => onChanged(await changeStaff(person.id, back, language)));
		else void message.success(done);
	});
	const removeTotp = useAction(async () => {
		await removeStaffTotp(person.id, language);
		onChanged({ ...person, totp: false });
		void message.success(say('staff.totp-removed', { name: person.name }));
	});
	/** It cannot be undone: whoever wants it again has to begin anew. */
	const askAboutTotp = () =>
		void modal.confirm({
			title: say('staff.remove-totp-title', { name: person.name }),
			content: say('staff.remove-totp-text'),
			okText: say('staff.remove-totp-do'),
			okButtonProps: { danger: true },
			cancelText: say('common.cancel'),
			onOk: async () => void (await removeTotp.run()),
		});
	const disable = () =>
		void change.run({ disabled: !person.disabled }, say(person.disabled ? 'staff.enabled' : 'staff.disabled-now', { name: person.name }), {
			disabled: person.disabled,
		});

	return (
		<li data-staff={person.id} data-testid="staff-row" className={person.disabled ? 'off' : ''}>
			<div className="row-main">
				<strong>{person.name}</strong>
				{myself && <span className="tag you">{say('staff.you')}</span>}
				{person.disabled && <span className="tag bad">{say('staff.disabled')}</span>}
				{!person.disabled && !person.canSignIn && <span className="tag warn">{say('staff.cannot-sign-in')}</span>}
				{person.totp && <span className="tag good">{say('staff.totp')}</span>}
				<Failed error={change.error ?? removeTotp.error} />
			</div>
			<div className="row-controls">
				{mayChange && !person.disabled ? (
					<Select
						className="role-select"
						aria-label={say('staff.role-of', { name: person.name })}
						data-testid="staff-role"
						value={person.role}
						disabled={change.running}
						options={staffRoles.map((role) => ({ value: role, label: say(`role.${role}`) }))}
						onChange={(role) =>
							void change.run(
								{ role: role as StaffRole },
								say('staff.role-changed', { name: person.name, role: say(`role.${role}`) }),
								person.role === 'kiosk' ? undefined : { role: person.role },
							)
						}
					/>
				) : (
					<span className="tag">{say(`role.${person.role}`)}</span>
				)}
				{!person.disabled && (
					<Switch
						checked={person.onDuty}
						disabled={!mayChange || change.running}
						data-testid="staff-duty"
						aria-label={say('staff.duty-of', { name: person.name })}
						checkedChildren={say('start.on-duty')}
						unCheckedChildren={say('start.off-duty')}
						onChange={(onDuty) =>
							void change.run({ onDuty }, say(onDuty ? 'staff.now-on-duty' : 'staff.now-off-duty', { name: person.name }))
						}
					/>
				)}
				{mayChange && (
					<Dropdown
						trigger={['click']}
						menu={{
							items: [
								{ key: 'name', label: say('staff.rename') },
								...(myself || person.disabled
									? []
									: [{ key: 'password', label: say(person.canSignIn ? 'staff.reset-password' : 'staff.first-password') }]),
								...(person.totp ? [{ key: 'totp', label: say('staff.remove-totp') }] : []),
								{
									key: 'disable',
									danger: !person.disabled,
									label: say(person.disabled ? 'staff.enable' : 'staff.disable'),
									disabled: myself,
								},
							],
							onClick: ({ key }) => {
								if (key === 'disable') disable();
								else if (key === 'totp') askAboutTotp();
								else setOpen(key === 'name' ? 'name' : 'password');
							},
						}}
					>
						<Button data-testid="staff-more" aria-label={say('staff.more-for', { name: person.name })}>
							⋯
						</Button>
					</Dropdown>
				)}
			</div>
			{open === 'password' && <ResetPassword person={person} onClose={() => setOpen(null)} />}
			{open === 'name' && (
				<RenameStaff
					person={person}
					onClose={() => setOpen(null)}
					onName={(name) => change.run({ name }, say('staff.renamed', { name }), { name: person.name })}
				/>
			)}
		</li>
	);
}
