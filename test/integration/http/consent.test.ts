import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import { Consent } from '../../../edge-agent/consent/consent.js';
import { DescriberOnDemand } from '../../../edge-agent/consent/describer.js';
import { Enrolment } from '../../../edge-agent/consent/enrolment.js';
import { Processing } from '../../../edge-agent/consent/processing.js';
import type { ConsentView, NoticesAnswer, ProcessingRecordsAnswer } from '../../../edge-agent/contract/consent.api.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import { enrolmentPhotos } from '../../../edge-agent/demo/photos.js';
import { EnrolmentDesk } from '../../../edge-agent/gallery/enrolment.client.js';
import { Gallery } from '../../../edge-agent/gallery/gallery.js';
import { ApiError, errorResponse } from '../../../edge-agent/http/api-error.js';
import { consentRoutes } from '../../../edge-agent/http/consent.routes.js';
import type { HttpEnv } from '../../../edge-agent/http/principal.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { openShowroomLog, type ShowroomLogClient } from '../../../edge-agent/log/showroom-log.js';
import { oddPictures } from '../cli/broken-pictures.js';

const retention = { templateMonths: 12, checkinDays: 180, recordYears: 3, reminderDays: 30 };
let dataDir: string;
let log: ShowroomLogClient;
let enrolment: Enrolment;
let describer: DescriberOnDemand;
let app: Hono<HttpEnv>;

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'showroom-consent-http-'));
	log = openShowroomLog({ dataDir });
	await log.start();
	await log.append([], [{ table: 'customers', id: 'li', name: '李雷', telephone: null, consultant: null }]);
	const consent = new Consent({
		log,
		places: [dataDir],
		retention,
		storeName: '城北店',
		now,
		newId: uuidv7,
		modelId: async () => 'face-api/fp32/a1',
	});
	await consent.prepare();
	describer = new DescriberOnDemand(async () => new EnrolmentDesk({ recogniser: 'face-api', modelsDir: join(dataDir, 'models') }));
	enrolment = new Enrolment({ consent, log, queries: log, describer, nearest, now, newId: uuidv7 });
	app = new Hono<HttpEnv>();
	app.onError((error, c) => errorResponse(c, error instanceof ApiError ? error : new ApiError('failed', String(error))));
	app.use(async (c, next) => {
		c.set('principal', { kind: 'staff', staff: 'anna', role: 'administrator', session: 's', device: null });
		await next();
	});
	app.route('/api', consentRoutes({ consent, enrolment, queries: log, processing: new Processing({ log, now, newId: uuidv7 }) }));
});
afterAll(async () => {
	await enrolment.stop();
	await describer.stop();
	await log.stop();
	await rm(dataDir, { recursive: true, force: true });
});

/** One far from every face. */
const template = (person: string, place: number): RowChange => {
	const descriptor = new Uint8Array(new Float32Array(128).fill(place / 10).buffer);
	return { table: 'templates', id: `made-${person}-${place}`, person, kind: 'customer', modelId: 'face-api/fp32/a1', descriptor };
};

/** As the vision workers answer, from everything in the store. */
async function nearest(descriptor: Float32Array) {
	const gallery = new Gallery({ modelId: 'face-api/fp32/a1', metric: 'euclidean', descriptorLength: 128 });
	gallery.set((await log.templateChanges(gallery.model.modelId, 0)).templates);
	return { nearest: gallery.search(descriptor), threshold: 0.45 };
}

async function ask(method: string, path: string, body?: unknown): Promise<[number, Record<string, never>]> {
	const bytes = body instanceof Uint8Array;
	const headers = { 'content-type': bytes ? 'image/jpeg' : 'application/json', 'accept-language': 'en' };
	const response = await app.request(`/api${path}`, {
		...{ method, headers },
		...(body === undefined ? {} : { body: bytes ? Buffer.from(body) : JSON.stringify(body) }),
	});
	return [response.status, await response.json()];
}
const code = ([status, { code }]: [number, Record<string, unknown>]) => [status, code];
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
			{ person: 'li', templates: 1, replaced: false, kept: true },
		]);
		const grey = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#888' } })
			.jpeg()
			.toBuffer();
		const refused = await ask('POST', `${people}/photographs`, new Uint8Array(grey));
		expect(code(refused)).toEqual([422, 'no-face']);
		expect(JSON.stringify(refused)).toContain('No face found');
		expect(code(await ask('POST', `${people}/photographs`, { no: 'picture' }))).toEqual([415, 'not-a-picture']);
		expect(await ask('GET', '/consent/summary')).toMatchObject([200, { enrolled: 1, filingThreshold: 100_000, pending: [] }]);
	});

	describe('refuses a photograph', () => {
		const send = async (photo: Buffer, person = 'li', query = '') =>
			ask('POST', `/consent/people/${person}/photographs${query}`, new Uint8Array(photo));
		let [first, second, another]: (Buffer | undefined)[] = [];
		beforeAll(async () => {
			[first, second] = await enrolmentPhotos(persons[3] ?? fail());
			[another] = await enrolmentPhotos(persons[4] ?? fail());
			await log.append([], [{ table: 'customers', id: 'wu', name: '吴敏', telephone: null, consultant: null }]);
			await ask('POST', '/consent/people/wu/grants', await paper());
		});

		it.each<[string, (photo: Buffer) => Promise<Buffer>]>([
			['too-dark', (photo) => sharp(photo).linear(0.12, 0).jpeg().toBuffer()],
			['too-bright', (photo) => sharp(photo).linear(4, 60).jpeg().toBuffer()],
			['blurred', (photo) => sharp(photo).blur(3.5).jpeg().toBuffer()],
			['too-small', (photo) => sharp(photo).resize(330).jpeg().toBuffer()],
			['unreadable', async () => Buffer.from('this is no picture')],
			[
				'several-faces',
				async (photo) => {
					const { width = 0 } = await sharp(photo).metadata();
					return sharp(photo)
						.extend({ right: width })
						.composite([{ input: photo, left: width, top: 0 }])
						.jpeg()
						.toBuffer();
				},
			],
		])('that is %s, by name', async (reason, spoil) => {
			expect(code(await send(await spoil(second ?? fail())))).toEqual([422, reason]);
		});

		it('that is no picture, or too large a one, by what it is', async () => {
			const odd = await oddPictures(await sharp(second).toBuffer());
			for (const { file, bytes, refused } of odd)
				if (refused && bytes.length > 0) expect(code(await send(bytes)), file).toEqual([422, 'unreadable']);
		});

		it('that shows the same as one of theirs', async () => {
			expect(code(await send(first ?? fail()))).toEqual([409, 'duplicate']);
			expect(code(await send(first ?? fail(), 'li', '?anyway=true'))).toEqual([409, 'duplicate']);
		});

		it('of somebody enrolled already, whom it names, until it is confirmed that they are two', async () => {
			const refused = await send(second ?? fail(), 'wu');
			expect(code(refused)).toEqual([409, 'already-enrolled']);
			expect(JSON.stringify(refused)).toContain('李雷');
			expect(await send(second ?? fail(), 'wu', '?anyway=true')).toMatchObject([200, { person: 'wu', templates: 1 }]);
			const events = (await log.read(0, 1000)).filter(({ type }) => type === 'customer.enrolled');
			expect(events.at(-1)?.body).toMatchObject({ customer: 'wu', despite: 'already-enrolled', other: 'li' });
			expect(JSON.stringify(events)).not.toContain('李雷');
		});

		it('that looks like none of theirs, until it is confirmed', async () => {
			await log.append([], [{ table: 'customers', id: 'zhao', name: '赵云', telephone: null, consultant: null }]);
			await ask('POST', '/consent/people/zhao/grants', await paper());
			await log.append([], [template('zhao', 1)]);
			expect(code(await send(another ?? fail(), 'zhao'))).toEqual([409, 'unlike']);
			expect(await send(another ?? fail(), 'zhao', '?anyway=true')).toMatchObject([200, { templates: 2, replaced: false }]);
		});

		it('never for being one too many: it takes the place of the one most like it', async () => {
			await log.append(
				[],
				[2, 3, 4].map((place) => template('zhao', place)),
			);
			const [, next] = await enrolmentPhotos(persons[4] ?? fail());
			expect(await send(next ?? fail(), 'zhao')).toMatchObject([200, { templates: 5, replaced: true, kept: true }]);
			expect((await ask('GET', '/consent/people/zhao'))[1]).toMatchObject({ templates: 5, photographs: 1, missing: null });
			expect((await log.templatesOf('zhao', 'face-api/fp32/a1')).filter(({ id }) => id.startsWith('made-'))).toHaveLength(4);
		});
	});

	it('withdraws, and answers when all is erased', async () => {
		expect(await ask('POST', `${people}/withdrawals`, { level: 'face' })).toMatchObject([200, { complete: true, level: 'face' }]);
		const [, view] = (await ask('GET', people)) as unknown as [number, ConsentView];
		expect(view).toMatchObject({ state: 'withdrawn', templates: 0, photographs: 0 });
		const [, { records }] = (await ask('GET', `${people}/records`)) as unknown as [number, ProcessingRecordsAnswer];
		expect(records.map(({ action }) => action)).toEqual(['withdrawn', 'read', 'enrolled', 'granted']);
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
