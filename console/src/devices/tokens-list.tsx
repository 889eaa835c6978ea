import { App, Button, Checkbox, Input, Modal, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import type { NewToken, Scope, TokenView } from '../../../edge-agent/contract/access.api.js';
import { CopyButton } from '../form/copy-button.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { Loading } from '../form/loading.js';
import { useDates } from '../shared/use-dates.js';
import { useAction, useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { fetchTokens, postToken, revokeToken } from './devices.client.js';

const scopes: readonly Scope[] = ['read:log', 'read:visits', 'write:checkins', 'read:customers', 'write:customers', 'read:metrics'];
const lives = [30, 90, 365] as const;

/** Keys for programs (dealer system, reports): each may do only what it was made for. */
export function TokensList() {
	const { say } = useWords();
	const { value, error, reload } = useLoaded(fetchTokens);
	const [adding, setAdding] = useState(false);
	return (
		<>
			<p className="quiet">{say('tokens.what')}</p>
			<p className="buttons">
				<Button type="primary" data-testid="add-token" onClick={() => setAdding(true)}>
					{say('tokens.add')}
				</Button>
			</p>
			<Failed error={error} onRetry={reload} />
			{!value && error === null && <Loading />}
			{value?.tokens.length === 0 && <p className="nobody">{say('tokens.empty')}</p>}
			<ul className="rows">
				{value?.tokens.map((token) => (
					<TokenRow key={token.id} token={token} onRevoked={reload} />
				))}
			</ul>
			{adding && (
				<AddToken
					onClose={() => {
						setAdding(false);
						reload();
					}}
				/>
			)}
		</>
	);
}

function TokenRow({ token, onRevoked }: { token: TokenView; onRevoked: () => void }) {
	const { say, language } = useWords();
	const { message } = App.useApp();
	const { date } = useDates();
	const revoke = useAction(async () => {
		await revokeToken(token.id, language);
		void message.success(say('tokens.revoked', { name: token.name }));
		onRevoked();
	});
	return (
		<li data-testid="token-row">
			<div className="row-main">
				<strong>{token.name}</strong>
				{token.scopes.map((scope) => (
					<span key={scope} className="tag">
						{say(`scope.${scope}`)}
					</span>
				))}
				<p className="quiet">
					{say('tokens.made', { time: date(token.madeAt) })} ·{' '}
					{token.expiresAt === null ? say('tokens.never-ends') : say('sessions.expires', { time: date(token.expiresAt) })}
				</p>
				<Failed error={revoke.error} />
			</div>
			<Popconfirm
				title={say('tokens.revoke-title', { name: token.name })}
				okText={say('devices.revoke')}
				cancelText={say('common.cancel')}
				okButtonProps={{ danger: true }}
				onConfirm={() => void revoke.run()}
			>
				<Button danger loading={revoke.running}>
					{say('devices.revoke')}
				</Button>
			</Popconfirm>
		</li>
	);
}

function AddToken({ onClose }: { onClose: () => void }) {
	const { say, language } = useWords();
	const [name, setName] = useState('');
	const [chosen, setChosen] = useState<readonly Scope[]>([]);
	const [days, setDays] = useState<number | null>(365);
	const [made, setMade] = useState<NewToken | null>(null);
	const make = useAction(async () => setMade(await postToken({ name: name.trim(), scopes: chosen, days }, language)));
	return (
		<Modal open footer={null} title={say('tokens.add')} onCancel={onClose} mask={{ closable: made === null }}>
			{made ? (
				<div className="form">
					<p>{say('tokens.shown-once')}</p>
					<code className="secret-block" data-testid="new-token">
						{made.token}
					</code>
					<div className="buttons">
						<CopyButton text={made.token} />
						<Button type="primary" onClick={onClose}>
							{say('tokens.kept')}
						</Button>
					</div>
				</div>
			) : (
				<form
					className="form"
					onSubmit={(event) => {
						event.preventDefault();
						void make.run();
					}}
				>
					<Field label={say('tokens.name')} hint={say('tokens.name-hint')}>
						{(tie) => (
							<Input
								{...tie}
								data-testid="token-name"
								maxLength={40}
								autoFocus
								value={name}
								onChange={(event) => setName(event.target.value)}
							/>
						)}
					</Field>
					<fieldset className="boxes">
						<legend>{say('tokens.scopes')}</legend>
						{scopes.map((scope) => (
							<Checkbox
								key={scope}
								checked={chosen.includes(scope)}
								onChange={(event) => setChosen(event.target.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))}
							>
								{say(`scope.${scope}`)} <code>{scope}</code>
							</Checkbox>
						))}
					</fieldset>
					<Field label={say('tokens.life')}>
						{(tie) => (
							<Select
								{...tie}
								value={days ?? 0}
								options={[
									...lives.map((life) => ({ value: life as number, label: say('tokens.days', { count: life }) })),
									{ value: 0, label: say('tokens.never-ends') },
								]}
								onChange={(life) => setDays(life === 0 ? null : life)}
							/>
						)}
					</Field>
					<Failed error={make.error} />
					<Button
						type="primary"
						htmlType="submit"
						data-testid="token-submit"
						loading={make.running}
						disabled={name.trim() === '' || chosen.length === 0}
					>
						{say('tokens.add')}
					</Button>
				</form>
			)}
		</Modal>
	);
}
