import { Hono } from 'hono';
import type { WebhooksAnswer } from '../contract/webhooks.js';
import { ApiError, language } from './api-error.js';
import type { HttpEnv } from './principal.js';
import type { ServerRooms } from './rooms.js';

/** How webhooks do, and whether they would arrive. Their addresses and secrets are never answered. */
export function webhooksRoutes({ webhooks }: Pick<ServerRooms, 'webhooks'>): Hono<HttpEnv> {
	return new Hono<HttpEnv>()
		.get('/webhooks', async (c) =>
			c.json({ webhooks: await webhooks.views(language(c.req.header('accept-language'))) } satisfies WebhooksAnswer),
		)
		.post('/webhooks/:id/test', async (c) => {
			const answer = await webhooks.test(c.req.param('id'), language(c.req.header('accept-language')));
			if (!answer) throw new ApiError('no-such-webhook');
			return c.json(answer);
		});
}
