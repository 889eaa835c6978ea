import { CarryOutOutlined, DesktopOutlined, UnorderedListOutlined, UserSwitchOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { NavLink, Outlet, useLocation } from 'react-router';
import { useDesk, useDeskState, useStaffNames } from '../desk/desk-context.js';
import { waitingFor } from '../desk/select.js';
import { useTitle } from '../desk/use-title.js';
import { useWakeLock } from '../desk/use-wake-lock.js';
import { AlertStrip } from '../live/alert-strip.js';
import { useWords } from '../words/words.js';
import { LanguageSwitch } from './language-switch.js';
import { Notices } from './notices.js';

/** What every page but the wall has: who is here, where to go, what is wrong. Alerts show on every page. */
export function Frame({ onLeave }: { onLeave: () => void }) {
	const { say } = useWords();
	const { showroom, alerts } = useDeskState();
	const { staff } = useDesk();
	const nameOf = useStaffNames();
	const { pathname } = useLocation();
	const waiting = waitingFor(alerts.values(), staff);
	useTitle(showroom?.name ?? '', waiting);
	useWakeLock();

	return (
		<div className="frame">
			<header className="top">
				<strong className="store">{showroom?.name ?? say('app.title')}</strong>
				<nav className="pages">
					<NavLink to="/" end>
						<CarryOutOutlined aria-hidden="true" />
						{say('nav.live')}
						{waiting > 0 && <b className="count">{waiting}</b>}
					</NavLink>
					<NavLink to="/visits">
						<UnorderedListOutlined aria-hidden="true" />
						{say('nav.visits')}
					</NavLink>
					<NavLink to="/cameras">
						<VideoCameraOutlined aria-hidden="true" />
						{say('nav.cameras')}
					</NavLink>
					<NavLink to="/board">
						<DesktopOutlined aria-hidden="true" />
						{say('nav.board')}
					</NavLink>
				</nav>
				<div className="me">
					<LanguageSwitch />
					<Button
						type="text"
						className="leave"
						icon={<UserSwitchOutlined />}
						title={say('nav.change-staff')}
						aria-label={`${nameOf(staff)}, ${say('nav.change-staff')}`}
						onClick={onLeave}
					>
						{nameOf(staff)}
					</Button>
				</div>
			</header>
			<Notices />
			<main>
				{pathname !== '/' && <AlertStrip />}
				<Outlet />
			</main>
		</div>
	);
}
