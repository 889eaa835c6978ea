import { Hono } from 'hono';
import { brochure, brochures, picture } from '../brochures/catalogue.js';
import { checkInSchema, type HostsAnswer, pageReadSchema, type StaffView } from '../contract/api.js';
import { actorOf } from '../people/principal.js';
import { ApiError } from './api-error.js';
import type { HttpEnv } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody } from './valid.js';

/** What the kiosk asks and does. */
export function kioskRoutes({ access, floor, log, queries, now, newId }: ServerRooms): Hono<HttpEnv> {
	return new Hono<HttpEnv>()
		.post('/checkins', async (c) => {
			const form = await validBody(c, checkInSchema);
			// The log holds no free text: a model is one of the catalogue's.
			if (form.model !== null && !brochure(form.model)) throw new ApiError('invalid', 'model');
			const principal = c.get('principal');
			const via = principal.kind === 'staff' ? 'reception' : 'touch';
			return c.json(await floor.checkIn(form, { via, customer: null, actor: actorOf(principal) }));
		})
		.get('/hosts', async (c) => {
			const staff = await queries.staff();
			const asked = ({ id, role }: StaffView) => (role === 'consultant' || role === 'adviser') && !access.accounts.isDisabled(id);
			const hosts = staff.filter(asked).map(({ id, name }) => ({ id, name }));
			return c.json({ hosts } satisfies HostsAnswer);
		})
		.get('/brochures', (c) => c.json(brochures))
		.get('/brochures/:id/pictures/:name', (c) => {
			const svg = picture(c.req.param('id'), c.req.param('name'));
			if (svg === undefined) throw new ApiError('no-such-brochure');
			return c.body(svg, 200, { 'content-type': 'image/svg+xml; charset=utf-8', 'cache-control': 'max-age=3600' });
		})
		.post('/brochures/:id/views', async (c) => {
			const id = c.req.param('id');
			const { page, ms } = await validBody(c, pageReadSchema);
			if (!brochure(id)?.pages[page]) throw new ApiError('no-such-brochure');
			const envelope = { id: newId(), at: now(), actor: actorOf(c.get('principal')), subject: id, cause: null } as const;
			await log.append([{ ...envelope, type: 'brochure.viewed', body: { brochure: id, page, ms } }]);
			return c.body(null, 204);
		});
}
