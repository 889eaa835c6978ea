import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { BoardPage } from './board/board-page.js';
import { CamerasPage } from './cameras/cameras-page.js';
import { chime, DeskProvider, deskStore, useDeskState } from './desk/desk-context.js';
import { readStaff, writeStaff } from './desk/settings.client.js';
import { startLoading } from './desk/showroom.client.js';
import { Frame } from './frame/frame.js';
import { StartPage } from './frame/start-page.js';
import { LivePage } from './live/live-page.js';
import { theme } from './theme.js';
import { useWords } from './words/words.js';

/** The log page brings the date picker, which is large: fetched when first opened. */
const VisitsPage = lazy(() => import('./visits/visits-page.js'));

/** The console: who is at this screen, then the pages. */
export function App() {
	const { language } = useWords();
	const { i18n } = useTranslation();
	const { showroom } = useDeskState();
	const [staff, setStaff] = useState(readStaff);

	useEffect(() => startLoading(deskStore, i18n.language), [i18n]);
	useUnlockedChime();

	const choose = (id: string | null) => {
		writeStaff(id);
		setStaff(id);
	};
	// Somebody who left the staff list since has to choose anew.
	const known = staff !== null && (showroom === null || showroom.staff.some((person) => person.id === staff));

	return (
		<ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
			{known ? (
				<DeskProvider staff={staff}>
					<BrowserRouter>
						<Routes>
							<Route path="/board" element={<BoardPage />} />
							<Route element={<Frame onLeave={() => choose(null)} />}>
								<Route index element={<LivePage />} />
								<Route
									path="/visits"
									element={
										<Suspense>
											<VisitsPage />
										</Suspense>
									}
								/>
								<Route path="/cameras" element={<CamerasPage />} />
								<Route path="*" element={<Navigate to="/" replace />} />
							</Route>
						</Routes>
					</BrowserRouter>
				</DeskProvider>
			) : (
				<StartPage onChoose={choose} />
			)}
		</ConfigProvider>
	);
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
