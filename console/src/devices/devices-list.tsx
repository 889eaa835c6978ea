import { LinkOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import type { DeviceView } from '../../../edge-agent/contract/access.api.js';
import { useStaffNames } from '../desk/desk-context.js';
import { Failed } from '../form/failed.js';
import { Loading } from '../form/loading.js';
import { useDates } from '../shared/use-dates.js';
import { useAction, useLoaded } from '../shared/use-request.js';
import { useWords } from '../words/words.js';
import { fetchDevices, revokeDevice } from './devices.client.js';
import { PairDevice } from './pair-device.js';

/** Paired kiosks, wall boards and phones. */
export function DevicesList() {
	const { say } = useWords();
	const { value, error, reload } = useLoaded(fetchDevices);
	const [pairing, setPairing] = useState(false);
	return (
		<>
			<p className="buttons">
				<Button type="primary" icon={<LinkOutlined />} data-testid="pair-device" onClick={() => setPairing(true)}>
					{say('devices.pair')}
				</Button>
			</p>
			<Failed error={error} onRetry={reload} />
			{!value && error === null && <Loading />}
			{value?.devices.length === 0 && (
				<div className="nobody">
					<strong>{say('devices.empty')}</strong>
					<span>{say('devices.empty-hint')}</span>
				</div>
			)}
			<ul className="rows" data-testid="devices-list">
				{value?.devices.map((device) => (
					<DeviceRow key={device.id} device={device} onRevoked={reload} />
				))}
			</ul>
			{pairing && (
				<PairDevice
					known={value?.devices ?? []}
					onClose={() => {
						setPairing(false);
						reload();
					}}
				/>
			)}
		</>
	);
}

function DeviceRow({ device, onRevoked }: { device: DeviceView; onRevoked: () => void }) {
	const { say, language } = useWords();
	const { message } = App.useApp();
	const nameOf = useStaffNames();
	const { dateTime } = useDates();
	const kind = say(`device-kind.${device.kind}`);
	const revoke = useAction(async () => {
		await revokeDevice(device.id, language);
		void message.success(say('devices.revoked', { name: device.name }));
		onRevoked();
	});
	return (
		<li data-testid="device-row" data-device={device.id}>
			<div className="row-main">
				<strong>{device.name}</strong>
				{device.name !== kind && <span className="tag">{kind}</span>}
				<p className="quiet pieces">
					{device.staff && <span>{nameOf(device.staff)}</span>}
					<span>{say('devices.paired', { time: dateTime(device.pairedAt) })}</span>
					<span>{say('sessions.seen', { time: dateTime(device.seenAt) })}</span>
				</p>
				<Failed error={revoke.error} />
			</div>
			<Popconfirm
				title={say('devices.revoke-title', { name: device.name })}
				description={say('devices.revoke-text')}
				okText={say('devices.revoke')}
				cancelText={say('common.cancel')}
				okButtonProps={{ danger: true }}
				onConfirm={() => void revoke.run()}
			>
				<Button danger data-testid="revoke-device" loading={revoke.running}>
					{say('devices.revoke')}
				</Button>
			</Popconfirm>
		</li>
	);
}
