/** What the shell's page may open and load. `agent`: the agent's origin. */

/** A URL's parts, or null when it is none. */
export function parseUrl(text: string): URL | null {
	return URL.canParse(text) ? new URL(text) : null;
}

/** Whether the window may go there: only the kiosk's own pages. */
export function mayNavigate(target: string, agent: string): boolean {
	const url = parseUrl(target);
	return url !== null && url.origin === agent && url.username === '' && (url.pathname === '/kiosk' || url.pathname.startsWith('/kiosk/'));
}

const sockets: Readonly<Record<string, string>> = { 'ws:': 'http:', 'wss:': 'https:' };

/** Whether a request may leave: to the agent (also by web socket), or nowhere (data:, blob: of its own). */
export function mayRequest(target: string, agent: string): boolean {
	const url = parseUrl(target);
	if (!url) return false;
	if (url.protocol === 'data:') return true;
	if (url.protocol === 'blob:') return url.origin === agent;
	const protocol = sockets[url.protocol] ?? url.protocol;
	return `${protocol}//${url.host}` === agent;
}
