import { CarryOutOutlined, DesktopOutlined, TeamOutlined, UnorderedListOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { useDesk, useDeskState } from '../desk/desk-context.js';
import { waitingFor } from '../desk/select.js';
import { useTitle } from '../desk/use-title.js';
import { useWakeLock } from '../desk/use-wake-lock.js';
import { Loading } from '../form/loading.js';
import { AlertStrip } from '../live/alert-strip.js';
import { useSession } from '../session/session-context.js';
import { useWords } from '../words/words.js';
import { LanguageSwitch } from './language-switch.js';
import { Notices } from './notices.js';
import { PersonMenu } from './person-menu.js';
import { StoreNotices } from './store-notices.js';

/** What every page but the wall has: who is here, where to go, what is wrong. Alerts show on every page. */
export function Frame() {
	const { say } = useWords();
	const { showroom, alerts, connection } = useDeskState();
	const { staff } = useDesk();
	const { may } = useSession();
	const { pathname } = useLocation();
	const waiting = waitingFor(alerts.values(), staff);
	// The page comes after what stands above it, alerts included: one that moves under the finger loses the click. Once there, it stays.
	const [ready, setReady] = useState(false);
	if (!ready && (connection === 'offline' || (connection === 'online' && showroom))) setReady(true);
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
					{may('GET /api/visits') && (
						<NavLink to="/visits">
							<UnorderedListOutlined aria-hidden="true" />
							{say('nav.visits')}
						</NavLink>
					)}
					{may('GET /api/customers') && (
						<NavLink to="/customers">
							<TeamOutlined aria-hidden="true" />
							{say('nav.customers')}
						</NavLink>
					)}
					<NavLink to="/cameras">
						<VideoCameraOutlined aria-hidden="true" />
						{say('nav.cameras')}
					</NavLink>
					{may('GET /api/alerts') && (
						<NavLink to="/board">
							<DesktopOutlined aria-hidden="true" />
							{say('nav.board')}
						</NavLink>
					)}
				</nav>
				<div className="me">
					<LanguageSwitch />
					<PersonMenu />
				</div>
			</header>
			<StoreNotices />
			<main>
				{pathname !== '/' && <AlertStrip />}
				{ready ? <Outlet /> : <Loading />}
			</main>
			<Notices />
		</div>
	);
}
