import { type Context, Hono } from 'hono';
import {
	linkSchema,
	type MeView,
	type NewPasswordAnswer,
	newPasswordSchema,
	pairSchema,
	passwordSchema,
	type RecoveryCodes,
	type SessionsAnswer,
	setupSchema,
	signInSchema,
	totpConfirmSchema,
	totpSchema,
} from '../contract/access.api.js';
import { actorOf } from '../people/principal.js';
import { credentials } from './credentials.js';
import { caller, giveCookie, type HttpEnv, staffOf, takeCookie } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody } from './valid.js';

/**
 * Coming in, going, and what everybody does about their own account.
 *
 * @param onAdministrator called when the first administrator has been made
 */
export function accessRoutes({ access }: Pick<ServerRooms, 'access'>, onAdministrator: () => void): Hono<HttpEnv> {
	const { signIn, passwordCodes, accounts, sessions, devices } = access;
	const welcome = (c: Context<HttpEnv>, token: string) => {
		giveCookie(c, 'session', token);
		return c.json(access.me(access.principal({ session: token })) satisfies MeView);
	};
	/** Whoever signs in again leaves their former session. */
	const leave = async (c: Context<HttpEnv>) => {
		const { session } = credentials(c.env.incoming.headers, c.env.incoming.socket);
		const former = session === undefined ? null : sessions.find(session);
		if (former) await sessions.end(former.id, 'signed-out', `staff:${former.staff}`);
	};
	const sessionOf = (c: Context<HttpEnv>) => {
		const principal = c.get('principal');
		return principal.kind === 'staff' ? principal.session : null;
	};

	return new Hono<HttpEnv>()
		.get('/me', (c) => c.json(access.me(c.get('principal')) satisfies MeView))
		.post('/setup', async (c) => {
			const { token } = await signIn.setUp(await validBody(c, setupSchema), caller(c));
			onAdministrator();
			return welcome(c, token);
		})
		.post('/sign-in', async (c) => {
			const { token } = await signIn.withPassword(await validBody(c, signInSchema), caller(c));
			await leave(c);
			return welcome(c, token);
		})
		.post('/sign-in/link', async (c) => {
			const { token } = await signIn.withLink((await validBody(c, linkSchema)).code, caller(c));
			await leave(c);
			return welcome(c, token);
		})
		.post('/sign-in/password', async (c) => {
			const staff = await passwordCodes.use(await validBody(c, newPasswordSchema), caller(c).address);
			return c.json({ staff } satisfies NewPasswordAnswer);
		})
		.post('/pair', async (c) => {
			const { device, token } = await devices.pair((await validBody(c, pairSchema)).code, caller(c).address);
			giveCookie(c, 'device', token);
			return c.json(device);
		})
		.post('/sign-out', async (c) => {
			const session = sessionOf(c);
			if (session !== null) await sessions.end(session, 'signed-out', actorOf(c.get('principal')));
			takeCookie(c, 'session');
			return c.body(null, 204);
		})
		.post('/me/password', async (c) => {
			const { current, password } = await validBody(c, passwordSchema);
			await accounts.changePassword(staffOf(c), current, password, sessionOf(c));
			return c.body(null, 204);
		})
		.post('/me/totp', async (c) => c.json(await accounts.beginTotp(staffOf(c), (await validBody(c, totpSchema)).password)))
		.post('/me/totp/confirm', async (c) => {
			const recoveryCodes = await accounts.confirmTotp(staffOf(c), (await validBody(c, totpConfirmSchema)).code);
			return c.json({ recoveryCodes } satisfies RecoveryCodes);
		})
		.post('/me/totp/remove', async (c) => {
			await accounts.removeTotp(staffOf(c), (await validBody(c, totpSchema)).password);
			return c.body(null, 204);
		})
		.get('/me/sessions', (c) => c.json({ sessions: sessions.list(sessionOf(c), staffOf(c)) } satisfies SessionsAnswer))
		.delete('/me/sessions/:id', async (c) => {
			await sessions.end(c.req.param('id'), 'revoked', actorOf(c.get('principal')), staffOf(c));
			return c.body(null, 204);
		});
}
