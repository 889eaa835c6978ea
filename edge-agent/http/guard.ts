import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { CHANGE_HEADER } from '../contract/access.api.js';
import type { Access } from '../people/access.js';
import { refusal } from '../people/permissions.js';
import { ApiError } from './api-error.js';
import { credentials, isSecure } from './credentials.js';
import type { HttpEnv } from './principal.js';
import { isLoopbackName, isOurName, isSameOrigin } from './same-site.js';

const READING = ['GET', 'HEAD', 'OPTIONS'];
/** Half a year. */
const HSTS = 'max-age=15552000';

/** Lets a request through to its route, or says why not: the machine's name, the page's origin, who asks, and the permission table. */
export function guard(access: Pick<Access, 'principal'>, names: () => readonly string[]): MiddlewareHandler<HttpEnv> {
	return async (c, next) => {
		const { headers, socket } = c.env.incoming;
		if (!isOurName(headers.host, names())) throw new ApiError('not-local');
		// Not for `localhost`: browsers take it for every port of a name, and HTTP on this machine stays.
		if (isSecure(socket) && !isLoopbackName(headers.host)) c.header('strict-transport-security', HSTS);

		const from = credentials(headers, socket);
		const changes = !READING.includes(c.req.method);
		// A browser sends cookies by itself, so a page of another site could act in somebody's name. It cannot send this header, though:
		// the browser would ask here first (CORS preflight), and nobody here allows it.
		if (from.bearer === undefined && changes) {
			if (!isSameOrigin(headers)) throw new ApiError('not-same-origin');
			if (headers[CHANGE_HEADER] !== '1') throw new ApiError('no-header');
		}

		const principal = access.principal(from);
		c.set('principal', principal);
		const routes = matchedRoutes(c).filter(({ method }) => method !== 'ALL');
		if (routes.length === 0) throw new ApiError('not-found');
		for (const { method, path } of routes) {
			const code = refusal(principal, `${method} ${path}`);
			if (code) throw new ApiError(code);
		}
		await next();
	};
}
