import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { parse } from 'hono/utils/cookie';
import type { Credentials } from '../people/access.js';

export type CookieKind = 'session' | 'device';

/** Browsers send one cookie to every port of a machine: those of HTTPS have names that plain HTTP cannot set (`__Host-`, RFC 6265bis). */
export function cookieName(kind: CookieKind, secure: boolean): string {
	return `${secure ? '__Host-' : ''}showroom-${kind}`;
}

/** Whether the connection is TLS's. */
export function isSecure(socket: Socket): boolean {
	return socket instanceof TLSSocket;
}

/** What a request, or a socket's handshake, brings to be known by. */
export function credentials(headers: IncomingHttpHeaders, socket: Socket): Credentials {
	const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
	if (bearer !== undefined) return { bearer };
	const cookies = parse(headers.cookie ?? '');
	const secure = isSecure(socket);
	return { session: cookies[cookieName('session', secure)], device: cookies[cookieName('device', secure)] };
}
