import { useCallback, useEffect, useState } from 'react';
import type { HostsAnswer } from '../../../edge-agent/contract/api.js';
import { fetchHosts } from '../agent.client.js';

export interface Hosts {
	/** null: not here (yet). */
	readonly hosts: HostsAnswer['hosts'] | null;
	readonly failed: boolean;
	readonly reload: () => void;
}

/** The colleagues whom a visitor may ask for; fetched while the first questions are answered. */
export function useHosts(): Hosts {
	const [hosts, setHosts] = useState<HostsAnswer['hosts'] | null>(null);
	const [failed, setFailed] = useState(false);
	const reload = useCallback(() => {
		setFailed(false);
		fetchHosts('zh').then(setHosts, () => setFailed(true));
	}, []);
	useEffect(reload, [reload]);
	return { hosts, failed, reload };
}
