import { Hono } from 'hono';
import { EXPOSITION_TYPE } from '../metrics/exposition.js';
import type { HttpEnv } from './principal.js';
import type { ServerRooms } from './rooms.js';

/**
 * Whether the agent lives, whether it can work, and its figures: where orchestrators and Prometheus look for them.
 *
 * @param sockets screens that are connected
 */
export function healthRoutes({ metrics, readiness }: Pick<ServerRooms, 'metrics' | 'readiness'>, sockets: () => number): Hono<HttpEnv> {
	return new Hono<HttpEnv>()
		.use(async (c, next) => {
			c.header('cache-control', 'no-store');
			await next();
		})
		.get('/healthz', (c) => c.json({ ok: true }))
		.get('/readyz', async (c) => {
			const unready = await readiness.unready();
			return c.json({ ready: unready.length === 0, unready }, unready.length === 0 ? 200 : 503);
		})
		.get('/metrics', async (c) => c.body(await metrics.text(sockets()), 200, { 'content-type': EXPOSITION_TYPE }));
}
