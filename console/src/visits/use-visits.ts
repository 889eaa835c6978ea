import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitView } from '../../../edge-agent/contract/api.js';
import { fetchVisits } from '../desk/api.client.js';
import { useDeskState } from '../desk/desk-context.js';
import { checkedInSince, mergeVisits } from './day.js';

export interface VisitsOfDay {
	/** null: not here yet. */
	readonly visits: readonly VisitView[] | null;
	readonly error: string | null;
	readonly reload: () => void;
}

/** The visits opened in [from, to), Unix ms; what the agent tells meanwhile is in it. */
export function useVisits(from: number, to: number): VisitsOfDay {
	const { i18n } = useTranslation();
	const { visits: changed, connection } = useDeskState();
	const [fetched, setFetched] = useState<{ readonly from: number; readonly visits: readonly VisitView[] } | null>(null);
	const [error, setError] = useState<string | null>(null);

	const reload = useCallback(() => {
		let left = false;
		setError(null);
		fetchVisits(from, to, i18n.language).then(
			({ visits }) => !left && setFetched({ from, visits }),
			(cause: unknown) => !left && setError(cause instanceof Error ? cause.message : String(cause)),
		);
		return () => {
			left = true;
		};
	}, [from, to, i18n]);
	// Fetched again when the connection comes back.
	const offline = connection === 'offline';
	useEffect(() => (offline ? undefined : reload()), [reload, offline]);
	const here = fetched?.from === from ? fetched.visits : null;
	const checkedIn = here === null ? '' : checkedInSince(here, changed, from, to).join();
	useEffect(() => (offline || checkedIn === '' ? undefined : reload()), [reload, offline, checkedIn]);

	return {
		visits: here && mergeVisits(here, changed, from, to),
		error,
		reload,
	};
}
