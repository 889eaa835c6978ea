import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import { Consent } from '../../../edge-agent/consent/consent.js';
import { Enrolment } from '../../../edge-agent/consent/enrolment.js';
import { Processing } from '../../../edge-agent/consent/processing.js';
import type { ConsentView, NoticesAnswer, ProcessingRecordsAnswer } from '../../../edge-agent/contract/consent.api.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import { enrolmentPhotos } from '../../../edge-agent/demo/photos.js';
import { EnrolmentDesk } from '../../../edge-agent/gallery/enrolment.client.js';
import { ApiError, errorResponse } from '../../../edge-agent/http/api-error.js';
import { consentRoutes } from '../../../edge-agent/http/consent.routes.js';
import type { HttpEnv } from '../../../edge-agent/http/principal.js';
import { openShowroomLog, type ShowroomLogClient } from '../../../edge-agent/log/showroom-log.js';

const retention = { templateMonths: 12, checkinDays: 180, recordYears: 3, reminderDays: 30 };
let dataDir: string;
let log: ShowroomLogClient;
let enrolment: Enrolment;
let app: Hono<HttpEnv>;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'showroom-consent-http-'));
	log = openShowroomLog({ dataDir });
	await log.start();
	await log.append([], [{ table: 'customers', id: 'li', name: '李雷', telephone: null, consultant: null }]);
	const consent = new Consent({ log, places: [dataDir], retention, storeName: '城北店', now, newId: uuidv7 });
	await consent.prepare();
	const newDescriber = async () => new EnrolmentDesk({ recogniser: 'face-api', modelsDir: join(dataDir, 'models') });
	enrolment = new Enrolment({ consent, log, newDescriber, now, newId: uuidv7 });
	app = new Hono<HttpEnv>();
	app.onError((error, c) => errorResponse(c, error instanceof ApiError ? error : new ApiError('failed', String(error))));
	app.use(async (c, next) => {
		c.set('principal', { kind: 'staff', staff: 'anna', role: 'administrator', session: 's', device: null });
		await next();
	});
	app.route('/api', consentRoutes({ consent, enrolment, processing: new Processing({ log, now, newId: uuidv7 }) }));
});
afterAll(async () => {
	await enrolment.stop();
	await log.stop();
	await rm(dataDir, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: unknown): Promise<[number, Record<string, never>]> {
	const bytes = body instanceof Uint8Array;
	const headers = { 'content-type': bytes ? 'image/jpeg' : 'application/json', 'accept-language': 'en' };
	const response = await app.request(`/api${path}`, {
		...{ method, headers },
		...(body === undefined ? {} : { body: bytes ? Buffer.from(body) : JSON.stringify(body) }),
	});
	return [response.status, await response.json()];
}
const code = ([status, { error }]: [number, Record<string, { code: string }>]) => [status, error?.code];
const current = async () => {
	const [, { notices }] = (await ask('GET', '/consent/notices')) as unknown as [number, NoticesAnswer];
	const notice = notices.find(({ audience, current }) => audience === 'customer' && current);
	if (!notice) throw new Error('no notice');
	return notice;
};
const paper = async (more: object = {}) => ({
	...{
		notice: (await current()).hash,
		purposes: ['recognition', 'photograph'],
		via: 'console',
		language: 'zh',
		under14: false,
		guardian: null,
	},
	...more,
});
const people = '/consent/people/li';

describe('consent over HTTP', () => {
	it('refuses a photograph before there is consent', async () => {
		const photo = (await enrolmentPhotos(persons[3] ?? fail()))[0] ?? fail();
		expect(code(await ask('POST', `${people}/photographs`, new Uint8Array(photo)))).toEqual([409, 'no-consent']);
	});

	it('takes an explicit grant only', async () => {
		expect(code(await ask('POST', `${people}/grants`, await paper({ purposes: [] })))).toEqual([400, 'invalid']);
		expect(code(await ask('POST', `${people}/grants`, await paper({ purposes: ['photograph'] })))).toEqual([400, 'invalid']);
		expect(code(await ask('POST', `${people}/grants`, await paper({ under14: true })))).toEqual([400, 'invalid']);
		expect(code(await ask('POST', `${people}/grants`, await paper({ notice: '0'.repeat(64) })))).toEqual([409, 'old-notice']);
		expect(code(await ask('POST', '/consent/people/none/grants', await paper()))).toEqual([404, 'no-such-person']);
		expect(await ask('POST', `${people}/grants`, await paper())).toMatchObject([200, { state: 'granted', grant: { by: 'staff:anna' } }]);
	});

	it('enrols from a photograph, and says what is wrong with one', async () => {
		const [photo] = await enrolmentPhotos(persons[3] ?? fail());
		expect(await ask('POST', `${people}/photographs`, new Uint8Array(photo ?? fail()))).toEqual([
			200,
			{ person: 'li', templates: 1, kept: true },
		]);
		const grey = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#888' } })
			.jpeg()
			.toBuffer();
		const refused = await ask('POST', `${people}/photographs`, new Uint8Array(grey));
		expect(code(refused)).toEqual([422, 'bad-photograph']);
		expect(JSON.stringify(refused)).toContain('no face found');
		expect(code(await ask('POST', `${people}/photographs`, { no: 'picture' }))).toEqual([415, 'not-a-picture']);
		expect(await ask('GET', '/consent/summary')).toMatchObject([200, { enrolled: 1, filingThreshold: 100_000, pending: [] }]);
	});

	it('withdraws, and answers when all is erased', async () => {
		expect(await ask('POST', `${people}/withdrawals`, { level: 'face' })).toMatchObject([200, { complete: true, level: 'face' }]);
		const [, view] = (await ask('GET', people)) as unknown as [number, ConsentView];
		expect(view).toMatchObject({ state: 'withdrawn', templates: 0, photographs: 0 });
		const [, { records }] = (await ask('GET', `${people}/records`)) as unknown as [number, ProcessingRecordsAnswer];
		expect(records.map(({ action }) => action)).toEqual(['read', 'withdrawn', 'enrolled', 'granted']);
	});

	it('compares every face only after both confirmations', async () => {
		expect(await ask('GET', '/recognition/trigger')).toMatchObject([200, { trigger: 'zone' }]);
		for (const change of [
			{ trigger: 'entrance' },
			{ trigger: 'entrance', assessment: true },
			{ trigger: 'entrance', assessment: true, sign: false },
		])
			expect(code(await ask('PUT', '/recognition/trigger', change))).toEqual([400, 'invalid']);
		expect(await ask('PUT', '/recognition/trigger', { trigger: 'entrance', assessment: true, sign: true })).toMatchObject([
			200,
			{ trigger: 'entrance', changedBy: 'staff:anna' },
		]);
	});

	it('publishes a new text; the old one stays readable', async () => {
		const { audience, zh, en, hash } = await current();
		expect(await ask('POST', '/consent/notices', { audience, zh, en: { ...en, title: 'Your face at our door' } })).toMatchObject([
			200,
			{ version: 2 },
		]);
		expect(await ask('GET', `/consent/notices/${hash}`)).toMatchObject([200, { version: 1, current: false }]);
	});
});

function fail(): never {
	throw new Error('missing');
}
