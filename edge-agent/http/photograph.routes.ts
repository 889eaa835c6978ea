import { Hono } from 'hono';
import type { Consent } from '../consent/consent.js';
import { ConsentRefused } from '../consent/consent-refused.js';
import type { Processing } from '../consent/processing.js';
import type { AlertView } from '../contract/api.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ShowroomQueries } from '../log/log.types.js';
import { actorOf, type Principal } from '../people/principal.js';
import { ApiError } from './api-error.js';
import type { HttpEnv } from './principal.js';

export interface PhotographRooms {
	readonly consent: Pick<Consent, 'view'>;
	readonly queries: Pick<ShowroomQueries, 'alerts' | 'visits' | 'photographsOf'>;
	readonly processing: Pick<Processing, 'read'>;
	readonly now: () => Instant;
}

/**
 * GET /alerts/:id/photograph: the newest kept photograph (image/jpeg) of an alert's customer, to know them by while they are here. For whoever was told of
 * the alert or took it, reception and managers; kept by no cache. Everything that is missing is `not-found`, so that nobody learns why.
 */
export function photographRoutes({ consent, queries, processing, now }: PhotographRooms): Hono<HttpEnv> {
	/** Whether the customer's grant, if it is still valid, has a photograph kept. */
	const allowed = async (customer: string): Promise<boolean> => {
		try {
			const { grant, expiresAt } = await consent.view(customer);
			return grant?.purposes.includes('photograph') === true && (expiresAt === null || expiresAt > now().wall);
		} catch (error) {
			if (error instanceof ConsentRefused) return false;
			throw error;
		}
	};

	return new Hono<HttpEnv>().get('/alerts/:id/photograph', async (c) => {
		const [alert] = await queries.alerts({ ids: [c.req.param('id')] });
		if (!alert) throw new ApiError('not-found');
		if (!mayLook(c.get('principal'), alert)) throw new ApiError('not-allowed');
		const [visit] = await queries.visits({ ids: [alert.visit] });
		// Nobody needs to know somebody by sight who has left.
		if (!alert.customer || !visit || visit.closedAt !== null) throw new ApiError('not-found');
		const { id: customer } = alert.customer;
		const [newest] = (await allowed(customer)) ? await queries.photographsOf(customer) : [];
		if (!newest) throw new ApiError('not-found');
		// On record before anybody sees it.
		await processing.read(actorOf(c.get('principal')), [customer], 'customer-care');
		return c.body(new Uint8Array(newest), 200, { 'content-type': 'image/jpeg', 'cache-control': 'no-store' });
	});
}

function mayLook(principal: Principal, { told, acknowledgedBy, greetedBy }: AlertView): boolean {
	if (principal.kind !== 'staff') return false;
	const { role, staff } = principal;
	return role === 'reception' || role === 'manager' || [...told, acknowledgedBy, greetedBy].includes(staff);
}
