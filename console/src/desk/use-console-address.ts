import { useDeskState } from './desk-context.js';

/** Where another device opens the console (`https://192.168.1.20:8443/`); null: only this machine is let in. */
export function useConsoleAddress(): string | null {
	const { showroom } = useDeskState();
	const atTheBox = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
	return atTheBox ? (showroom?.address ?? null) : `${location.origin}/`;
}
