import { Hono } from 'hono';
import { BadSourceError } from '../cameras/source-url.js';
import {
	cameraChangeSchema,
	newCameraSchema,
	type RecogniserChangeAnswer,
	recogniserOrderSchema,
	settingsChangeSchema,
} from '../contract/setup.api.js';
import { actorOf } from '../people/principal.js';
import { SetupRefused } from '../setup/setup.js';
import { ApiError } from './api-error.js';
import type { HttpEnv } from './principal.js';
import type { ServerRooms } from './rooms.js';
import { validBody } from './valid.js';

/** What the first-start assistant and the camera page ask and do. */
export function setupRoutes({
	setup,
	consent,
	recogniserChanges,
}: Pick<ServerRooms, 'setup' | 'consent' | 'recogniserChanges'>): Hono<HttpEnv> {
	return new Hono<HttpEnv>()
		.get('/settings', async (c) => c.json(await setup.view()))
		.post('/settings', async (c) => {
			const change = await validBody(c, settingsChangeSchema);
			const before = setup.storeName;
			const view = await setup.change(change);
			// Whoever consents reads who handles their data.
			if (view.storeName !== before) await consent.renamed(actorOf(c.get('principal')), before, view.storeName);
			return c.json(view);
		})
		.get('/recogniser', (c) => c.json<RecogniserChangeAnswer>({ change: recogniserChanges.change }))
		.post('/recogniser', async (c) => {
			const order = await validBody(c, recogniserOrderSchema);
			return c.json<RecogniserChangeAnswer>({ change: recogniserChanges.begin(order) });
		})
		.post('/cameras', async (c) => {
			const camera = await validBody(c, newCameraSchema);
			return c.json(await told(() => setup.addCamera(camera)));
		})
		.post('/cameras/:id', async (c) => {
			const change = await validBody(c, cameraChangeSchema);
			return c.json(await told(() => setup.changeCamera(c.req.param('id'), change)));
		})
		.post('/cameras/:id/remove', async (c) => {
			await told(() => setup.removeCamera(c.req.param('id')));
			return c.body(null, 204);
		});
}

async function told<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof BadSourceError) throw new ApiError('bad-address');
		if (error instanceof SetupRefused) throw new ApiError(error.code);
		throw error;
	}
}
