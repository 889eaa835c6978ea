import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Navigate, Outlet, Route, Routes } from 'react-router';
import { BoardPage } from './board/board-page.js';
import { CamerasPage } from './cameras/cameras-page.js';
import { chime, DeskProvider, deskStore } from './desk/desk-context.js';
import { startLoading } from './desk/showroom.client.js';
import { Loading } from './form/loading.js';
import { Frame } from './frame/frame.js';
import { StartPage } from './frame/start-page.js';
import { LivePage } from './live/live-page.js';
import { SessionProvider, useSession } from './session/session-context.js';
import { SignInPage } from './session/sign-in-page.js';
import { SignedOut } from './session/signed-out.js';
import { theme } from './theme.js';
import { useWords } from './words/words.js';

/** Pages that most people do not need at once: fetched when first opened. */
const VisitsPage = lazy(() => import('./visits/visits-page.js'));
const CameraPage = lazy(() => import('./cameras/camera-page.js'));
const CalibrationPage = lazy(() => import('./cameras/calibration-page.js'));
const AccountPage = lazy(() => import('./account/account-page.js'));
const StaffPage = lazy(() => import('./staff/staff-page.js'));
const DevicesPage = lazy(() => import('./devices/devices-page.js'));
const CustomersPage = lazy(() => import('./customers/customers-page.js'));
const CustomerPage = lazy(() => import('./customers/customer-page.js'));
const ImportPage = lazy(() => import('./import/import-page.js'));
const BeginPage = lazy(() => import('./setup/begin-page.js'));
const SetupPage = lazy(() => import('./setup/setup-page.js'));

/** The console: who is at this screen, then the pages that they may see. */
export function App() {
	const { language } = useWords();
	useUnlockedChime();
	return (
		<ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
			<AntApp component={false}>
				<SessionProvider>
					<BrowserRouter>
						<Suspense fallback={<Loading />}>
							<Door />
						</Suspense>
					</BrowserRouter>
					<SignedOut />
				</SessionProvider>
			</AntApp>
		</ConfigProvider>
	);
}

/** Nobody passes who is not known. Whoever signs in comes out where they wanted to go. */
function Door() {
	const { me, link, unreachable } = useSession();
	if (me === null) return <StartPage unreachable={unreachable} />;
	if (me.kind === 'nobody') return me.setupNeeded ? <BeginPage /> : <SignInPage />;
	// Somebody may open a colleague's link, or their own for a new password, while somebody is signed in here.
	if (link !== null) return <SignInPage />;
	if (me.kind === 'device') return <Wall device={me.device.id} />;
	if (me.kind === 'token') return <SignInPage />;
	return <Pages staff={me.staff.id} />;
}

/** A paired wall board shows the board and nothing else. */
function Wall({ device }: { device: string }) {
	useShowroom();
	return (
		<DeskProvider staff={device}>
			<BoardPage />
		</DeskProvider>
	);
}

function Pages({ staff }: { staff: string }) {
	useShowroom();
	return (
		<DeskProvider staff={staff}>
			<Routes>
				<Route path="/setup" element={<Allowed to="GET /api/settings" />}>
					<Route index element={<SetupPage />} />
				</Route>
				<Route path="/board" element={<BoardPage />} />
				<Route element={<Frame />}>
					<Route index element={<LivePage />} />
					<Route path="/cameras" element={<CamerasPage />} />
					<Route path="/account" element={<AccountPage />} />
					<Route element={<Allowed to="GET /api/visits" />}>
						<Route path="/visits" element={<VisitsPage />} />
					</Route>
					<Route element={<Allowed to="POST /api/cameras" />}>
						<Route path="/cameras/:id" element={<CameraPage />} />
					</Route>
					<Route element={<Allowed to="socket /desk calibrate" />}>
						<Route path="/cameras/:id/calibrate" element={<CalibrationPage />} />
					</Route>
					<Route element={<Allowed to="GET /api/staff" />}>
						<Route path="/staff" element={<StaffPage />} />
						<Route path="/staff/import" element={<ImportPage kind="staff" />} />
					</Route>
					<Route element={<Allowed to="GET /api/devices" />}>
						<Route path="/devices" element={<DevicesPage />} />
					</Route>
					<Route element={<Allowed to="GET /api/customers" />}>
						<Route path="/customers" element={<CustomersPage />} />
						<Route path="/customers/import" element={<ImportPage kind="customers" />} />
						<Route path="/customers/:id" element={<CustomerPage />} />
					</Route>
					<Route path="*" element={<Navigate to="/" replace />} />
				</Route>
			</Routes>
		</DeskProvider>
	);
}

/** The pages behind a permission; who may not is told so, and not sent away. */
function Allowed({ to }: { to: string }) {
	const { say } = useWords();
	const { may } = useSession();
	return may(to) ? (
		<Suspense fallback={<Loading />}>
			<Outlet />
		</Suspense>
	) : (
		<p className="nobody" role="alert" data-testid="not-allowed">
			<strong>{say('fault.not-allowed-title')}</strong>
			<span>{say('fault.not-allowed')}</span>
		</p>
	);
}

function useShowroom(): void {
	const { i18n } = useTranslation();
	useEffect(() => startLoading(deskStore, i18n.language), [i18n]);
}

/** Browsers keep a page silent until it was touched: each touch or key makes sure that the chime can be heard. */
function useUnlockedChime(): void {
	useEffect(() => {
		const unlock = () => void chime.unlock().catch(() => undefined);
		addEventListener('pointerdown', unlock);
		addEventListener('keydown', unlock);
		return () => {
			removeEventListener('pointerdown', unlock);
			removeEventListener('keydown', unlock);
		};
	}, []);
}
