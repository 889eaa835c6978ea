import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import { Consent } from '../../../edge-agent/consent/consent.js';
import { Processing } from '../../../edge-agent/consent/processing.js';
import type { Grant } from '../../../edge-agent/contract/consent.api.js';
import type { EventBody, EventDraft, EventType } from '../../../edge-agent/contract/events.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { openShowroomLog, type ShowroomLogClient } from '../../../edge-agent/log/showroom-log.js';

const DAY_MS = 86_400_000;
const retention = { templateMonths: 12, checkinDays: 180, recordYears: 3, reminderDays: 30 };
const model = 'face-api/fp32/a1';

let dataDir: string;
let backup: string;
let log: ShowroomLogClient;
let consent: Consent;
/** ms that the store's clock is ahead. */
let ahead = 0;
const clock = (): Instant => {
	const instant = now();
	return { ...instant, wall: instant.wall + ahead, mono: instant.mono + ahead };
};

async function open(): Promise<void> {
	log = openShowroomLog({ dataDir });
	await log.start();
	consent = new Consent({
		log,
		places: [dataDir, backup],
		retention,
		storeName: '城北店',
		now: clock,
		newId: uuidv7,
		modelId: async () => model,
	});
	await consent.prepare();
}

beforeEach(async () => {
	ahead = 0;
	dataDir = await mkdtemp(join(tmpdir(), 'showroom-consent-'));
	backup = join(dataDir, 'backup disk');
	await mkdir(backup);
	await open();
	await log.append(
		[],
		[
			{ table: 'customers', id: 'li', name: '李雷', telephone: '13800138000', consultant: null },
			{ table: 'customers', id: 'han', name: '韩梅梅', telephone: null, consultant: null },
			{ table: 'staff', id: 'anna', name: '安娜', role: 'consultant', onDuty: true },
		],
	);
});
afterEach(async () => {
	await log.stop();
	await rm(dataDir, { recursive: true, force: true });
});

const template = (person: string, kind: 'customer' | 'staff' = 'customer'): RowChange => ({
	...{ table: 'templates', id: uuidv7(), person, kind, modelId: model },
	descriptor: new Uint8Array(new Float32Array(128).map(() => Math.random()).buffer),
});
/** Who has templates. */
const stored = async () => (await log.templateChanges(model, 0)).templates.people;
const photograph = (person: string): RowChange => ({ table: 'photographs', id: uuidv7(), person, jpeg: new Uint8Array(5000).fill(7) });
const grantOf = async (more: Partial<Grant> = {}): Promise<Grant> => ({
	...{ notice: (await consent.currentNotice('customer')).hash, purposes: ['recognition'], via: 'paper', language: 'zh' },
	...{ under14: false, guardian: null, ...more },
});
const draft = <T extends EventType>(type: T, subject: string, body: EventBody<T>, wall = clock().wall): EventDraft =>
	({ id: uuidv7(), type, at: { ...clock(), wall }, actor: 'system', subject, cause: null, body }) as EventDraft;
const visit = (id: string, customer: string | null, wall: number) =>
	draft(
		'visit.opened',
		id,
		{ visit: id, source: 'face', entrance: 'main', customer, purpose: null, host: null, face: null, party: null },
		wall,
	);
const listAt = async (folder: string) =>
	(await readFile(join(folder, 'erasures.jsonl'), 'utf8'))
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line));

describe('enrolment', () => {
	it('is impossible without a grant, in whichever append it comes', async () => {
		await expect(log.append([], [template('li')])).rejects.toMatchObject({ code: 'no-consent' });
		await expect(
			log.append([draft('customer.enrolled', 'li', { customer: 'li', templates: 1, model, despite: null, other: null })], [template('li')]),
		).rejects.toMatchObject({
			code: 'no-consent',
		});
		expect(await stored()).toEqual([]);
		expect((await log.read(0, 100)).map(({ type }) => type)).not.toContain('customer.enrolled');
	});

	it('holds other appends of the same commit harmless', async () => {
		const outcomes = await Promise.allSettled([
			log.append([visit('v1', null, clock().wall)]),
			log.append([], [template('li')]),
			log.append([visit('v2', null, clock().wall)]),
		]);
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
	});

	it('takes a grant of its own person and of its own purpose', async () => {
		await consent.grant('staff:anna', 'li', await grantOf());
		await log.append([], [template('li')]);
		await expect(log.append([], [template('han')])).rejects.toMatchObject({ code: 'no-consent' });
		await expect(log.append([], [photograph('li')])).rejects.toMatchObject({ code: 'no-consent' });
		await consent.grant('staff:anna', 'li', await grantOf({ purposes: ['recognition', 'photograph'] }));
		await log.append([], [photograph('li')]);
		expect(await consent.view('li')).toMatchObject({ state: 'granted', templates: 1, photographs: 1 });
		await expect(log.append([], [template('anna', 'staff')])).rejects.toMatchObject({ code: 'no-consent' });
	});

	it('goes in one append with the grant', async () => {
		const { draft: granted, changes } = await consent.grantDraft('cli', { person: 'han', kind: 'customer' }, await grantOf());
		await log.append([granted], [...changes, template('han')]);
		expect(await stored()).toEqual(['han']);
	});

	it('ends with the grant', async () => {
		await consent.grant('staff:anna', 'li', await grantOf());
		await consent.withdraw('staff:anna', 'li', 'face');
		await expect(log.append([], [template('li')])).rejects.toMatchObject({ code: 'no-consent' });
	});
});

describe('a grant', () => {
	it('names the text in force, and no other', async () => {
		const before = await grantOf();
		const text = await consent.currentNotice('customer');
		const next = await consent.publish('staff:anna', { audience: 'customer', zh: text.zh, en: { ...text.en, title: 'Another title' } });
		expect(next).toMatchObject({ version: 2, current: true });
		await expect(consent.grant('staff:anna', 'li', before)).rejects.toMatchObject({ code: 'old-notice' });
		await consent.grant('staff:anna', 'li', await grantOf());
		expect((await consent.view('li')).grant?.notice).toBe(next.hash);
		expect(await consent.notice(before.notice)).toMatchObject({ version: 1, current: false, en: { title: text.en.title } });
	});

	it('replaces the one before, and keeps the history', async () => {
		await consent.grant('staff:anna', 'li', await grantOf({ purposes: ['recognition', 'accuracy'] }));
		await consent.grant('staff:anna', 'li', await grantOf());
		const { history, grant } = await consent.view('li');
		expect(grant?.purposes).toEqual(['recognition']);
		expect(history.map(({ endReason }) => endReason)).toEqual([null, 'replaced']);
	});

	it('keeps a guardian’s name sealed and out of the log', async () => {
		await consent.grant('staff:anna', 'li', await grantOf({ under14: true, guardian: '李建国' }));
		expect(JSON.stringify(await log.read(0, 100))).not.toContain('李建国');
		expect((await readFile(join(dataDir, 'showroom.db-wal'))).includes(Buffer.from('李建国'))).toBe(false);
		expect((await consent.view('li')).grant?.guardian).toBe(true);
	});
});

describe('the store’s name', () => {
	const inForce = async () => (await consent.notices()).filter(({ current }) => current);

	it('when it changes, stands in the notices that the store started with', async () => {
		await consent.renamed('staff:anna', '城北店', '城东店');
		for (const { version, publishedBy, ...notice } of await inForce()) {
			expect([version, publishedBy]).toEqual([2, 'staff:anna']);
			expect(JSON.stringify(notice)).toContain('城东店');
			expect(JSON.stringify(notice)).not.toContain('城北店');
		}
		// A text is published once: the first one stays history.
		await consent.renamed('staff:anna', '城东店', '城北店');
		expect((await inForce()).map(({ version }) => version)).toEqual([2, 2]);
	});

	it('changes nothing in a text of somebody’s own', async () => {
		const own = await consent.currentNotice('customer');
		const { hash } = await consent.publish('staff:anna', { ...own, zh: { ...own.zh, title: '本店的告知书' } });
		await consent.renamed('staff:anna', '城北店', '城东店');
		expect((await consent.currentNotice('customer')).hash).toBe(hash);
		expect((await consent.currentNotice('staff')).version).toBe(2);
	});
});

describe('withdrawal', () => {
	beforeEach(async () => {
		await consent.grant('staff:anna', 'li', await grantOf({ purposes: ['recognition', 'photograph'] }));
		await log.append([], [template('li'), photograph('li')]);
	});

	it('of the face leaves the customer, and stands in every list when it is answered', async () => {
		const answer = await consent.withdraw('staff:anna', 'li', 'face');
		expect(answer).toMatchObject({
			complete: true,
			places: [
				{ place: dataDir, written: true },
				{ place: backup, written: true },
			],
		});
		expect(await stored()).toEqual([]);
		expect(await consent.view('li')).toMatchObject({ state: 'withdrawn', grant: null, templates: 0, photographs: 0 });
		expect((await log.customers()).map(({ name }) => name)).toContain('李雷');
		expect(await listAt(backup)).toMatchObject([{ person: 'li', level: 'face' }]);
		expect(await listAt(dataDir)).toEqual(await listAt(backup));
	});

	it('of everything leaves no name, and what they wrote at the kiosk goes too, earlier check-ins of the visit included', async () => {
		const at = clock().wall;
		for (const [checkin, name] of [
			['k1', '李磊磊'],
			['k2', '李小雷'],
		] as const)
			await log.append(
				[
					...(checkin === 'k1' ? [visit('v1', 'li', at)] : []),
					draft('checkin.recorded', 'v1', { checkin, visit: 'v1', via: 'touch', purpose: 'quote', host: null, model: null }),
				],
				[{ table: 'checkin_texts', id: checkin, name, telephone: '13900139000' }],
			);
		await consent.withdraw('staff:anna', 'li', 'everything');
		expect((await log.customers()).map(({ id }) => id)).toEqual(['han']);
		const [seen] = await log.visits({ ids: ['v1'] });
		expect(seen).toMatchObject({ customer: null, checkin: null });
		// Nothing is left to be erased by time: both texts are gone.
		expect(await log.consent.dueTexts(at + DAY_MS)).toEqual([]);
		expect(await consent.view('li')).toMatchObject({ state: 'withdrawn', kind: 'customer' });
	});

	it('happens here when a backup disk is missing, says so, and is written there later, also after a restart', async () => {
		await rm(backup, { recursive: true });
		const answer = await consent.withdraw('staff:anna', 'li', 'face');
		expect(answer.complete).toBe(false);
		expect(answer.places[1]).toMatchObject({ written: false, problem: expect.stringMatching(/there is no folder .*: connect or mount/) });
		expect(await stored()).toEqual([]);
		expect((await consent.summary()).pending).toMatchObject([{ place: backup }]);
		await log.stop();
		await open();
		expect((await consent.summary()).pending).toMatchObject([{ place: backup }]);
		await mkdir(backup);
		await consent.writeErasures();
		expect(await listAt(backup)).toMatchObject([{ person: 'li', level: 'face' }]);
		expect((await consent.summary()).pending).toEqual([]);
	});

	it('does not write into a list that somebody changed', async () => {
		await consent.withdraw('staff:anna', 'li', 'face');
		const path = join(backup, 'erasures.jsonl');
		await writeFile(path, (await readFile(path, 'utf8')).replace('"face"', '"everything"'));
		const { places } = await consent.withdraw('staff:anna', 'han', 'everything');
		expect(places[1]).toMatchObject({ written: false, problem: expect.stringContaining('line 1 was changed') });
		expect(await listAt(dataDir)).toHaveLength(2);
	});

	it('of a member of staff takes the face, never who did what', async () => {
		const notice = (await consent.currentNotice('staff')).hash;
		await consent.grant('staff:anna', 'anna', await grantOf({ notice }));
		await log.append([], [template('anna', 'staff')]);
		await expect(consent.withdraw('staff:anna', 'anna', 'everything')).rejects.toMatchObject({ code: 'staff-stay' });
		await consent.withdraw('staff:anna', 'anna', 'face');
		expect(await stored()).toEqual(['li']);
	});

	it('of nobody is refused', async () => {
		await expect(consent.withdraw('cli', 'nobody', 'face')).rejects.toMatchObject({ code: 'no-such-person' });
	});
});

describe('time', () => {
	it('reminds before a grant ends, ends it after twelve months without a visit, and says so in the lists', async () => {
		await consent.grant('staff:anna', 'li', await grantOf());
		await consent.grant('staff:anna', 'han', await grantOf());
		await log.append([visit('v1', 'han', clock().wall + 200 * DAY_MS)], [template('li'), template('han')]);
		ahead = 340 * DAY_MS;
		expect(await consent.expiring()).toMatchObject([{ person: 'li' }]);
		expect(await consent.summary()).toMatchObject({ enrolled: 2, expiring30d: 1, filingThreshold: 100_000 });
		await consent.upkeep();
		expect(await consent.view('li')).toMatchObject({ state: 'granted' });

		// The agent was off when the day came.
		await log.stop();
		ahead = 400 * DAY_MS;
		await open();
		expect(await consent.view('li')).toMatchObject({ state: 'expired', templates: 0 });
		expect(await consent.view('han')).toMatchObject({ state: 'granted', templates: 1 });
		expect(await listAt(backup)).toMatchObject([{ person: 'li', level: 'face' }]);
		const before = await log.lastSeq();
		await consent.upkeep();
		expect(await log.lastSeq()).toBe(before);
	});

	it('takes away what visitors wrote, after its days and not before', async () => {
		const checkin = (id: string) =>
			log.append(
				[
					visit(`v-${id}`, null, clock().wall),
					draft('checkin.recorded', `v-${id}`, { checkin: id, visit: `v-${id}`, via: 'touch', purpose: 'quote', host: null, model: null }),
				],
				[{ table: 'checkin_texts', id, name: '王芳', telephone: null }],
			);
		await checkin('old');
		ahead = 100 * DAY_MS;
		await checkin('new');
		ahead = 200 * DAY_MS;
		await consent.upkeep();
		const visits = await log.visits({ ids: ['v-old', 'v-new'] });
		expect(visits.map(({ id, checkin }) => [id, checkin?.name ?? null])).toEqual([
			['v-new', '王芳'],
			['v-old', null],
		]);
	});
});

it('takes away remarks about visits and who was expected after the same days, and leaves what is not so old', async () => {
	const day = async (name: string) => {
		const at = clock().wall;
		await log.append(
			[
				visit(`v-${name}`, null, at),
				draft('guest.expected', `g-${name}`, { guest: `g-${name}`, customer: null, host: null, purpose: null, at }),
			],
			[
				{ table: 'visit_texts', id: `n-${name}`, visit: `v-${name}`, text: '下周再来' },
				{ table: 'guest_texts', id: `g-${name}`, name: '王芳', telephone: '13812345678' },
			],
		);
	};
	await day('old');
	ahead = 100 * DAY_MS;
	await day('new');
	ahead = 200 * DAY_MS;
	await consent.upkeep();
	expect(await log.visitTexts('v-old')).toEqual([]);
	expect(await log.visitTexts('v-new')).toEqual([{ id: 'n-new', text: '下周再来' }]);
	expect(await log.guest('g-old')).toMatchObject({ state: 'expected', name: null, telephone: null });
	expect(await log.guest('g-new')).toMatchObject({ name: '王芳', telephone: '13812345678' });
	expect(await log.consent.dueTexts(clock().wall - 180 * DAY_MS)).toEqual([]);
});

describe('processing records', () => {
	it('say who looked at whom and why, once in ten minutes, and who enrolled and withdrew', async () => {
		const processing = new Processing({ log, now: clock, newId: uuidv7 });
		await consent.grant('staff:anna', 'li', await grantOf());
		await processing.read('staff:anna', ['li'], 'reception');
		await processing.read('staff:anna', ['li'], 'reception');
		await processing.read(
			'staff:bo',
			Array.from({ length: 50 }, (_, i) => `c${i}`),
			'customer-care',
		);
		await processing.exported('staff:bo', ['li'], 'rights-request');
		ahead = 11 * 60_000;
		await processing.read('staff:anna', ['li'], 'reception');
		await consent.withdraw('staff:anna', 'li', 'face');
		expect((await consent.records('li')).map(({ actor, action, purpose }) => `${actor} ${action} ${purpose}`)).toEqual([
			'staff:anna withdrawn consent',
			'staff:anna read reception',
			'staff:bo exported rights-request',
			'staff:bo listed customer-care',
			'staff:anna read reception',
			'staff:anna granted consent',
		]);
		ahead = 4 * 365 * DAY_MS;
		await consent.upkeep();
		expect(await consent.records('li')).toEqual([]);
	});
});

describe('the recognition trigger', () => {
	it('is the zone until an administrator confirms assessment and sign, and survives a restart', async () => {
		expect(await consent.trigger()).toEqual({ trigger: 'zone', changedAt: null, changedBy: null });
		await expect(log.append([draft('recognition.trigger-changed', 'recognition', { trigger: 'entrance' } as never)])).rejects.toMatchObject(
			{ code: 'invalid' },
		);
		await consent.setTrigger('staff:anna', { trigger: 'entrance', assessment: true, sign: true });
		await log.stop();
		await open();
		expect(await consent.trigger()).toMatchObject({ trigger: 'entrance', changedBy: 'staff:anna' });
		await consent.setTrigger('staff:anna', { trigger: 'zone' });
		expect(await consent.trigger()).toMatchObject({ trigger: 'zone' });
	});
});
