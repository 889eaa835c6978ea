import { Hono } from 'hono';
import { brochures } from '../brochures/catalogue.js';
import { type LogAnswer, logQuerySchema } from '../contract/access.api.js';
import type { AlertsAnswer, ShowroomView, VisitsAnswer } from '../contract/api.js';
import { alertsQuerySchema } from '../contract/routes/alerts.js';
import { visitsQuerySchema } from '../contract/visits.api.js';
import { readsTelephones, withoutTelephone } from '../people/telephone-readers.js';
import { alertFor, seesOf } from '../sockets/sees.js';
import { ApiError } from './api-error.js';
import { cursorOf, placeOf } from './cursor.js';
import type { HttpEnv } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validQuery } from './valid.js';

/** Visits on a page, when a filter comes without a limit. */
const PAGE = 100;

const models = brochures.map(({ id, title }) => ({ id, title }));

/**
 * What the console asks before anything else.
 *
 * @param address where other devices open it
 */
export function deskRoutes(
	{ storeName, setup, log, queries, cameras, recogniser, now }: ServerRooms,
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
			const { limit, cursor, ...filter } = validQuery(c, visitsQuerySchema);
			const before = cursor === undefined ? null : placeOf(cursor);
			if (cursor !== undefined && before === null) throw new ApiError('invalid', 'cursor');
			const lastSeq = await log.lastSeq();
			const all = limit === undefined && cursor === undefined && Object.keys(filter).length === 2;
			const { visits, next } = all
				? { visits: await queries.visits(filter), next: null }
				: await queries.visitList(filter, before, limit ?? PAGE);
			return c.json({
				visits: readsTelephones(c.get('principal')) ? visits : visits.map(withoutTelephone),
				...{ next: next && cursorOf(next), lastSeq },
			} satisfies VisitsAnswer);
		})
		.get('/alerts', async (c) => {
			validQuery(c, alertsQuerySchema);
			const lastSeq = await log.lastSeq();
			const alerts = await queries.alerts({ open: true });
			const sees = seesOf(c.get('principal'));
			return c.json({ alerts: alerts.map((alert) => alertFor(sees, alert)), lastSeq } satisfies AlertsAnswer);
		})
		.get('/log', async (c) => {
			const { after, limit } = validQuery(c, logQuerySchema);
			const lastSeq = await log.lastSeq();
			const events = await log.read(after, limit);
			const last = events.at(-1)?.seq ?? after;
			return c.json({ events, next: events.length === limit && last < lastSeq ? last : null, lastSeq } satisfies LogAnswer);
		});
}
