import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { Refused } from '../alerts/refused.js';
import { AccessError } from '../people/access-error.js';
import { checkPermissions } from '../people/permissions.js';
import { accessRoutes } from './access.routes.js';
import { alertsRoutes } from './alerts.routes.js';
import { ApiError, errorResponse } from './api-error.js';
import { consentRoutes, isPhotograph } from './consent.routes.js';
import { customersRoutes } from './customers.routes.js';
import { deskRoutes } from './desk.routes.js';
import { docsRoutes } from './docs.routes.js';
import { faceCheckInRoutes, isKioskPicture } from './face-checkin.routes.js';
import { figuresRoutes } from './figures.routes.js';
import { guard } from './guard.js';
import { healthRoutes } from './health.routes.js';
import type { AnswerMemory } from './idempotency/answer-memory.js';
import { idempotency } from './idempotency/idempotency.js';
import { importRoutes, isImportFile } from './import.routes.js';
import { kioskRoutes } from './kiosk.routes.js';
import { checkDescriptions } from './openapi/check-descriptions.js';
import { photographRoutes } from './photograph.routes.js';
import type { HttpEnv } from './principal.js';
import { receptionRoutes } from './reception.routes.js';
import type { ServerRooms } from './rooms.js';
import { routeOf } from './route-of.js';
import { setupRoutes } from './setup.routes.js';
import { staffRoutes } from './staff.routes.js';
import { visitsRoutes } from './visits.routes.js';
import { webFiles } from './web.source.js';
import { webhooksRoutes } from './webhooks.routes.js';

const LARGEST_BODY = 64 * 1024;
const self = ["'self'"];
const none = ["'none'"];

/** What the app has to know of the server that it runs in. */
export interface Door {
	/** The names of the certificate in use. */
	readonly names: () => readonly string[];
	/** The authority that the certificate was made with, as PEM; null: it was not made here. */
	readonly authority: () => string | null;
	/** Where other devices open the console; null: nowhere yet. */
	readonly address: () => string | null;
	/** Screens that are connected. */
	readonly sockets: () => number;
	/** Answers to writes that may be sent again. */
	readonly answers: AnswerMemory;
	/** Told when the first administrator has been made. */
	readonly onAdministrator: () => void;
}

/**
 * Everything that is answered over HTTP: the API, the console at `/`, the kiosk at `/kiosk/`.
 * @throws Error when routes, socket messages, the permission table and the descriptions differ
 */
export function httpApp(rooms: ServerRooms, door: Door): Hono<HttpEnv> {
	const app = new Hono<HttpEnv>();
	app.onError(async (error, c) => {
		const known = await asApiError(error, rooms);
		if (!known) rooms.onProblem(`${routeOf(c)} failed`, error);
		if (error instanceof AccessError && error.retryMs > 0) c.header('retry-after', seconds(error.retryMs));
		return errorResponse(c, known ?? new ApiError('failed'));
	});
	app.notFound((c) => errorResponse(c, new ApiError('not-found')));

	app.use(headers);
	app.use(guard(rooms.access, door.names));
	app.use('/api/*', async (c, next) => {
		c.header('cache-control', 'no-store');
		await next();
	});
	const smallBody = bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => errorResponse(c, new ApiError('too-large')) });
	// Pictures and files to import have limits of their own.
	const isLarge = (path: string) => isPhotograph(path) || isImportFile(path) || isKioskPicture(path);
	app.use('/api/*', (c, next) => (isLarge(c.req.path) ? next() : smallBody(c, next)));

	app.use('/api/*', idempotency(door.answers, rooms.now));

	app.route('/api', accessRoutes(rooms, door.onAdministrator));
	app.route('/api', staffRoutes(rooms));
	app.route('/api', deskRoutes(rooms, door.address));
	app.route('/api', photographRoutes(rooms));
	app.route('/api', alertsRoutes(rooms));
	app.route('/api', visitsRoutes(rooms));
	app.route('/api', receptionRoutes(rooms));
	app.route('/api', figuresRoutes(rooms));
	app.route('/api', kioskRoutes(rooms));
	app.route('/api', faceCheckInRoutes(rooms));
	app.route('/api', customersRoutes(rooms));
	app.route('/api', importRoutes('customers', rooms));
	app.route('/api', importRoutes('staff', rooms));
	app.route('/api', setupRoutes(rooms));
	app.route('/api', consentRoutes(rooms));
	app.route('/api', webhooksRoutes(rooms));
	app.route('/', docsRoutes());
	app.all('/api/*', (c) => c.notFound());

	app.get('/ca.crt', (c) => {
		const authority = door.authority();
		return authority === null ? c.notFound() : c.body(authority, 200, { 'content-type': 'application/x-x509-ca-cert' });
	});
	app.route('/', healthRoutes(rooms, door.sockets));
	app.get('/kiosk', (c) => c.redirect('/kiosk/'));
	app.get('/kiosk/*', webFiles(rooms.web.kiosk, '/kiosk/'));
	app.get('/*', webFiles(rooms.web.console, '/'));
	// Middleware is registered for ALL methods; a route answers to one.
	const routes = app.routes.flatMap(({ method, path }) => (method === 'ALL' ? [] : [`${method} ${path}`]));
	checkDescriptions(routes);
	checkPermissions([...routes, ...rooms.desk.messages.map((message) => `socket ${message}`)]);
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
	permissionsPolicy: { camera: ['self'], geolocation: [], microphone: ['self'] },
	xFrameOptions: 'DENY',
	// The guard adds it where it applies.
	strictTransportSecurity: false,
});

/** The error as the API tells it; null: nobody foresaw it. */
async function asApiError(error: Error, { queries }: ServerRooms): Promise<ApiError | null> {
	if (error instanceof ApiError) return error;
	if (error instanceof AccessError) return new ApiError(error.code, error.retryMs > 0 ? seconds(error.retryMs) : '');
	if (!(error instanceof Refused)) return null;
	const person = error.staff === null ? undefined : (await queries.staff()).find(({ id }) => id === error.staff);
	return new ApiError(error.code, person?.name ?? error.staff ?? '');
}

function seconds(ms: number): string {
	return String(Math.ceil(ms / 1000));
}
