import { Hono } from 'hono';
import { z } from 'zod';
import { brochures } from '../brochures/catalogue.js';
import { type AlertsAnswer, alertActionSchema, alertCloseSchema, type ShowroomView, type VisitsAnswer } from '../contract/api.js';
import type { ServerRooms } from './rooms.js';
import { validBody, validQuery } from './valid.js';

/** The longest time that one list of visits covers. */
const LONGEST_LIST_MS = 32 * 24 * 60 * 60_000;

const time = z.coerce.number().int().nonnegative();
const visitsQuery = z
	.object({ from: time, to: time })
	.refine(({ from, to }) => to >= from && to - from <= LONGEST_LIST_MS, { path: ['to'], error: 'after from, by 32 days at most' });
const models = brochures.map(({ id, title }) => ({ id, title }));
const alertsQuery = z.object({ open: z.literal('true') });

/** What the console asks and does. */
export function deskRoutes({ storeName, floor, log, queries, cameras, recogniser, now }: ServerRooms): Hono {
	// A list's seq is read before the list: what happens in between comes again over the socket, and is not lost.
	return new Hono()
		.get('/showroom', async (c) => {
			const [lastSeq, staff] = await Promise.all([log.lastSeq(), queries.staff()]);
			const view: ShowroomView = {
				...{ name: storeName, staff, cameras: cameras(), models, recogniser: recogniser(), now: now().wall, lastSeq },
			};
			return c.json(view);
		})
		.get('/visits', async (c) => {
			const between = validQuery(c, visitsQuery);
			const lastSeq = await log.lastSeq();
			return c.json({ visits: await queries.visits(between), lastSeq } satisfies VisitsAnswer);
		})
		.get('/alerts', async (c) => {
			validQuery(c, alertsQuery);
			const lastSeq = await log.lastSeq();
			return c.json({ alerts: await queries.alerts({ open: true }), lastSeq } satisfies AlertsAnswer);
		})
		.post('/alerts/:id/accept', async (c) => {
			const { staff } = await validBody(c, alertActionSchema);
			return c.json(await floor.accept(c.req.param('id'), staff));
		})
		.post('/alerts/:id/greet', async (c) => {
			const { staff } = await validBody(c, alertActionSchema);
			return c.json(await floor.greet(c.req.param('id'), staff));
		})
		.post('/alerts/:id/close', async (c) => {
			const { staff, reason } = await validBody(c, alertCloseSchema);
			return c.json(await floor.close(c.req.param('id'), staff, reason));
		});
}
