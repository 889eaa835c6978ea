import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import { Consent } from '../../../edge-agent/consent/consent.js';
import { DescriberOnDemand } from '../../../edge-agent/consent/describer.js';
import { ReEnrolment } from '../../../edge-agent/consent/re-enrolment.js';
import type { ConsentPurpose } from '../../../edge-agent/contract/consent.api.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import { enrolmentPhotos } from '../../../edge-agent/demo/photos.js';
import { EnrolmentDesk } from '../../../edge-agent/gallery/enrolment.client.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { openShowroomLog, type ShowroomLogClient } from '../../../edge-agent/log/showroom-log.js';

const before = 'sface/fp32/a2';
const model = 'face-api/fp32/a1';
const retention = { templateMonths: 12, checkinDays: 180, recordYears: 3, reminderDays: 30 };
let dataDir: string;
let log: ShowroomLogClient;
let consent: Consent;
let describer: DescriberOnDemand;
/** Photographs that were described. */
let described = 0;

/** Somebody enrolled with the recogniser of before. */
async function enrolled(person: string, purposes: readonly ConsentPurpose[], photos: readonly Buffer[]): Promise<void> {
	await log.append([], [{ table: 'customers', id: person, name: `Customer ${person}`, telephone: null, consultant: null }]);
	const notice = (await consent.currentNotice('customer')).hash;
	const paper = { notice, via: 'paper', language: 'zh', under14: false, guardian: null } as const;
	await consent.grant('cli', person, { ...paper, purposes: [...purposes] });
	const descriptor = new Uint8Array(new Float32Array(128).fill(1).buffer);
	const template: RowChange = { table: 'templates', id: uuidv7(), person, kind: 'customer', modelId: before, descriptor };
	const kept = photos.map((jpeg): RowChange => ({ table: 'photographs', id: uuidv7(), person, jpeg: new Uint8Array(jpeg) }));
	await log.append([], [template, ...kept]);
}

const reasons = async () => Object.fromEntries((await log.missing(model)).map(({ person, reason }) => [person, reason]));
const templates = (person: string, by: string) => log.templatesOf(person, by);

beforeAll(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'showroom-again-'));
	log = openShowroomLog({ dataDir });
	await log.start();
	consent = new Consent({
		...{ log, places: [dataDir], retention, storeName: '城北店', now, newId: uuidv7, modelId: async () => model },
	});
	await consent.prepare();
	describer = new DescriberOnDemand(async () => new EnrolmentDesk({ recogniser: 'face-api', modelsDir: join(dataDir, 'models') }));
	const looks = persons.slice(0, 3);
	const [an = [], bo = [], chen = []] = await Promise.all(looks.map((look) => enrolmentPhotos(look)));
	const wall = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#aaa' } })
		.jpeg()
		.toBuffer();
	await enrolled('an', ['recognition', 'photograph'], an.slice(0, 2));
	await enrolled('bo', ['recognition', 'photograph'], bo.slice(0, 1));
	await enrolled('chen', ['recognition'], []);
	await enrolled('du', ['recognition', 'photograph'], [wall]);
	await enrolled('eve', ['recognition', 'photograph'], chen.slice(0, 1));
}, 60_000);
afterAll(async () => {
	await describer.stop();
	await log.stop();
	await rm(dataDir, { recursive: true, force: true });
});

/** As the agent does it at its start. Answers what it said, once `until` holds. */
async function run(until: () => Promise<boolean>): Promise<string[]> {
	const said: string[] = [];
	const counting = { describe: async (photo: Uint8Array) => describer.describe(photo).finally(() => described++) };
	const onProblem = (message: string, error: unknown) => said.push(`${message}: ${error}`);
	const job = new ReEnrolment({
		...{ log, queries: log, describer: counting, modelId: model, now, newId: uuidv7, say: (message) => said.push(message), onProblem },
	});
	job.start();
	while (!(await until())) await new Promise((resolve) => setTimeout(resolve, 20));
	await job.stop();
	return said;
}

describe('after another recogniser was chosen', () => {
	it('everybody enrolled is missing, and who kept no photograph must come again', async () => {
		expect(await reasons()).toEqual({ an: 'waiting', bo: 'waiting', chen: 'no-photograph', du: 'waiting', eve: 'waiting' });
		expect(await consent.view('chen')).toMatchObject({ templates: 0, missing: 'no-photograph' });
		expect((await consent.missing()).find(({ person }) => person === 'an')).toEqual({
			...{ person: 'an', kind: 'customer', name: 'Customer an', reason: 'waiting' },
		});
	});

	it('who withdraws has neither their old template nor their photograph', async () => {
		await consent.withdraw('cli', 'eve', 'face');
		expect(await templates('eve', before)).toEqual([]);
		expect(await log.photographsOf('eve')).toEqual([]);
		expect(await reasons()).not.toHaveProperty('eve');
	});

	it('kept photographs are described, one person at a time, and a stopped job goes on at the next start', async () => {
		await run(async () => (await templates('an', model)).length > 0);
		expect(await templates('an', model)).toHaveLength(2);
		expect(await reasons()).toMatchObject({ bo: 'waiting', du: 'waiting' });
		const said = await run(async () => (await reasons()).du !== 'waiting');
		expect(said[0]).toMatch(/^Enrolling people again for face-api.*: 2$/);
		expect(await reasons()).toEqual({ chen: 'no-photograph', du: 'no-face' });
		expect(await consent.view('bo')).toMatchObject({ templates: 1, missing: null });
		const event = (await log.read(0, 1000)).findLast(({ type }) => type === 'face.not-described');
		expect(event).toMatchObject({ actor: 'system', subject: 'du', body: { person: 'du', model, photographs: 1, reason: 'no-face' } });
	}, 60_000);

	it('a photograph that was refused is not described again, until another one comes', async () => {
		const before = described;
		const said = await run(async () => true);
		expect(described).toBe(before);
		expect(said.join()).not.toMatch(/Enrolling/);
		const [photo] = await enrolmentPhotos(persons[3] ?? expect.fail());
		await log.append([], [{ table: 'photographs', id: uuidv7(), person: 'du', jpeg: new Uint8Array(photo ?? []) }]);
		await run(async () => (await reasons()).du === undefined);
		expect(await templates('du', model)).toHaveLength(1);
	}, 60_000);

	it('the recogniser of before can be chosen again: its templates are still there', async () => {
		expect(await templates('an', before)).toHaveLength(1);
		expect(await log.missing(before)).toEqual([]);
	});

	it('what runs out erases the templates of every recogniser', async () => {
		const later = () => ({ ...now(), wall: now().wall + 400 * 24 * 3_600_000 });
		const aged = new Consent({
			...{ log, places: [dataDir], retention, storeName: '城北店', now: later, newId: uuidv7, modelId: async () => model },
		});
		await aged.upkeep();
		for (const person of ['an', 'bo', 'chen', 'du'])
			for (const by of [before, model]) expect(await templates(person, by), `${person}, ${by}`).toEqual([]);
	});
});
