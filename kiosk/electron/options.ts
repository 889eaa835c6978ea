import { parseUrl } from './navigation.js';

/** How the shell was started. */
export interface ShellOptions {
	/** The agent's origin, as `http://host:port`. */
	readonly agent: string;
	/** In a window instead of the whole screen: for whoever sets it up. */
	readonly windowed: boolean;
}

const defaultAgent = 'http://127.0.0.1:8080';

/**
 * Reads `--agent=URL` and `--windowed`; Chromium's own switches are left alone.
 * @throws {Error} when the URL is none
 */
export function shellOptions(argv: readonly string[]): ShellOptions {
	const given = argv.findLast((arg) => arg.startsWith('--agent='))?.slice('--agent='.length) ?? defaultAgent;
	const url = parseUrl(given);
	if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '' || url.password !== '')
		throw new Error(
			`--agent=${url ? url.host : given}: give the agent's address, for example --agent=${defaultAgent}, without a user or password`,
		);
	return { agent: url.origin, windowed: argv.includes('--windowed') };
}

/** The page that the shell shows. */
export const kioskPage = (agent: string) => `${agent}/kiosk/`;
