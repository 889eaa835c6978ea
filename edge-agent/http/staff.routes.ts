import { Hono } from 'hono';
import {
	type DevicesAnswer,
	pairingSchema,
	type SessionsAnswer,
	type StaffAnswer,
	staffAddSchema,
	staffChangeSchema,
	type TokensAnswer,
	tokenSchema,
} from '../contract/access.api.js';
import { actorOf } from '../people/principal.js';
import type { HttpEnv } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody } from './valid.js';

/** What administrators decide: who works here, which devices and programs may come in, and who has to leave. */
export function staffRoutes({ access }: Pick<ServerRooms, 'access'>): Hono<HttpEnv> {
	const { accounts, passwordCodes, sessions, devices, tokens } = access;
	return new Hono<HttpEnv>()
		.get('/staff', (c) => c.json({ staff: accounts.list() } satisfies StaffAnswer))
		.post('/staff', async (c) => c.json(await accounts.add(await validBody(c, staffAddSchema), actorOf(c.get('principal'))), 201))
		.patch('/staff/:id', async (c) => {
			const change = await validBody(c, staffChangeSchema);
			return c.json(await accounts.change(c.req.param('id'), change, actorOf(c.get('principal'))));
		})
		.post('/staff/:id/password-code', async (c) => c.json(await passwordCodes.make(c.req.param('id'), actorOf(c.get('principal')))))
		.delete('/staff/:id/totp', async (c) => {
			await accounts.clearTotp(c.req.param('id'), actorOf(c.get('principal')));
			return c.body(null, 204);
		})
		.get('/sessions', (c) => {
			const principal = c.get('principal');
			return c.json({ sessions: sessions.list(principal.kind === 'staff' ? principal.session : null) } satisfies SessionsAnswer);
		})
		.delete('/sessions/:id', async (c) => {
			await sessions.end(c.req.param('id'), 'revoked', actorOf(c.get('principal')));
			return c.body(null, 204);
		})
		.get('/devices', (c) => c.json({ devices: devices.list() } satisfies DevicesAnswer))
		.post('/devices/codes', async (c) => c.json(await devices.pairingCode(await validBody(c, pairingSchema))))
		.delete('/devices/:id', async (c) => {
			await devices.revoke(c.req.param('id'), actorOf(c.get('principal')));
			return c.body(null, 204);
		})
		.get('/tokens', (c) => c.json({ tokens: tokens.list() } satisfies TokensAnswer))
		.post('/tokens', async (c) => c.json(await tokens.make(await validBody(c, tokenSchema), actorOf(c.get('principal'))), 201))
		.delete('/tokens/:id', async (c) => {
			await tokens.revoke(c.req.param('id'), actorOf(c.get('principal')));
			return c.body(null, 204);
		});
}
