import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { io, type Socket } from 'socket.io-client';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Cameras } from '../../../edge-agent/cameras/cameras.js';
import { now } from '../../../edge-agent/clock.js';
import { parseConfig } from '../../../edge-agent/config/config.source.js';
import { Consent } from '../../../edge-agent/consent/consent.js';
import { bytesOf } from '../../../edge-agent/consent/enrolment.js';
import { keepable } from '../../../edge-agent/consent/photograph.source.js';
import { CHANGE_HEADER } from '../../../edge-agent/contract/access.api.js';
import type { WithdrawalAnswer } from '../../../edge-agent/contract/consent.api.js';
import { filmEnded } from '../../../edge-agent/demo/demo.js';
import { demoSession } from '../../../edge-agent/demo/demo-access.js';
import { enrolmentPhotos } from '../../../edge-agent/demo/photos.js';
import { countingLine } from '../../../edge-agent/demo/script.js';
import { distances } from '../../../edge-agent/gallery/distance.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { Agent } from '../../../edge-agent/main.js';
import { databaseFile } from '../../../edge-agent/store/database.store.js';
import { findKeys } from '../../../edge-agent/store/keys.store.js';
import { PersonKeys } from '../../../edge-agent/store/person-keys.store.js';
import { sealedTables } from '../../../edge-agent/store/sealed-tables.js';
import { createFaceEngine } from '../../../edge-agent/vision/engine.js';
import { readPhoto } from '../../../edge-agent/vision/photo.source.js';
import { Preview } from '../../../edge-agent/vision/preview.js';
import { Vision } from '../../../edge-agent/vision/vision.js';
import type { FaceEngine } from '../../../edge-agent/vision/vision.types.js';
import { openModelStore } from '../../../models/model-store.js';
import { half, likeFaces, NeedleSearch } from './needles.js';
import { cast, filesOf, filmFile, type Seen, seeStranger, temporaryFolder } from './showing.js';

/*
 * A stranger walks through the film and a customer withdraws; afterwards nothing of either is anywhere. What is searched for is tapped in
 * memory, by the product's own networks on the film's own frames, before the product has had a chance to lose it.
 */

const retention = { templateMonths: 12, checkinDays: 180, recordYears: 3, reminderDays: 30 };
const metric = distances.euclidean;
/** Faces nearer than this are one drawn person's: the demo measures up to 0.16 for one and from 0.48 for two. The agent runs on it too. */
const threshold = 0.35;

let outside: string;
let dataDir: string;
let clip: string;
let engine: FaceEngine;
let stranger: Seen;
/** The withdrawn customer's templates, as they were before they were sealed. */
const withdrawn: Float32Array[] = [];
const search = new NeedleSearch();
/** Everything that left the agent: answers, socket frames, messages for people. */
const sent: { readonly path: string; readonly bytes: Uint8Array }[] = [];
/** The data directory as it was before the withdrawal. */
let before: string;
let answer: WithdrawalAnswer;
/** Whom the product took whom for. */
const decided: (string | null)[] = [];
/** Found while the agent still ran, right after the answer. */
let atOnce: string[];

const alike = (descriptor: Float32Array, person: readonly Float32Array[]) => person.some((one) => metric(one, descriptor) <= threshold);
const isNobodyKept = (descriptor: Float32Array) => alike(descriptor, stranger.descriptors) || alike(descriptor, withdrawn);

/** (a): what is found of their bytes in a folder's files, leaving out what the program itself brings. */
async function tracesIn(folder: string): Promise<string[]> {
	const found: string[] = [];
	for (const { path, bytes } of (await filesOf(folder)).filter((file) => !file.path.endsWith('.onnx'))) {
		found.push(...search.in(bytes).map((what) => `${what} in ${path}`));
		found.push(...likeFaces(bytes, 128, isNobodyKept).map((offset) => `a descriptor like theirs in ${path} at ${offset}`));
		// The agent runs on this thread too: while it cannot answer, connections die of old age.
		await wait(0);
	}
	return found;
}

/** (b): sealed values that, opened with the key, hold something of them. */
async function sealedTracesIn(folder: string): Promise<{ readonly opened: number; readonly found: string[] }> {
	const database = new Database(databaseFile(folder), { readonly: true });
	const found: string[] = [];
	let opened = 0;
	try {
		const people = new PersonKeys(database, findKeys(database).keys);
		for (const { table, person, columns, scope } of sealedTables) {
			for (const column of columns.filter((name) => !name.endsWith('_code'))) {
				const rows = database.prepare<[], { id: string; person: string; sealed: Buffer | null }>(
					`SELECT id, ${person} AS person, ${column} AS sealed FROM ${table}`,
				);
				for (const { id, person, sealed } of rows.all()) {
					if (sealed === null) continue;
					const plain = people.open(person, scope, { table, column, row: id }, sealed);
					if (plain === null) {
						found.push(`${table} ${id}, which does not open`);
						continue;
					}
					opened++;
					if (search.in(plain).length > 0) found.push(`${table} ${id}`);
					if (table === 'templates' && isNobodyKept(new Float32Array(Uint8Array.from(plain).buffer)))
						found.push(`template ${id} is like them`);
					if (table === 'photographs') found.push(...(await likenessesIn(`photograph ${id}`, plain)));
				}
			}
		}
	} finally {
		database.close();
	}
	return { opened, found };
}

/** (c): pictures in these bytes, at any offset, that show one of them. */
async function likenessesIn(where: string, bytes: Buffer): Promise<string[]> {
	const found: string[] = [];
	for (const signature of ['ffd8ff', '89504e470d0a1a0a']) {
		const begin = Buffer.from(signature, 'hex');
		for (let at = bytes.indexOf(begin); at >= 0; at = bytes.indexOf(begin, at + 1)) {
			const frame = await readPhoto(bytes.subarray(at)).catch(() => null);
			if (!frame) continue;
			const faces = await engine.detect(frame);
			for (const described of await engine.describe(frame, faces))
				if (described && isNobodyKept(described.descriptor)) found.push(`a picture of them in ${where}`);
		}
	}
	return found;
}

async function likenessesOnDisk(folder: string): Promise<string[]> {
	const files = (await filesOf(folder)).filter(({ path }) => !path.endsWith('.onnx'));
	return (await Promise.all(files.map(({ path, bytes }) => likenessesIn(path, bytes)))).flat();
}

const person = (id: string, name: string, telephone: string): RowChange => ({ table: 'customers', id, name, telephone, consultant: null });

/** Enrols the two customers, one with their photographs, and one of staff; the trigger is confirmed. */
async function prepareStore(): Promise<void> {
	const log = openShowroomLog({ dataDir });
	await log.start();
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
	const notice = (await consent.currentNotice('customer')).hash;
	const kept: Uint8Array[] = [];
	for (const [id, name, telephone, look] of [
		['customer-liu', '刘洋洋洋洋', '19900000001', cast.customer],
		['customer-sun', '孙丽', '19900000002', cast.other],
	] as const) {
		const { draft, changes } = await consent.grantDraft(
			'system',
			{ person: id, kind: 'customer' },
			{ notice, purposes: ['recognition', 'photograph'], via: 'paper', language: 'zh', under14: true, guardian: `监护人 ${name}` },
		);
		const rows: RowChange[] = [];
		for (const photo of await enrolmentPhotos(look)) {
			const [described] = await engine.describe(await readPhoto(photo), await engine.detect(await readPhoto(photo)));
			if (!described) throw new Error('a drawn photograph that cannot be read');
			const jpeg = await keepable(photo);
			if (id === 'customer-liu') {
				withdrawn.push(described.descriptor);
				search.addDescriptor('customer’s descriptor', described.descriptor);
				search.addBytes('customer’s photograph', jpeg);
			} else kept.push(jpeg);
			rows.push({
				table: 'templates',
				id: uuidv7(),
				person: id,
				kind: 'customer',
				modelId: engine.modelId,
				descriptor: bytesOf(described.descriptor),
			});
			rows.push({ table: 'photographs', id: uuidv7(), person: id, jpeg });
		}
		if (id === 'customer-liu') search.add('customer’s name', Buffer.from(`${name}${name}`).subarray(0, 16));
		await log.append([draft], [person(id, name, telephone), ...changes, ...rows]);
	}
	// What both customers' files share, tables and the wall behind them, shows neither.
	for (const jpeg of kept) search.forget(jpeg);
	await consent.setTrigger('system', { trigger: 'entrance', assessment: true, sign: true });
	await log.stop();
}

/** The customer's sealed values and keys, as they lie in the database now. */
function tapCiphertexts(folder: string, customer: string): number {
	const database = new Database(databaseFile(folder), { readonly: true });
	let tapped = 0;
	for (const { table, person, columns } of [...sealedTables, { table: 'person_keys', person: 'person', columns: ['key'] }]) {
		for (const row of database
			.prepare<[string], Record<string, unknown>>(`SELECT ${columns.join(', ')} FROM ${table} WHERE ${person} = ?`)
			.all(customer))
			for (const [column, value] of Object.entries(row)) {
				if (!(value instanceof Uint8Array)) continue;
				search.addBytes(`ciphertext of ${table}.${column}`, value);
				tapped++;
			}
	}
	database.close();
	return tapped;
}

async function get(agent: Agent, cookie: string, path: string): Promise<void> {
	const response = await fetch(`${agent.url}${path}`, { headers: { cookie } });
	expect([path, response.status]).toEqual([path, 200]);
	sent.push({ path, bytes: new Uint8Array(await response.arrayBuffer()) });
}

function listen(agent: Agent, cookie: string): Socket {
	const socket = io(`${agent.url}desk`, {
		transports: ['websocket'],
		extraHeaders: { cookie },
		auth: { device: 'screen-1', after: 0 },
		forceNew: true,
	});
	socket.io.on('open', () => {
		socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
			if (typeof data === 'string') sent.push({ path: 'socket frame', bytes: Buffer.from(data) });
			else if (data instanceof Uint8Array) sent.push({ path: 'socket frame', bytes: data });
			else if (data instanceof ArrayBuffer) sent.push({ path: 'socket frame', bytes: new Uint8Array(data) });
		});
	});
	socket.on('alert', (_delivery: unknown, received: () => void) => received());
	socket.on('connect', () => socket.emit('watch', 'door'));
	return socket;
}

beforeAll(async () => {
	outside = await temporaryFolder('film');
	dataDir = await temporaryFolder('traces');
	before = await temporaryFolder('before');
	const tmp = join(dataDir, 'tmp');
	await mkdir(tmp);
	process.env.TMPDIR = tmp;
	clip = await filmFile(outside);
	const modelsDir = join(dataDir, 'models');
	engine = await createFaceEngine({ recogniser: 'face-api', models: openModelStore({ dir: modelsDir }) });
	stranger = await seeStranger(engine, clip);
	for (const descriptor of stranger.descriptors) search.addDescriptor('stranger’s descriptor', descriptor);
	for (const crop of stranger.crops) search.add('stranger’s face, pixels', crop, 11);
	await prepareStore();

	const config = parseConfig(
		{
			server: { port: 0 },
			entrances: [{ id: 'main', name: '正门' }],
			cameras: [{ id: 'door', name: '正门', source: clip, entrance: 'main', line: countingLine }],
			recognition: { workers: 1, threshold },
		},
		'the test',
	);
	const agent = new Agent({ config, dataDir, say: (message) => sent.push({ path: 'message', bytes: Buffer.from(message) }) });
	await agent.start();
	agent.onSeen((events) => {
		for (const event of events) if (event.kind === 'decided') decided.push(event.person?.person ?? null);
	});
	let socket: Socket | undefined;
	try {
		await agent.access.accounts.add(
			{ id: 'admin', name: '管理员', role: 'administrator', onDuty: true, password: 'four drawn green cars' },
			'system',
		);
		const cookie = await demoSession(agent.access, 'admin');
		socket = listen(agent, cookie);
		await filmEnded(agent, new AbortController().signal, () => {});
		await wait(1500);
		const pages = [
			'api/showroom',
			`api/visits?from=${Date.now() - 3_600_000}&to=${Date.now() + 60_000}`,
			'api/alerts?open=true',
			'api/consent/summary',
		];
		for (const path of [...pages, 'api/consent/people/customer-liu']) await get(agent, cookie, path);

		expect(tapCiphertexts(dataDir, 'customer-liu')).toBeGreaterThanOrEqual(11);
		// As a copy of a running store is taken: the database with its write-ahead log, and the keys.
		await cp(dataDir, before, { recursive: true, filter: (path) => !/^(models|tmp|writer)/.test(relative(dataDir, path)) });
		const response = await fetch(`${agent.url}api/consent/people/customer-liu/withdrawals`, {
			...{ method: 'POST', headers: { cookie, 'content-type': 'application/json', [CHANGE_HEADER]: '1' } },
			body: JSON.stringify({ level: 'everything' }),
		});
		expect(response.status).toBe(200);
		answer = (await response.json()) as WithdrawalAnswer;
		atOnce = await tracesIn(dataDir);
		sent.push({ path: 'withdrawal', bytes: Buffer.from(JSON.stringify(answer)) });
		for (const path of [...pages, 'api/consent/people/customer-liu', 'api/consent/people/customer-liu/records'])
			await get(agent, cookie, path);
	} finally {
		socket?.disconnect();
		await agent.stop();
	}
}, 400_000);

afterAll(async () => {
	await engine?.stop();
	for (const folder of [outside, dataDir, before]) await rm(folder, { recursive: true, force: true });
});

describe('the run', () => {
	it('had everybody in it: the customer was recognised, the stranger was compared and not', async () => {
		expect(stranger.descriptors.length).toBeGreaterThan(20);
		expect(search.count).toBeGreaterThan(1000);
		expect(new Set(decided)).toEqual(new Set(['customer-liu', null]));
		expect(sent.filter(({ path }) => path === 'socket frame').length).toBeGreaterThan(10);
		expect(answer).toMatchObject({ complete: true });
	});

	it('tells the stranger from both customers', () => {
		for (const descriptor of stranger.descriptors) expect(alike(descriptor, withdrawn)).toBe(false);
	});
});

describe('afterwards', () => {
	it('none of their bytes is in the data directory at once, nor when the agent has ended', async () => {
		expect(atOnce).toEqual([]);
		expect(await tracesIn(dataDir)).toEqual([]);
	});

	it('none left in an answer, a socket frame or a message', () => {
		expect(sent.flatMap(({ path, bytes }) => search.in(bytes).map((what) => `${what} in ${path}`))).toEqual([]);
	});

	it('whatever is sealed there opens, and is neither of them', async () => {
		const { opened, found } = await sealedTracesIn(dataDir);
		expect(opened).toBeGreaterThanOrEqual(10);
		expect(found).toEqual([]);
	});

	it('no picture there shows either of them', async () => {
		expect(await likenessesOnDisk(dataDir)).toEqual([]);
	});
});

describe('the same search finds', () => {
	/** What the search finds in each of these, planted in the data directory among other bytes, at an odd offset. */
	const planted = async (leaks: Record<string, Uint8Array>): Promise<Record<string, string[]>> => {
		const folder = join(dataDir, 'planted');
		await mkdir(folder);
		for (const [name, bytes] of Object.entries(leaks))
			await writeFile(join(folder, name), Buffer.concat([Buffer.alloc(1237, 'showroom'), bytes, Buffer.alloc(77)]));
		try {
			const found = [...(await tracesIn(dataDir)), ...(await likenessesOnDisk(dataDir))];
			return Object.fromEntries(Object.keys(leaks).map((name) => [name, found.filter((line) => line.includes(join(folder, name)))]));
		} finally {
			await rm(folder, { recursive: true });
		}
	};
	const one = () => {
		const [descriptor] = stranger.descriptors;
		const [crop] = stranger.crops;
		if (!descriptor || !crop || !stranger.frame) throw new Error('nobody was seen');
		return { descriptor, crop, frame: stranger.frame };
	};

	it('the stranger’s descriptor in every form, and one that is only derived from it', async () => {
		const { descriptor } = one();
		const bytes = Buffer.from(bytesOf(descriptor));
		const found = await planted({
			raw: bytes,
			base64: Buffer.from(bytes.toString('base64')),
			json: Buffer.from(JSON.stringify({ descriptor: [...descriptor] })),
			half: halvesOf(descriptor),
			derived: bytesOf(descriptor.map((value) => value * 1.001)),
		});
		expect(found.raw?.join()).toMatch(/float32, raw.*a descriptor like theirs/s);
		expect(found.base64?.join()).toContain('float32, base64');
		expect(found.json?.join()).toContain('JSON numbers');
		expect(found.half?.join()).toContain('float16, raw');
		expect(found.derived?.join()).toMatch(/^a descriptor like theirs/);
	}, 60_000);

	it('the pixels of the stranger’s face, and a picture of it', async () => {
		const { crop, frame } = one();
		const jpeg = new Uint8Array(await new Preview().jpeg(frame));
		const found = await planted({ crop: crop.subarray(0, 4000), jpeg });
		expect(found.crop?.join()).toContain('pixels');
		expect(found.jpeg?.join()).toContain('a picture of them');
	}, 60_000);

	it('the customer’s ciphertext, put back', async () => {
		const database = new Database(databaseFile(before), { readonly: true });
		const sealed = database.prepare("SELECT descriptor FROM templates WHERE person = 'customer-liu'").pluck().get() as Buffer;
		database.close();
		expect((await planted({ sealed })).sealed?.join()).toContain('ciphertext of templates.descriptor, raw');
	}, 60_000);

	it('the customer where the wipe is replaced by a plain DELETE without secure_delete', async () => {
		const database = new Database(databaseFile(before));
		database.pragma('secure_delete = OFF');
		for (const { table, person } of [...sealedTables, { table: 'person_keys', person: 'person' }])
			database.prepare(`DELETE FROM ${table} WHERE ${person} = 'customer-liu'`).run();
		expect(database.prepare("SELECT count(*) FROM templates WHERE person = 'customer-liu'").pluck().get()).toBe(0);
		database.pragma('wal_checkpoint(TRUNCATE)');
		database.close();
		const found = (await tracesIn(before)).join();
		for (const column of ['photographs.jpeg', 'person_keys.key', 'customers.name']) expect(found).toContain(column);
	}, 60_000);
});

describe('under the default trigger', () => {
	const zones = {
		/** Where nobody of the film walks. */
		elsewhere: [
			{ x: 0.8, y: 0 },
			{ x: 1, y: 0 },
			{ x: 1, y: 0.12 },
			{ x: 0.8, y: 0.12 },
		],
		everywhere: [
			{ x: 0, y: 0 },
			{ x: 1, y: 0 },
			{ x: 1, y: 1 },
			{ x: 0, y: 1 },
		],
	};
	it('no face outside the zone is described', async () => {
		const vision = new Vision({ workers: 1, recogniser: 'face-api', modelsDir: join(dataDir, 'models'), threshold: null });
		const cameras = new Cameras({ ffmpeg: 'ffmpeg' });
		const log = openShowroomLog({ dataDir });
		await log.start();
		try {
			await vision.start();
			await cameras.start();
			await vision.setPeople((await log.templateChanges(engine.modelId, 0)).templates);
			for (const [id, zone] of Object.entries(zones)) {
				const ended = new Promise<void>((resolve) => {
					vision.onEvents((events) => events.some(({ kind, camera }) => kind === 'ended' && camera === id) && resolve());
				});
				const port = vision.addCamera({ id, pace: 'every-frame', line: null, trigger: 'zone', zone, masks: [] });
				await cameras.open({ id, url: clip, rate: 12.5, pace: 'every-frame' }, port);
				await ended;
			}
			const [elsewhere, everywhere] = (await vision.stats()).toSorted((a, b) => a.camera.localeCompare(b.camera));
			expect(elsewhere).toMatchObject({ camera: 'elsewhere', describedOutside: 0, describedInside: 0 });
			expect(elsewhere?.tracks).toBeGreaterThanOrEqual(2);
			expect(everywhere?.describedInside).toBeGreaterThan(3);
			expect(everywhere?.describedOutside).toBe(0);
		} finally {
			await cameras.stop();
			await vision.stop();
			await log.stop();
		}
	}, 120_000);
});

function halvesOf(descriptor: Float32Array): Uint8Array {
	return new Uint8Array(Uint16Array.from(descriptor, half).buffer);
}
