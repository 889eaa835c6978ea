import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/**
 * Whether a request names this machine by one of its names. A page on the internet whose own name resolves to this machine's address (DNS
 * rebinding) names another one.
 *
 * @param names the certificate's, besides the loopback ones
 */
export function isOurName(host: string | undefined, names: readonly string[]): boolean {
	const name = hostOf(`http://${host ?? ''}`)?.hostname.replace(/^\[|\]$/g, '');
	return name !== undefined && (LOOPBACK.includes(name) || names.includes(name));
}

/** Whether a request comes from no page, or from one that this very server served. */
export function isSameOrigin({ host, origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
	if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none';
	return hostOf(origin)?.host === hostOf(`${origin.split(':')[0]}://${host ?? ''}`)?.host;
}

/** Whether the name is this machine's for itself only. */
export function isLoopbackName(host: string | undefined): boolean {
	return isOurName(host, []);
}

function hostOf(url: string): URL | null {
	return URL.canParse(url) ? new URL(url) : null;
}
