import { Hono } from 'hono';
import { z } from 'zod';
import { brochures } from '../brochures/catalogue.js';
import type { LogAnswer } from '../contract/access.api.js';
import { type AlertsAnswer, alertCloseSchema, type ShowroomView, type VisitsAnswer } from '../contract/api.js';
import { readsTelephones, withoutTelephone } from '../people/telephone-readers.js';
import { type HttpEnv, staffOf } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody, validQuery } from './valid.js';

/** The longest time that one list of visits covers. */
const LONGEST_LIST_MS = 32 * 24 * 60 * 60_000;

const time = z.coerce.number().int().nonnegative();
const visitsQuery = z
	.object({ from: time, to: time })
	.refine(({ from, to }) => to >= from && to - from <= LONGEST_LIST_MS, { path: ['to'], error: 'after from, by 32 days at most' });
const logQuery = z.object({
	after: z.coerce.number().int().nonnegative().default(0),
	limit: z.coerce.number().int().min(1).max(1000).default(200),
});
const models = brochures.map(({ id, title }) => ({ id, title }));
const alertsQuery = z.object({ open: z.literal('true') });

/**
 * What the console asks and does.
 *
 * @param address where other devices open it
 */
export function deskRoutes(
	{ storeName, setup, floor, log, queries, cameras, recogniser, now }: ServerRooms,
	address: () => string | null,
): Hono<HttpEnv> {
	// A list's seq is read before the list: what happens in between comes again over the socket, and is not lost.
	return new Hono<HttpEnv>()
		.get('/showroom', async (c) => {
			const [lastSeq, staff] = await Promise.all([log.lastSeq(), queries.staff()]);
			const view: ShowroomView = {
				...{ name: storeName(), staff, cameras: cameras(), models, recogniser: await recogniser() },
				...{ setUp: setup.step === 'done', address: address(), now: now().wall, lastSeq },
			};
			return c.json(view);
		})
		.get('/visits', async (c) => {
			const between = validQuery(c, visitsQuery);
			const lastSeq = await log.lastSeq();
			const visits = await queries.visits(between);
			return c.json({
				visits: readsTelephones(c.get('principal')) ? visits : visits.map(withoutTelephone),
				lastSeq,
			} satisfies VisitsAnswer);
		})
		.get('/alerts', async (c) => {
			validQuery(c, alertsQuery);
			const lastSeq = await log.lastSeq();
			return c.json({ alerts: await queries.alerts({ open: true }), lastSeq } satisfies AlertsAnswer);
		})
		.get('/log', async (c) => {
			const { after, limit } = validQuery(c, logQuery);
			const lastSeq = await log.lastSeq();
			return c.json({ events: await log.read(after, limit), lastSeq } satisfies LogAnswer);
		})
		.post('/alerts/:id/accept', async (c) => {
			return c.json(await floor.accept(c.req.param('id'), staffOf(c)));
		})
		.post('/alerts/:id/greet', async (c) => {
			return c.json(await floor.greet(c.req.param('id'), staffOf(c)));
		})
		.post('/alerts/:id/close', async (c) => {
			const { reason } = await validBody(c, alertCloseSchema);
			return c.json(await floor.close(c.req.param('id'), staffOf(c), reason));
		});
}
