import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import type { Principal } from '../people/principal.js';
import { ABSOLUTE_MS, type Caller } from '../people/sessions.js';
import { ApiError } from './api-error.js';
import { type CookieKind, cookieName, isSecure } from './credentials.js';

/** What every route of the API finds in its context: `new Hono<HttpEnv>()`, `c.get('principal')`. */
export interface HttpEnv {
	Bindings: HttpBindings;
	Variables: { principal: Principal };
}

/** The member of staff who asks. @throws ApiError `not-allowed` for a device or a program */
export function staffOf(c: Context<HttpEnv>): string {
	const principal = c.get('principal');
	if (principal.kind !== 'staff') throw new ApiError('not-allowed');
	return principal.staff;
}

/** Browsers keep a cookie for 400 days at most. */
const DEVICE_S = 400 * 24 * 3600;

/** Gives the browser the token of its session or device. No script sees it, and no other site makes the browser send it. */
export function giveCookie(c: Context<HttpEnv>, kind: CookieKind, token: string): void {
	setAgeing(c, kind, token, kind === 'session' ? ABSOLUTE_MS / 1000 : DEVICE_S);
}

export function takeCookie(c: Context<HttpEnv>, kind: CookieKind): void {
	setAgeing(c, kind, '', 0);
}

function setAgeing(c: Context<HttpEnv>, kind: CookieKind, value: string, maxAge: number): void {
	const secure = isSecure(c.env.incoming.socket);
	setCookie(c, cookieName(kind, secure), value, { httpOnly: true, sameSite: 'Strict', secure, path: '/', maxAge });
}

/** Where a request came from. */
export function caller(c: Context<HttpEnv>): Caller {
	return { address: c.env.incoming.socket.remoteAddress ?? 'unknown', browser: c.req.header('user-agent') ?? '' };
}
