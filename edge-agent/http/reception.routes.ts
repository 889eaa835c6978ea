import { type Context, Hono } from 'hono';
import {
	dutySchema,
	freeSchema,
	type GuestsAnswer,
	type GuestView,
	newGuestSchema,
	rotaRowSchema,
	type TasksAnswer,
	taskDoneSchema,
	wishesSchema,
} from '../contract/reception.api.js';
import { guestsQuerySchema, tasksQuerySchema } from '../contract/routes/reception.js';
import { refusal } from '../people/permissions.js';
import { readsTelephones } from '../people/telephone-readers.js';
import { ApiError } from './api-error.js';
import { type HttpEnv, staffOf } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody, validQuery } from './valid.js';

const MINUTE_MS = 60_000;
/** Who takes visitors, who is expected, and what is still to be done for customers. */
export function receptionRoutes({ floor, queries }: Pick<ServerRooms, 'floor' | 'queries'>): Hono<HttpEnv> {
	const { duty, guests } = floor;
	/** Oneself; whoever sends people may say it for somebody else. */
	const whose = (c: Context<HttpEnv>, staff: string | undefined): string => {
		const me = staffOf(c);
		if (staff === undefined || staff === me) return me;
		if (refusal(c.get('principal'), 'POST /api/alerts/:id/assign') !== null) throw new ApiError('not-allowed');
		return staff;
	};
	const shown = (c: Context<HttpEnv>, guest: GuestView): GuestView =>
		readsTelephones(c.get('principal')) ? guest : { ...guest, telephone: null };

	return new Hono<HttpEnv>()
		.get('/reception', async (c) => c.json(await duty.view()))
		.post('/duty', async (c) => {
			const { staff, state, minutes } = await validBody(c, dutySchema);
			await duty.set(whose(c, staff), state, minutes === null ? null : minutes * MINUTE_MS, staffOf(c));
			return c.json(await duty.view());
		})
		.post('/duty/free', async (c) => {
			const { staff } = await validBody(c, freeSchema);
			await duty.free(whose(c, staff), staffOf(c));
			return c.json(await duty.view());
		})
		.put('/rotas/:id', async (c) => {
			await duty.setRota(c.req.param('id'), await validBody(c, rotaRowSchema), staffOf(c));
			return c.json(await duty.view());
		})
		.get('/customers/:id/wishes', async (c) => c.json(await queries.wishes(c.req.param('id'))))
		.put('/customers/:id/wishes', async (c) => {
			const id = c.req.param('id');
			if (!(await queries.customer(id))) throw new ApiError('no-such-person');
			await duty.setWishes(id, await validBody(c, wishesSchema), staffOf(c));
			return c.json(await queries.wishes(id));
		})
		.get('/guests', async (c) => {
			const { from, to } = validQuery(c, guestsQuerySchema);
			return c.json({ guests: (await queries.guests(from, to)).map((guest) => shown(c, guest)) } satisfies GuestsAnswer);
		})
		.post('/guests', async (c) => c.json(shown(c, await guests.expect(await validBody(c, newGuestSchema), staffOf(c))), 201))
		.post('/guests/:id/cancel', async (c) => c.json(shown(c, await guests.cancel(c.req.param('id'), staffOf(c)))))
		.get('/tasks', async (c) => {
			const { all } = validQuery(c, tasksQuerySchema);
			if (all && refusal(c.get('principal'), 'PUT /api/rotas/:id') !== null) throw new ApiError('not-allowed');
			return c.json({ tasks: await queries.tasks(all ? { all: true } : { staff: staffOf(c) }) } satisfies TasksAnswer);
		})
		.post('/tasks/:id/done', async (c) => {
			const { how } = await validBody(c, taskDoneSchema);
			await guests.taskDone(c.req.param('id'), staffOf(c), how);
			return c.body(null, 204);
		});
}
