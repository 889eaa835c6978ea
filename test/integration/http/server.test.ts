import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
	AlertView,
	BrochureView,
	CheckInAnswer,
	CustomerDetails,
	ShowroomView,
	VisitsAnswer,
	VisitView,
} from '../../../edge-agent/contract/api.js';
import type { Problem } from '../../../edge-agent/contract/problem.api.js';
import { startServer } from '../../../edge-agent/http/server.js';
import { type House, openHouse, removeFolder, temporaryFolder, walkIn } from '../sockets/house.js';

let dataDir: string;
let house: House;
/** What most requests here come with: a manager may use all of this. */
let manager: string;

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	manager = await house.cookie('ma');
});
afterEach(async () => {
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

const get = (path: string, headers: Record<string, string> = {}) =>
	fetch(`${house.url}${path}`, { headers: { cookie: manager, ...headers } });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
	fetch(`${house.url}${path}`, {
		method: 'POST',
		headers: { cookie: manager, 'x-showroom': '1', 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
const refusal = async (answer: Response): Promise<[number, string, string]> => {
	const { code, detail } = (await answer.json()) as Problem;
	return [answer.status, code, detail];
};
/** With headers that fetch does not let through. */
const raw = (path: string, headers: Record<string, string>) =>
	new Promise<{ status: number; headers: IncomingHttpHeaders }>((resolve, reject) => {
		request({ host: '127.0.0.1', port: house.port, path, headers: { cookie: manager, ...headers } }, (answer) => {
			answer.resume();
			resolve({ status: answer.statusCode ?? 0, headers: answer.headers });
		})
			.on('error', reject)
			.end();
	});
const form = (more: object = {}) => ({
	...{
		id: crypto.randomUUID(),
		name: '王芳',
		telephone: '138 0013-8000',
		purpose: 'test-drive',
		host: null,
		model: 'yaoxing-y7',
		language: 'zh',
	},
	...more,
});

describe('the console', () => {
	it('learns what it needs first', async () => {
		const view = (await (await get('/api/showroom')).json()) as ShowroomView;
		expect(view).toMatchObject({ name: '城北店', recogniser: { fallback: true }, cameras: [{ id: 'cam-1' }] });
		expect([view.setUp, view.address]).toEqual([false, null]);
		await house.rooms.setup.change({ step: 'done' });
		expect(((await (await get('/api/showroom')).json()) as ShowroomView).setUp).toBe(true);
		expect(view.staff.map(({ id }) => id).toSorted()).toEqual(['anna', 'bo', 'chen', 'ma']);
		expect(Math.abs(view.now - Date.now())).toBeLessThan(5000);
	});

	it('takes, greets and closes alerts, in the name of who is signed in', async () => {
		const first = await walkIn(house);
		const [anna, bo] = [{ cookie: await house.cookie('anna') }, { cookie: await house.cookie('bo') }];
		const accepted = (await (await post(`/api/alerts/${first}/accept`, {}, anna)).json()) as AlertView;
		expect(accepted).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'anna' });
		expect((await post(`/api/alerts/${first}/accept`, {}, anna)).status).toBe(200);
		// Whatever a body says.
		expect(await refusal(await post(`/api/alerts/${first}/accept`, { staff: 'anna' }, bo))).toEqual([409, 'taken', '安娜已经接待了。']);
		for (const _again of [1, 2])
			expect(await (await post(`/api/alerts/${first}/greet`, {}, anna)).json()).toMatchObject({ state: 'greeted' });
		expect((await refusal(await post(`/api/alerts/${first}/close`, { reason: 'left' }, anna)))[1]).toBe('over');
		// Not of the first one's party, as whoever comes in right behind is.
		const { id: byHand } = (await (await post('/api/visits', { id: crypto.randomUUID() })).json()) as VisitView;
		const second = (await house.log.alerts({ open: true })).find(({ visit }) => visit === byHand)?.id;
		for (const _again of [1, 2])
			expect(await (await post(`/api/alerts/${second}/close`, { reason: 'courier' }, bo)).json()).toMatchObject({
				...{ state: 'closed', closeReason: 'courier' },
			});
		const { visits } = (await (await get(`/api/visits?from=0&to=${32 * 86_400_000}`)).json()) as VisitsAnswer;
		expect(visits).toEqual([]);
		const today = (await (await get(`/api/visits?from=${Date.now() - 60_000}&to=${Date.now() + 60_000}`)).json()) as VisitsAnswer;
		expect(today.visits.map(({ greetedBy, closeReason }) => [greetedBy, closeReason])).toEqual([
			[null, 'courier'],
			['anna', null],
		]);
		expect(today.lastSeq).toBe(await house.log.lastSeq());
		expect(await (await get('/api/alerts?open=true')).json()).toMatchObject({ alerts: [] });
	});

	it('shows what a dealer’s file said of a customer, opened for this one only', async () => {
		const notes = async (id: string) => {
			const { model, note } = (await (await get(`/api/customers/${id}`)).json()) as CustomerDetails;
			return [model, note];
		};
		expect(await notes('li')).toEqual([null, null]);
		await house.log.append([], [{ table: 'customer_notes', id: 'li', model: '曜行 Y7', note: '只在周末来' }]);
		expect(await notes('li')).toEqual(['曜行 Y7', '只在周末来']);
		const list = await (await get('/api/customers')).text();
		expect([list.includes('李雷'), list.includes('周末')]).toEqual([true, false]);
	});

	it('is told what was wrong, in its language', async () => {
		const alert = await walkIn(house);
		expect(await refusal(await get('/api/nothing', { 'accept-language': 'en' }))).toEqual([
			404,
			'not-found',
			'There is nothing at this address.',
		]);
		expect(await refusal(await get('/api/nothing', { 'accept-language': 'en;q=0.5, zh-CN' }))).toEqual([
			404,
			'not-found',
			'没有这个地址。',
		]);
		expect((await refusal(await get('/api/visits?from=yesterday'))).slice(0, 2)).toEqual([400, 'invalid']);
		expect((await refusal(await get('/api/visits?from=5&to=2')))[2]).toBe('以下内容缺少或不正确：to');
		expect((await refusal(await get('/api/alerts')))[1]).toBe('invalid');
		expect((await refusal(await post('/api/alerts/none/accept', {}))).slice(0, 2)).toEqual([404, 'no-such-alert']);
		expect((await refusal(await post(`/api/alerts/${alert}/close`, { reason: 'bored' })))[2]).toContain('reason');
	});
});

describe('the kiosk', () => {
	it('checks a visitor in once, however often it sends the form, and names who will come', async () => {
		const sent = form({ host: 'chen' });
		const answers = await Promise.all([1, 2, 3].map(async () => (await (await post('/api/checkins', sent)).json()) as CheckInAnswer));
		expect(answers[0]?.consultant).toEqual({ id: 'chen', name: '陈静' });
		expect(answers[1]).toEqual(answers[0]);
		expect(answers[2]).toEqual(answers[0]);
		const [visit, ...more] = await house.log.visits({ from: 0, to: Date.now() + 1000 });
		expect(more).toEqual([]);
		expect(visit).toMatchObject({
			source: 'kiosk',
			host: 'chen',
			checkin: { name: '王芳', telephone: '13800138000', model: 'yaoxing-y7' },
		});
	});

	it('checks in the visitor who has just walked in: one visit, one alert', async () => {
		const alert = await walkIn(house);
		await post('/api/checkins', form({ model: null }));
		expect(await house.log.alerts({ open: true })).toMatchObject([{ id: alert, checkinName: '王芳', purpose: 'test-drive' }]);
	});

	it('writes no name and no telephone into the log', async () => {
		await post('/api/checkins', form());
		const text = JSON.stringify(await house.log.read(0, 100));
		expect(text).toContain('checkin.recorded');
		expect(text).not.toMatch(/王芳|13800138000/);
	});

	it('is told which fields are wrong, never what stood in them', async () => {
		const answer = await post('/api/checkins', form({ name: ' ', telephone: '13800138000x', purpose: 'spy' }), {
			'accept-language': 'en-GB',
		});
		expect(await refusal(answer)).toEqual([400, 'invalid', 'Missing or wrong: name, telephone, purpose']);
		expect((await refusal(await post('/api/checkins', form({ host: 'gone' })))).slice(0, 2)).toEqual([400, 'no-such-staff']);
		expect((await refusal(await post('/api/checkins', form({ model: 'any text at all' }))))[2]).toContain('model');
		expect((await house.log.read(0, 100)).some(({ type }) => type.startsWith('checkin') || type.startsWith('visit'))).toBe(false);
	});

	it('lists the people to ask for, and brochures with their pictures', async () => {
		const { hosts } = (await (await get('/api/hosts')).json()) as { hosts: { id: string }[] };
		expect(hosts.map(({ id }) => id).toSorted()).toEqual(['anna', 'bo', 'chen']);
		const [brochure] = (await (await get('/api/brochures')).json()) as BrochureView[];
		expect(brochure?.pages.length).toBe(4);
		for (const page of brochure?.pages ?? []) {
			const picture = await get(page.picture);
			expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8']);
		}
		expect((await refusal(await get('/api/brochures/yaoxing-y7/pictures/none.svg')))[1]).toBe('no-such-brochure');
	});

	it('tells which pages were read', async () => {
		expect((await post('/api/brochures/yaoxing-y7/views', { page: 2, ms: 4500 })).status).toBe(204);
		expect((await post('/api/brochures/yaoxing-y7/views', { page: 9, ms: 1 })).status).toBe(404);
		expect((await house.log.read(0, 100)).filter(({ type }) => type === 'brochure.viewed')).toMatchObject([
			{ type: 'brochure.viewed', body: { brochure: 'yaoxing-y7', page: 2, ms: 4500 } },
		]);
	});
});

describe('the door', () => {
	it('takes JSON only, and not too much of it', async () => {
		const plain = await fetch(`${house.url}/api/checkins`, { method: 'POST', body: '{}', headers: { cookie: manager, 'x-showroom': '1' } });
		expect((await refusal(plain)).slice(0, 2)).toEqual([415, 'not-json']);
		const broken = await fetch(`${house.url}/api/checkins`, {
			...{ method: 'POST', headers: { cookie: manager, 'x-showroom': '1', 'content-type': 'application/json' }, body: '{' },
		});
		expect((await refusal(broken))[1]).toBe('not-json');
		expect((await refusal(await post('/api/checkins', form({ name: 'x'.repeat(70_000) })))).slice(0, 2)).toEqual([413, 'too-large']);
	});

	it.each(['127.0.0.1:8080', 'localhost', 'LOCALHOST:1', '[::1]:8080'])('lets in %s', async (host) => {
		expect((await raw('/api/hosts', { host })).status).toBe(200);
	});

	it.each(['evil.example', '127.0.0.1.evil.example', 'localhost@evil.example', '192.168.1.9:8080'])(
		'keeps out the name %j',
		async (host) => {
			expect([400, 403]).toContain((await raw('/api/hosts', { host })).status);
			expect((await raw('/socket.io/?EIO=4&transport=polling', { host })).status).toBe(403);
		},
	);

	it.each(['https://evil.example', 'null', 'http://localhost.evil.example'])('keeps out pages of %s', async (origin) => {
		expect((await refusal(await post('/api/checkins', form(), { origin }))).slice(0, 2)).toEqual([403, 'not-same-origin']);
		const socket = io(`${house.url}/desk`, {
			...{ auth: { device: 'd', after: 0 }, extraHeaders: { origin, cookie: manager }, reconnection: false, forceNew: true },
		});
		await new Promise((resolve) => socket.on('connect_error', resolve));
		socket.close();
	});

	it('answers everything with the headers that keep a page from being misused', async () => {
		for (const path of ['/api/hosts', '/', '/api/nothing']) {
			const { headers } = await get(path);
			expect(headers.get('content-security-policy')).toContain("default-src 'self'; style-src 'self' 'unsafe-inline'");
			expect(headers.get('x-frame-options')).toBe('DENY');
			expect(headers.get('x-content-type-options')).toBe('nosniff');
			expect(headers.get('access-control-allow-origin')).toBe(null);
		}
		expect((await get('/api/hosts')).headers.get('cache-control')).toBe('no-store');
	});

	it('says plainly that its port is taken', async () => {
		const again = startServer({
			...house.rooms,
			desk: { start: () => {}, stop: () => {}, messages: house.desk.messages },
			...{ host: '127.0.0.1', port: house.port, beyond: null, onBeyond: () => {} },
		});
		await expect(again).rejects.toThrow(`Port ${house.port} on 127.0.0.1 is in use by another program`);
	});

	it('closes while a request hangs and a screen is connected', async () => {
		const hanging = connect(house.port, '127.0.0.1', () => hanging.write('POST /api/checkins HTTP/1.1\r\nhost: localhost\r\ncontent-le'));
		hanging.on('error', () => {});
		const socket = io(`${house.url}/desk`, {
			...{ auth: { device: 'd', after: 0 }, extraHeaders: { cookie: manager }, reconnection: false, forceNew: true },
		});
		await new Promise<void>((resolve) => socket.on('connect', resolve));
		const gone = new Promise((resolve) => hanging.on('close', resolve));
		await house.close();
		await gone;
		house = await openHouse(dataDir);
	});
});

describe('the pages', () => {
	it('say how to build them where they are missing', async () => {
		for (const path of ['/', '/kiosk/']) {
			const answer = await get(path);
			expect(answer.status).toBe(503);
			expect(await answer.text()).toContain('npm run build');
		}
	});

	it('are served from the build, inner addresses too, and nothing outside of it', async () => {
		for (const [room, text] of [
			['console', '<p>console'],
			['kiosk', '<p>kiosk'],
		] as const) {
			await mkdir(join(house.web[room], 'assets'), { recursive: true });
			await writeFile(join(house.web[room], 'index.html'), text);
			await writeFile(join(house.web[room], 'assets/main-1a2b.js'), `// ${room}`);
		}
		await writeFile(join(dataDir, 'secret.txt'), 'secret');
		expect(await (await get('/')).text()).toBe('<p>console');
		expect(await (await get('/visits/2026-11-22')).text()).toBe('<p>console');
		expect(await (await get('/kiosk/')).text()).toBe('<p>kiosk');
		expect((await get('/kiosk')).url).toBe(`${house.url}/kiosk/`);
		const script = await get('/kiosk/assets/main-1a2b.js');
		expect([script.headers.get('content-type'), script.headers.get('cache-control')]).toEqual([
			...['text/javascript; charset=utf-8', 'max-age=31536000, immutable'],
		]);
		expect((await get('/assets/none.js')).status).toBe(404);
		for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/kiosk/..%2f..%2fsecret.txt', '/%00.txt', '/%ff.txt'])
			expect([path, (await raw(path, { host: 'localhost' })).status]).toEqual([path, 404]);
	});
});
