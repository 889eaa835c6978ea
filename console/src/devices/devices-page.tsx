import { Tabs } from 'antd';
import { SessionsList } from '../account/sessions-list.js';
import { useWords } from '../words/words.js';
import { DevicesList } from './devices-list.js';
import { TokensList } from './tokens-list.js';

/** What has access beside people at the sign-in form: paired devices, programs; and who is signed in where. */
export default function DevicesPage() {
	const { say } = useWords();
	return (
		<div className="page">
			<h1>{say('devices.title')}</h1>
			<Tabs
				items={[
					{ key: 'devices', label: say('devices.devices'), children: <DevicesList /> },
					{ key: 'tokens', label: say('devices.tokens'), children: <TokensList /> },
					{ key: 'sessions', label: say('devices.sessions'), children: <SessionsList whose="everybody" /> },
				]}
			/>
		</div>
	);
}
