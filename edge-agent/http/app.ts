import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { Refused } from '../alerts/refused.js';
import { ApiError, errorResponse } from './api-error.js';
import { deskRoutes } from './desk.routes.js';
import { kioskRoutes } from './kiosk.routes.js';
import { isLocal } from './loopback.js';
import type { ServerRooms } from './rooms.js';
import { webFiles } from './web.source.js';

const LARGEST_BODY = 64 * 1024;
const self = ["'self'"];
const none = ["'none'"];

/** Everything that is answered over HTTP: the API, the console at `/`, the kiosk at `/kiosk/`. */
export function httpApp(rooms: ServerRooms): Hono {
	const app = new Hono();
	app.onError(async (error, c) => {
		const known = await asApiError(error, rooms);
		if (!known) rooms.onProblem(`${c.req.method} ${c.req.path} failed`, error);
		return errorResponse(c, known ?? new ApiError('failed'));
	});
	app.notFound((c) => errorResponse(c, new ApiError('not-found')));

	app.use(headers);
	app.use(async (c, next) => {
		if (!isLocal({ host: c.req.header('host'), origin: c.req.header('origin') })) throw new ApiError('not-local');
		await next();
	});
	app.use('/api/*', async (c, next) => {
		c.header('cache-control', 'no-store');
		await next();
	});
	app.use('/api/*', bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => errorResponse(c, new ApiError('too-large')) }));

	app.route('/api', deskRoutes(rooms));
	app.route('/api', kioskRoutes(rooms));
	app.all('/api/*', (c) => c.notFound());

	app.get('/kiosk', (c) => c.redirect('/kiosk/'));
	app.get('/kiosk/*', webFiles(rooms.web.kiosk, '/kiosk/'));
	app.get('/*', webFiles(rooms.web.console, '/'));
	return app;
}

/** Everything comes from here. antd writes its styles into the page; the live picture is a blob. */
const headers = secureHeaders({
	contentSecurityPolicy: {
		defaultSrc: self,
		styleSrc: [...self, "'unsafe-inline'"],
		imgSrc: [...self, 'data:', 'blob:'],
		objectSrc: none,
		baseUri: none,
		formAction: self,
		frameAncestors: none,
	},
	permissionsPolicy: { camera: [], geolocation: [], microphone: ['self'] },
	xFrameOptions: 'DENY',
	// Plain HTTP on this machine: there is nothing to be strict about yet.
	strictTransportSecurity: false,
});

/** The error as the API tells it; null: nobody foresaw it. */
async function asApiError(error: Error, { queries }: ServerRooms): Promise<ApiError | null> {
	if (error instanceof ApiError) return error;
	if (!(error instanceof Refused)) return null;
	const person = error.staff === null ? undefined : (await queries.staff()).find(({ id }) => id === error.staff);
	return new ApiError(error.code, person?.name ?? error.staff ?? '');
}
