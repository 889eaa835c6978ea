import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

/** The route that answers, as it is registered: what stands in its place in the path may be anything that somebody typed. */
export function routeOf(c: Context): string {
	return `${c.req.method} ${matchedRoutes(c).find(({ method }) => method !== 'ALL')?.path ?? ''}`;
}
