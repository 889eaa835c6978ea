import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeView } from '../../../edge-agent/contract/access.api.js';
import { refusal } from '../../../edge-agent/people/permissions.js';
import type { Principal } from '../../../edge-agent/people/principal.js';
import { onSignedOut } from '../shared/http.client.js';
import { fetchMe } from './session.client.js';

export interface Session {
	/** Who this browser is; null: not known yet. */
	readonly me: MeView | null;
	/** The agent does not answer; it is asked again. */
	readonly unreachable: boolean;
	/** Somebody was signed in and is no longer; what they were doing is still on the page. */
	readonly expired: boolean;
	/** Whether the permission table lets them; the keys are the table's: `METHOD /path`. */
	readonly may: (key: string) => boolean;
	/** Who this browser is from now on. */
	readonly entered: (me: MeView) => void;
	/** Asks again who this browser is. */
	readonly refresh: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
	const session = useContext(SessionContext);
	if (!session) throw new Error('useSession is used outside of SessionProvider');
	return session;
}

const retryMs = 2000;

/** Knows who is at this browser, and notices when they no longer are. */
export function SessionProvider({ children }: { children: ReactNode }) {
	const { i18n } = useTranslation();
	const [me, setMe] = useState<MeView | null>(null);
	const [unreachable, setUnreachable] = useState(false);
	const [expired, setExpired] = useState(false);

	const entered = useCallback((next: MeView) => {
		setMe(next);
		setExpired(false);
	}, []);
	const refresh = useCallback(async () => entered(await fetchMe(i18n.language)), [entered, i18n]);

	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let left = false;
		const ask = async () => {
			try {
				await refresh();
				setUnreachable(false);
			} catch {
				setUnreachable(true);
				if (!left) timer = setTimeout(ask, retryMs);
			}
		};
		void ask();
		return () => {
			left = true;
			clearTimeout(timer);
		};
	}, [refresh]);

	const known = me !== null && me.kind !== 'nobody';
	useEffect(() => (known ? onSignedOut(() => setExpired(true)) : undefined), [known]);

	const session = useMemo<Session>(
		() => ({ me, unreachable, expired, entered, refresh, may: (key) => me !== null && refusal(principalOf(me), key) === null }),
		[me, unreachable, expired, entered, refresh],
	);
	return <SessionContext value={session}>{children}</SessionContext>;
}

function principalOf(me: MeView): Principal {
	switch (me.kind) {
		case 'nobody':
			return { kind: 'nobody' };
		case 'staff':
			return { kind: 'staff', staff: me.staff.id, role: me.staff.role, session: me.session, device: me.device };
		case 'device':
			return { kind: 'device', device: me.device.id, deviceKind: me.device.kind };
		case 'token':
			return { kind: 'token', token: me.token.id, scopes: me.token.scopes };
	}
}
