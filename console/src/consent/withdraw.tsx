import { Button, Input, Modal, Radio, Spin } from 'antd';
import { useState } from 'react';
import type { WithdrawalAnswer, WithdrawalLevel } from '../../../edge-agent/contract/consent.api.js';
import { postWithdrawal } from '../customers/customers.client.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';

interface WithdrawProps {
	readonly person: string;
	readonly name: string;
	readonly onClose: () => void;
	readonly onWithdrawn: (answer: WithdrawalAnswer) => void;
}

/** What is erased, said before it is; it cannot be undone, so erasing everything takes the customer's name typed. */
export function Withdraw({ person, name, onClose, onWithdrawn }: WithdrawProps) {
	const { say, language } = useWords();
	const [level, setLevel] = useState<WithdrawalLevel>('face');
	const [typed, setTyped] = useState('');
	const withdraw = useAction(async () => onWithdrawn(await postWithdrawal(person, level, language)));
	const sure = level === 'face' || typed.trim() === name;
	return (
		<Modal
			open
			footer={null}
			title={say('withdrawal.title')}
			closable={!withdraw.running}
			mask={{ closable: false }}
			keyboard={!withdraw.running}
			onCancel={onClose}
		>
			<div className="form" data-testid="withdraw-form">
				<Radio.Group
					className="levels"
					disabled={withdraw.running}
					value={level}
					onChange={(event) => setLevel(event.target.value)}
					options={[
						{
							value: 'face',
							label: (
								<span data-testid="level-face">
									<strong>{say('withdrawal.face')}</strong>
									<small>{say('withdrawal.face-text')}</small>
								</span>
							),
						},
						{
							value: 'everything',
							label: (
								<span data-testid="level-everything">
									<strong>{say('withdrawal.everything')}</strong>
									<small>{say('withdrawal.everything-text')}</small>
								</span>
							),
						},
					]}
				/>
				<ul className="todo">
					<li>{say('withdrawal.at-once')}</li>
					<li>{say('withdrawal.backups')}</li>
					<li>{say('withdrawal.stays')}</li>
					<li>{say('withdrawal.no-undo')}</li>
				</ul>
				{level === 'everything' && (
					<Field label={say('withdrawal.type-name', { name })}>
						{(tie) => (
							<Input
								{...tie}
								data-testid="withdraw-name"
								autoComplete="off"
								value={typed}
								onChange={(event) => setTyped(event.target.value)}
							/>
						)}
					</Field>
				)}
				{withdraw.running && (
					<p role="status" data-testid="withdrawing">
						<Spin size="small" /> {say('withdrawal.running')}
					</p>
				)}
				<Failed error={withdraw.error} />
				<div className="buttons">
					<Button
						type="primary"
						danger
						data-testid="withdraw-submit"
						loading={withdraw.running}
						disabled={!sure}
						onClick={() => void withdraw.run()}
					>
						{say('withdrawal.submit')}
					</Button>
					<Button disabled={withdraw.running} onClick={onClose}>
						{say('common.cancel')}
					</Button>
				</div>
			</div>
		</Modal>
	);
}
