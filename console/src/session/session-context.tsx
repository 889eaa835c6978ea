import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeView } from '../../../edge-agent/contract/access.api.js';
import { refusal } from '../../../edge-agent/people/permissions.js';
import type { Principal } from '../../../edge-agent/people/principal.js';
import { onSignedOut } from '../shared/http.client.js';
import { rememberName } from './names.client.js';
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
	/** The code of a sign-in link that was opened here and has not been used yet. */
	readonly link: string | null;
	readonly dropLink: () => void;
	/** Somebody has just come in. */
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

/** `/#sign-in=CODE` */
const linkCode = () => new URLSearchParams(location.hash.slice(1)).get('sign-in');

/** Knows who is at this browser, and notices when they no longer are. */
export function SessionProvider({ children }: { children: ReactNode }) {
	const { i18n } = useTranslation();
	const [me, setMe] = useState<MeView | null>(null);
	const [unreachable, setUnreachable] = useState(false);
	const [expired, setExpired] = useState(false);

	const [link, setLink] = useState(linkCode);

	const refresh = useCallback(async () => {
		setMe(await fetchMe(i18n.language));
		setExpired(false);
	}, [i18n]);
	const dropLink = useCallback(() => {
		// A code does not stay in the address.
		if (linkCode() !== null) history.replaceState(history.state, '', location.pathname + location.search);
		setLink(null);
	}, []);
	const entered = useCallback(
		(next: MeView) => {
			if (next.kind === 'staff') rememberName(next.staff.name);
			setMe(next);
			setExpired(false);
			dropLink();
		},
		[dropLink],
	);

	useEffect(() => {
		const look = () => setLink(linkCode());
		addEventListener('hashchange', look);
		return () => removeEventListener('hashchange', look);
	}, []);

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
		() => ({
			...{ me, unreachable, expired, link, dropLink, entered, refresh },
			may: (key) => me !== null && refusal(principalOf(me), key) === null,
		}),
		[me, unreachable, expired, link, dropLink, entered, refresh],
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
