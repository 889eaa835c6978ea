import { useCallback, useEffect, useState } from 'react';
import { onSignedOut } from '../../../console/src/shared/http.client.js';
import { fetchMe } from '../agent.client.js';

/** `asking`: not known yet; `unreachable`: the agent does not answer, it is asked again; `unpaired`: the agent does not know this device. */
export type DeviceState = 'asking' | 'unreachable' | 'unpaired' | 'paired';

const retryMs = 3000;

/** Whether this is one of the store's devices. A kiosk that is removed while it is in use goes back to its pairing page. */
export function useDevice(): { readonly state: DeviceState; readonly refresh: () => void } {
	const [state, setState] = useState<DeviceState>('asking');
	const [turn, setTurn] = useState(0);
	const refresh = useCallback(() => setTurn((count) => count + 1), []);
	// biome-ignore lint/correctness/useExhaustiveDependencies: each turn asks anew
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let left = false;
		const ask = async () => {
			try {
				const me = await fetchMe('zh');
				// Reception may open the kiosk's pages too, signed in.
				if (!left) setState(me.kind === 'nobody' ? 'unpaired' : 'paired');
			} catch {
				if (left) return;
				setState((before) => (before === 'paired' ? before : 'unreachable'));
				timer = setTimeout(ask, retryMs);
			}
		};
		void ask();
		return () => {
			left = true;
			clearTimeout(timer);
		};
	}, [turn]);
	useEffect(() => onSignedOut(refresh), [refresh]);
	return { state, refresh };
}
