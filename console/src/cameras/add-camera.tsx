import { Alert, Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { CameraSettings, CameraTrial } from '../../../edge-agent/contract/setup.api.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { Loading } from '../form/loading.js';
import { addCamera } from '../setup/setup.client.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { type CameraForm, cameraSource } from './camera-source.js';

const kinds = ['network', 'usb', 'file'] as const;

/** A new camera: where it is, then tried; kept once a picture came, or when one insists. */
export function AddCamera({ onAdded }: { onAdded: (camera: CameraSettings) => void }) {
	const { say, language } = useWords();
	const [name, setName] = useState('');
	const [form, setForm] = useState<CameraForm>({ kind: 'network', address: '', user: '', password: '' });
	const [trial, setTrial] = useState<CameraTrial | null>(null);
	const change = (part: Partial<CameraForm>) => {
		setForm({ ...form, ...part });
		setTrial(null);
	};
	const add = useAction(async (keep: boolean) => {
		setTrial(null);
		const answer = await addCamera({ name: name.trim() || say('camera-form.name-default'), source: cameraSource(form), keep }, language);
		setTrial(answer);
		if (answer.camera) onAdded(answer.camera);
	});

	return (
		<form
			className="form"
			data-testid="camera-form"
			onSubmit={(event) => {
				event.preventDefault();
				void add.run(false);
			}}
		>
			<Segmented
				block
				aria-label={say('camera-form.kind')}
				value={form.kind}
				options={kinds.map((kind) => ({ value: kind, label: say(`camera-form.${kind}`) }))}
				onChange={(kind) => change({ kind, address: kind === 'usb' ? '/dev/video0' : '' })}
			/>
			<Field label={say('camera-form.name')}>
				{(tie) => (
					<Input
						{...tie}
						data-testid="camera-name"
						maxLength={40}
						placeholder={say('camera-form.name-default')}
						value={name}
						onChange={(event) => setName(event.target.value)}
					/>
				)}
			</Field>
			<Field label={say(`camera-form.address-${form.kind}`)} hint={say(`camera-form.hint-${form.kind}`)}>
				{(tie) => (
					<Input
						{...tie}
						data-testid="camera-address"
						autoComplete="off"
						spellCheck={false}
						autoCapitalize="off"
						placeholder={form.kind === 'network' ? 'rtsp://192.168.1.64:554/Streaming/Channels/101' : undefined}
						value={form.address}
						onChange={(event) => change({ address: event.target.value })}
					/>
				)}
			</Field>
			{form.kind === 'network' && (
				<div className="two">
					<Field label={say('camera-form.user')}>
						{(tie) => (
							<Input
								{...tie}
								data-testid="camera-user"
								autoComplete="off"
								value={form.user}
								onChange={(event) => change({ user: event.target.value })}
							/>
						)}
					</Field>
					<Field label={say('camera-form.password')}>
						{(tie) => (
							<Input.Password
								{...tie}
								data-testid="camera-password"
								autoComplete="new-password"
								value={form.password}
								onChange={(event) => change({ password: event.target.value })}
							/>
						)}
					</Field>
				</div>
			)}
			{add.running && <Loading text={say('camera-form.trying')} />}
			<Failed error={add.error} />
			{trial && !trial.camera && (
				<Alert
					type="warning"
					showIcon
					role="alert"
					data-testid="camera-fault"
					title={say(`camera-reason.${trial.reason ?? 'no-frames'}`)}
					description={say(`camera-advice.${trial.reason ?? 'no-frames'}`)}
				/>
			)}
			<div className="buttons">
				<Button type="primary" htmlType="submit" data-testid="camera-submit" loading={add.running} disabled={form.address.trim() === ''}>
					{say(trial ? 'camera-form.again' : 'camera-form.try')}
				</Button>
				{trial && !trial.camera && (
					<Button data-testid="camera-keep" disabled={add.running} onClick={() => void add.run(true)}>
						{say('camera-form.keep')}
					</Button>
				)}
			</div>
		</form>
	);
}
