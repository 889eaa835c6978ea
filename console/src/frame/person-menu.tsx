import { UserOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useNavigate } from 'react-router';
import { postSignOut } from '../session/session.client.js';
import { useSession } from '../session/session-context.js';
import { useReason } from '../shared/use-request.js';
import { useWords } from '../words/words.js';

/** Pages off the main way, by the permission that opens them. */
const places = [
	{ to: '/account', key: 'nav.account', may: null },
	{ to: '/staff', key: 'nav.staff', may: 'GET /api/staff' },
	{ to: '/devices', key: 'nav.devices', may: 'GET /api/devices' },
	{ to: '/setup', key: 'nav.setup', may: 'GET /api/settings' },
] as const;

/** Who is signed in; their account, what else they may keep in order, signing out. */
export function PersonMenu() {
	const { say, language } = useWords();
	const { me, may, refresh } = useSession();
	const { message } = App.useApp();
	const navigate = useNavigate();
	const reason = useReason();
	if (me?.kind !== 'staff') return null;
	const signOut = async () => {
		try {
			await postSignOut(language);
			await refresh();
		} catch (error) {
			void message.error(reason(error));
		}
	};
	return (
		<Dropdown
			trigger={['click']}
			menu={{
				items: [
					...places.filter(({ may: key }) => key === null || may(key)).map(({ to, key }) => ({ key: to, label: say(key) })),
					...(me.session === null ? [] : [{ type: 'divider' as const }, { key: 'sign-out', label: say('nav.sign-out') }]),
				],
				onClick: ({ key }) => (key === 'sign-out' ? void signOut() : void navigate(key)),
			}}
		>
			<Button
				type="text"
				className="leave"
				icon={<UserOutlined />}
				data-testid="person-menu"
				aria-label={`${me.staff.name}, ${say('nav.menu')}`}
			>
				{me.staff.name}
			</Button>
		</Dropdown>
	);
}
