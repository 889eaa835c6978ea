import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Consent } from '../consent/consent.js';
import { ConsentRefused } from '../consent/consent-refused.js';
import type { Enrolment } from '../consent/enrolment.js';
import type { Processing } from '../consent/processing.js';
import {
	type ExpiringAnswer,
	grantSchema,
	type MissingAnswer,
	type NoticesAnswer,
	noticeSchema,
	type ProcessingRecordsAnswer,
	triggerSchema,
	withdrawalSchema,
} from '../contract/consent.api.js';
import { EnrolmentError } from '../gallery/enrolment.js';
import type { ShowroomQueries } from '../log/log.types.js';
import { refusal } from '../people/permissions.js';
import { actorOf } from '../people/principal.js';
import { ApiError, errorResponse } from './api-error.js';
import type { HttpEnv } from './principal.js';
import { validBody } from './valid.js';

export interface ConsentRooms {
	readonly consent: Pick<
		Consent,
		| 'notices'
		| 'notice'
		| 'publish'
		| 'view'
		| 'grant'
		| 'withdraw'
		| 'records'
		| 'summary'
		| 'expiring'
		| 'missing'
		| 'trigger'
		| 'setTrigger'
	>;
	readonly enrolment: Pick<Enrolment, 'enrol'>;
	readonly queries: Pick<ShowroomQueries, 'namesOf'>;
	readonly processing: Pick<Processing, 'read' | 'changed' | 'exported'>;
}

/** Whether the request brings a photograph, whose body is larger than any other's. */
export function isPhotograph(path: string): boolean {
	return /^\/api\/consent\/people\/[^/]+\/photographs$/.test(path);
}
const LARGEST_PHOTOGRAPH = 12 * 1024 * 1024;
const pictureTypes = /^image\/(jpeg|png|webp)$/i;

/** Notices, grants, withdrawals, enrolment with consent, processing records, the recognition trigger. */
export function consentRoutes({ consent, enrolment, queries, processing }: ConsentRooms): Hono<HttpEnv> {
	const actor = (c: Context<HttpEnv>) => actorOf(c.get('principal'));
	/** What somebody else is called, for whoever may know that; '' for others. */
	const nameFor = async (c: Context<HttpEnv>, person: string): Promise<string> => {
		if (refusal(c.get('principal'), 'GET /api/customers/:id')) return '';
		await processing.read(actor(c), [person], 'consent');
		return (await queries.namesOf([person])).get(person) ?? '';
	};
	return new Hono<HttpEnv>()
		.get('/consent/notices', async (c) => c.json({ notices: await consent.notices() } satisfies NoticesAnswer))
		.get('/consent/notices/:hash', async (c) => c.json(await told(consent.notice(c.req.param('hash')))))
		.post('/consent/notices', async (c) => {
			const notice = await validBody(c, noticeSchema);
			return c.json(await told(consent.publish(actor(c), notice)));
		})
		.get('/consent/summary', async (c) => c.json(await consent.summary()))
		.get('/consent/expiring', async (c) => c.json({ people: await consent.expiring() } satisfies ExpiringAnswer))
		.get('/consent/missing', async (c) => {
			const people = await consent.missing();
			await processing.read(
				actor(c),
				people.map(({ person }) => person),
				'consent',
			);
			return c.json({ people } satisfies MissingAnswer);
		})
		.get('/consent/people/:id', async (c) => {
			const person = c.req.param('id');
			const view = await told(consent.view(person));
			await processing.read(actor(c), [person], 'consent');
			return c.json(view);
		})
		.post('/consent/people/:id/grants', async (c) => {
			const grant = await validBody(c, grantSchema);
			return c.json(await told(consent.grant(actor(c), c.req.param('id'), grant)));
		})
		.post('/consent/people/:id/withdrawals', async (c) => {
			const { level } = await validBody(c, withdrawalSchema);
			return c.json(await told(consent.withdraw(actor(c), c.req.param('id'), level)));
		})
		.post(
			'/consent/people/:id/photographs',
			bodyLimit({ maxSize: LARGEST_PHOTOGRAPH, onError: (c) => errorResponse(c, new ApiError('too-large')) }),
			async (c) => {
				if (!pictureTypes.test(c.req.header('content-type') ?? '')) throw new ApiError('not-a-picture');
				const photo = new Uint8Array(await c.req.arrayBuffer());
				const anyway = c.req.query('anyway') === 'true';
				try {
					return c.json(await told(enrolment.enrol(actor(c), c.req.param('id'), photo, anyway)));
				} catch (error) {
					if (!(error instanceof EnrolmentError)) throw error;
					throw new ApiError(error.reason, error.other === null ? '' : await nameFor(c, error.other));
				}
			},
		)
		.get('/consent/people/:id/records', async (c) => {
			const person = c.req.param('id');
			// Only somebody who is or was known: the log takes no word that somebody typed.
			await told(consent.view(person));
			const records = await consent.records(person);
			await processing.read(actor(c), [person], 'rights-request');
			return c.json({ records } satisfies ProcessingRecordsAnswer);
		})
		.get('/recognition/trigger', async (c) => c.json(await consent.trigger()))
		.put('/recognition/trigger', async (c) => {
			const change = await validBody(c, triggerSchema);
			return c.json(await consent.setTrigger(actor(c), change));
		});
}

async function told<T>(work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (error) {
		if (error instanceof ConsentRefused) throw new ApiError(error.code, error.message);
		throw error;
	}
}
