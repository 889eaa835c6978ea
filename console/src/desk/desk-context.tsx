import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffView } from '../../../edge-agent/contract/api.js';
import { useSession } from '../session/session-context.js';
import { type Chime, createChime } from './chime.client.js';
import { createDesk, type Desk } from './desk.client.js';
import { createPresence, type Presence } from './presence.client.js';
import { staffName } from './select.js';
import { deviceId } from './settings.client.js';
import type { DeskState } from './state.js';
import { createDeskStore, type DeskStore } from './store.js';

/** One a page: made here, because nothing in them runs before `start`, `unlock` or `put`. */
export const deskStore: DeskStore = createDeskStore();
export const chime: Chime = createChime();
const presence: Presence = createPresence(chime);

interface DeskAccess {
	readonly desk: Desk;
	/** Who is at this screen. */
	readonly staff: string;
}

const DeskContext = createContext<DeskAccess | null>(null);

/** The state, as it is now. */
export function useDeskState(): DeskState {
	return useSyncExternalStore(deskStore.subscribe, deskStore.get);
}

/** The line to the agent, and who is at this screen. Inside {@link DeskProvider} only. */
export function useDesk(): DeskAccess {
	const access = useContext(DeskContext);
	if (!access) throw new Error('useDesk is used outside of DeskProvider');
	return access;
}

/** Colleagues' names by id. */
export function useStaffNames(): (id: string) => string {
	const staff: readonly StaffView[] = useDeskState().showroom?.staff ?? [];
	return (id) => staffName(staff, id);
}

/** Models' names by id, in the present language. */
export function useModelNames(): (id: string) => string {
	const { i18n } = useTranslation();
	const models = useDeskState().showroom?.models ?? [];
	return (id) => models.find((model) => model.id === id)?.title[i18n.language === 'en' ? 'en' : 'zh'] ?? id;
}

/** Keeps the line to the agent open for `staff`. */
export function DeskProvider({ staff, children }: { staff: string; children: ReactNode }) {
	const { i18n } = useTranslation();
	const told = useSession().may('GET /api/alerts');
	const access = useMemo<DeskAccess>(
		() => ({
			staff,
			desk: createDesk({
				store: deskStore,
				staff,
				told,
				device: deviceId(),
				language: () => i18n.language,
				onNewAlert: chime.ring,
				presence,
			}),
		}),
		[staff, told, i18n],
	);
	useEffect(() => {
		access.desk.start();
		return () => access.desk.stop();
	}, [access]);
	return <DeskContext value={access}>{children}</DeskContext>;
}
