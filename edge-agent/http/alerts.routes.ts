import { Hono } from 'hono';
import { alertCloseSchema } from '../contract/api.js';
import { assignSchema } from '../contract/reception.api.js';
import { type HttpEnv, staffOf } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody } from './valid.js';

/** What staff do about alerts. */
export function alertsRoutes({ floor, queries }: Pick<ServerRooms, 'floor' | 'queries'>): Hono<HttpEnv> {
	const { alerts } = floor;
	return new Hono<HttpEnv>()
		.post('/alerts/:id/accept', async (c) => c.json(await alerts.accept(c.req.param('id'), staffOf(c))))
		.post('/alerts/:id/greet', async (c) => c.json(await alerts.greet(c.req.param('id'), staffOf(c))))
		.post('/alerts/:id/decline', async (c) => c.json(await alerts.decline(c.req.param('id'), staffOf(c))))
		.post('/alerts/:id/release', async (c) => c.json(await alerts.release(c.req.param('id'), staffOf(c))))
		.post('/alerts/:id/assign', async (c) => {
			const { staff } = await validBody(c, assignSchema);
			return c.json(await alerts.assign(c.req.param('id'), staffOf(c), staff));
		})
		.post('/alerts/:id/close', async (c) => {
			const { reason } = await validBody(c, alertCloseSchema);
			return c.json(await alerts.close(c.req.param('id'), staffOf(c), reason));
		})
		.get('/alerts/:id/why', async (c) => {
			await alerts.view(c.req.param('id'));
			return c.json(await queries.why(c.req.param('id')));
		});
}
