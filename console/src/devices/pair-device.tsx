import { Button, Input, Modal, Segmented, Select } from 'antd';
import { useEffect, useState } from 'react';
import type { DeviceKind, DeviceView, Pairing, PairingCode } from '../../../edge-agent/contract/access.api.js';
import { useDeskState } from '../desk/desk-context.js';
import { useAgentNow } from '../desk/use-agent-now.js';
import { useConsoleAddress } from '../desk/use-console-address.js';
import { Failed } from '../form/failed.js';
import { Field } from '../form/field.js';
import { formatDuration } from '../shared/duration.js';
import { useAction } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { fetchDevices, postPairingCode } from './devices.client.js';

const kinds: readonly DeviceKind[] = ['kiosk', 'board', 'phone'];
/** How often it is asked whether the device has come. */
const askMs = 2000;

interface PairDeviceProps {
	/** Those paired before. */
	readonly known: readonly DeviceView[];
	readonly onClose: () => void;
}

/** Which device, then its code in large figures until it is used or over. */
export function PairDevice({ known, onClose }: PairDeviceProps) {
	const { say, language } = useWords();
	const [kind, setKind] = useState<DeviceKind>('kiosk');
	const [name, setName] = useState('');
	const [staff, setStaff] = useState<string | null>(null);
	const [code, setCode] = useState<PairingCode | null>(null);
	const people =
		useDeskState().showroom?.staff.filter(({ role }) => role !== 'installer' && role !== 'administrator' && role !== 'kiosk') ?? [];

	const make = useAction(async () => {
		const label = name.trim() || say(`device-kind.${kind}`);
		const pairing: Pairing = kind === 'phone' ? { kind, name: label, staff: staff ?? '' } : { kind, name: label };
		setCode(await postPairingCode(pairing, language));
	});

	return (
		<Modal open footer={null} title={say('devices.pair')} onCancel={onClose}>
			{code ? (
				<CodeShown code={code} kind={kind} known={known} onAgain={() => void make.run()} onClose={onClose} />
			) : (
				<form
					className="form"
					onSubmit={(event) => {
						event.preventDefault();
						void make.run();
					}}
				>
					<Segmented
						block
						aria-label={say('devices.kind')}
						data-testid="device-kind"
						value={kind}
						options={kinds.map((one) => ({ value: one, label: say(`device-kind.${one}`) }))}
						onChange={setKind}
					/>
					<p className="quiet">{say(`device-hint.${kind}`)}</p>
					<Field label={say('devices.name')}>
						{(tie) => (
							<Input
								{...tie}
								data-testid="device-name"
								maxLength={40}
								placeholder={say(`device-kind.${kind}`)}
								value={name}
								onChange={(event) => setName(event.target.value)}
							/>
						)}
					</Field>
					{kind === 'phone' && (
						<Field label={say('devices.whose')}>
							{(tie) => (
								<Select
									{...tie}
									showSearch={{ optionFilterProp: 'label' }}
									data-testid="device-staff"
									value={staff}
									options={people.map((person) => ({ value: person.id, label: person.name }))}
									onChange={setStaff}
								/>
							)}
						</Field>
					)}
					<Failed error={make.error} />
					<Button
						type="primary"
						htmlType="submit"
						data-testid="make-code"
						loading={make.running}
						disabled={kind === 'phone' && staff === null}
					>
						{say('devices.make-code')}
					</Button>
				</form>
			)}
		</Modal>
	);
}

interface CodeShownProps extends PairDeviceProps {
	readonly code: PairingCode;
	readonly kind: DeviceKind;
	readonly onAgain: () => void;
}

function CodeShown({ code, kind, known, onAgain, onClose }: CodeShownProps) {
	const { say, language } = useWords();
	const address = useConsoleAddress();
	const left = code.expiresAt - useAgentNow();
	const [arrived, setArrived] = useState<DeviceView | null>(null);
	useEffect(() => {
		if (arrived) return;
		const timer = setInterval(() => {
			fetchDevices(language).then(
				({ devices }) => setArrived(devices.find((device) => !known.some(({ id }) => id === device.id)) ?? null),
				() => undefined, // It is asked again in a moment.
			);
		}, askMs);
		return () => clearInterval(timer);
	}, [arrived, known, language]);

	if (arrived)
		return (
			<div className="pairing" data-testid="paired">
				<p className="big-tick" aria-hidden="true">
					✓
				</p>
				<p>{say('devices.arrived', { name: arrived.name })}</p>
				<Button type="primary" onClick={onClose}>
					{say('common.done')}
				</Button>
			</div>
		);
	const console = address ?? `${location.origin}/`;
	const where = kind === 'kiosk' ? `${console}kiosk/` : console;
	return (
		<div className="pairing">
			<p>{say(kind === 'kiosk' ? 'devices.type-kiosk' : 'devices.type-other', { address: where })}</p>
			<output className="pairing-code" data-testid="pairing-code">
				{code.code.replace(/^(\d{4})(\d{4})$/, '$1 $2')}
			</output>
			{left > 0 ? (
				<p className="quiet">{say('devices.code-ends', { time: formatDuration(left) })}</p>
			) : (
				<>
					<p className="wrong">{say('devices.code-over')}</p>
					<Button type="primary" onClick={onAgain}>
						{say('devices.make-code')}
					</Button>
				</>
			)}
		</div>
	);
}
