import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a request was meant for this machine and comes from a page of this machine. Until there is sign-in, being on this
 * machine is the only right to be here; a page on the internet whose name resolves to 127.0.0.1 (DNS rebinding), or that posts
 * here from the visitor's browser, has none.
 */
export function isLocal({ host, origin }: { readonly host: string | undefined; readonly origin: string | undefined }): boolean {
	return isLoopback(`http://${host ?? ''}`) && (origin === undefined || isLoopback(origin));
}

/** For socket.io, which never sees hono's middleware. */
export function isLocalMessage({ headers }: IncomingMessage): boolean {
	return isLocal({ host: headers.host, origin: headers.origin });
}

function isLoopback(url: string): boolean {
	return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}
