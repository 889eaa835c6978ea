import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../sockets/house.js';
import { Browser } from './browser.js';

const password = 'correct horse battery';
let dataDir: string;
let house: House;
let shift: Partial<Record<'wall' | 'mono', number>> = {};
const clock = (): Instant => {
	const { wall, mono, boot } = now();
	return { wall: wall + (shift.wall ?? 0), mono: mono + (shift.mono ?? 0), boot };
};
const later = (ms: number) => {
	shift = { wall: (shift.wall ?? 0) + ms, mono: (shift.mono ?? 0) + ms };
};
const open = async (staff = true) => {
	house = await openHouse(dataDir, { clock, staff });
};
async function restart(): Promise<void> {
	await house.close();
	await open(false);
}
const browser = () => new Browser(house.url);
const signIn = (name: string, typed = password, code?: string) =>
	browser().post('/api/sign-in', { name, password: typed, ...(code === undefined ? {} : { code }) });

beforeEach(async () => {
	shift = {};
	dataDir = await temporaryFolder();
	await open();
	await house.access.accounts.setPassword('anna', password, 'cli');
});
afterEach(async () => {
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

describe('the set-up code', () => {
	it('makes one administrator, once, and signs them in', async () => {
		const code = (await house.access.signIn.setupCode()) ?? '';
		const first = browser();
		expect((await first.get('/api/me')).body).toEqual({ kind: 'nobody', setupNeeded: true });
		expect((await first.post('/api/setup', { code: 'AAAA-BBBB-CCCC', name: '店主', password })).code).toBe('wrong-code');
		expect((await first.post('/api/setup', { code, name: '店主', password: 'password123' })).code).toBe('weak-password');
		const [made, twice] = await Promise.all([
			first.post('/api/setup', { code: code.toLowerCase().replaceAll('-', ' '), name: '店主', password }),
			browser().post('/api/setup', { code, name: '店主', password }),
		]);
		expect([made.status, twice.status].toSorted()).toEqual([200, 401]);
		expect((await browser().post('/api/setup', { code, name: '乙', password })).code).toBe('set-up-already');
		expect(await house.access.signIn.setupCode()).toBeNull();
		expect((await signIn('店主')).body).toMatchObject({ kind: 'staff', staff: { name: '店主', role: 'administrator' } });
	});

	it('runs out after a day, and a new one replaces it', async () => {
		const old = (await house.access.signIn.setupCode()) ?? '';
		const code = (await house.access.signIn.setupCode()) ?? '';
		expect((await browser().post('/api/setup', { code: old, name: '店主', password })).code).toBe('wrong-code');
		later(24 * 3_600_000);
		expect((await browser().post('/api/setup', { code, name: '店主', password })).code).toBe('wrong-code');
	});

	it('cannot be guessed', async () => {
		const code = (await house.access.signIn.setupCode()) ?? '';
		for (let count = 0; count < 20; count++) await browser().post('/api/setup', { code: `GUESS-${count}`, name: '店主', password });
		const refused = await browser().post('/api/setup', { code, name: '店主', password });
		expect([refused.status, refused.code, refused.headers['retry-after']]).toEqual([429, 'too-many-tries', '30']);
	});
});

describe('signing in', () => {
	it('gives a cookie that no script and no other site gets, and keeps only its hash', async () => {
		const { status, body, cookies } = await signIn('安娜');
		expect([status, body.kind, body.staff.id]).toEqual([200, 'staff', 'anna']);
		const [cookie = ''] = cookies;
		expect(cookie).toMatch(/^showroom-session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
		const token = /=([\w-]{43});/.exec(cookie)?.[1] ?? '';
		await house.close();
		for (const file of ['showroom.db', 'showroom.db-wal'])
			expect((await readFile(join(dataDir, file)).catch(() => Buffer.alloc(0))).includes(token)).toBe(false);
		await open(false);
		// The session survives a restart.
		expect((await browser().get('/api/me', { cookie: `showroom-session=${token}` })).body).toMatchObject({ kind: 'staff' });
	});

	it('says the same whatever was wrong', async () => {
		await house.access.accounts.setPassword('bo', password, 'cli');
		await house.access.accounts.change('bo', { disabled: true }, 'cli');
		const answers = await Promise.all([signIn('安娜', 'wrong wrong wrong'), signIn('nobody here'), signIn('chen'), signIn('bo')]);
		for (const { status, body } of answers) expect([status, body]).toEqual([401, answers[0]?.body]);
		expect(answers[0]?.code).toBe('wrong-sign-in');
	});

	it.each(['安娜', 'nobody here'])('locks after five failures, whether or not there is %j, over a restart too', async (name) => {
		for (let count = 0; count < 5; count++) expect((await signIn(name, 'wrong wrong wrong')).status).toBe(401);
		const locked = await signIn(name);
		expect([locked.status, locked.code, Number(locked.headers['retry-after'])]).toEqual([429, 'too-many-tries', 30]);
		await restart();
		expect((await signIn(name)).status).toBe(429);
		shift = { ...shift, wall: (shift.wall ?? 0) + 86_400_000 };
		expect((await signIn(name)).status).toBe(429);
		later(30_000);
		expect((await signIn(name, 'wrong wrong wrong')).status).toBe(401);
		expect(Number((await signIn(name)).headers['retry-after'])).toBe(60);
		later(60_000);
		expect((await signIn(name)).status).toBe(name === '安娜' ? 200 : 401);
	});

	it('lets no more than five of many at the same time try', async () => {
		const answers = await Promise.all(Array.from({ length: 12 }, () => signIn('anna', 'wrong wrong wrong')));
		expect(answers.filter(({ status }) => status === 401).length).toBe(5);
		expect(answers.filter(({ status }) => status === 429).length).toBe(7);
	});

	it('counts by address too', async () => {
		for (let count = 0; count < 20; count++) await signIn(`guess-${count}`, 'wrong wrong wrong');
		expect((await signIn('anna')).status).toBe(429);
	});

	it('ends after 12 h without use, and after 7 days in any case', async () => {
		const anna = browser();
		await anna.post('/api/sign-in', { name: 'anna', password });
		for (let hour = 0; hour < 7 * 24 - 6; hour += 6) {
			later(6 * 3_600_000);
			if (hour < 6 * 27) expect((await anna.get('/api/me')).body.kind).toBe('staff');
		}
		later(6 * 3_600_000);
		expect((await anna.get('/api/me')).body.kind).toBe('nobody');
		const again = browser();
		await again.post('/api/sign-in', { name: 'anna', password });
		later(12 * 3_600_000);
		expect((await again.get('/api/visits?from=0&to=1')).code).toBe('sign-in-needed');
	});

	it('by a link works once', async () => {
		const code = await house.access.signIn.link('anna');
		const answers = await Promise.all([browser().post('/api/sign-in/link', { code }), browser().post('/api/sign-in/link', { code })]);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
	});
});

describe('a session', () => {
	it('ends with a new password elsewhere, and on demand, with its sockets at once', async () => {
		const [here, there, third] = [browser(), browser(), browser()];
		for (const one of [here, there, third]) await one.post('/api/sign-in', { name: 'anna', password });
		const socket = io(`${house.url}/desk`, {
			...{ forceNew: true, reconnection: false, extraHeaders: { cookie: there.cookie }, auth: { device: 'd', after: 0 } },
		});
		await new Promise<void>((resolve) => socket.on('connect', resolve));
		const gone = new Promise<number>((resolve) => socket.on('disconnect', () => resolve(performance.now())));
		const sessions = (await here.get('/api/me/sessions')).body.sessions as { id: string; current: boolean }[];
		expect([sessions.length, sessions.filter(({ current }) => current).length]).toEqual([3, 1]);
		const theirs = (await there.get('/api/me')).body.session as string;
		const start = performance.now();
		expect((await here.send('DELETE', `/api/me/sessions/${theirs}`, undefined, { 'x-showroom': '1' })).status).toBe(204);
		expect((await gone) - start).toBeLessThan(500);
		expect((await there.get('/api/me/sessions')).code).toBe('sign-in-needed');
		socket.close();

		expect((await here.post('/api/me/password', { current: 'wrong', password: 'another good one' })).code).toBe('wrong-password');
		expect((await here.post('/api/me/password', { current: password, password: 'anna-2024' })).code).toBe('weak-password');
		expect((await here.post('/api/me/password', { current: password, password: 'another good one' })).status).toBe(204);
		expect((await here.get('/api/me')).body.kind).toBe('staff');
		expect((await third.get('/api/me')).body.kind).toBe('nobody');
		expect((await signIn('anna')).status).toBe(401);
		expect((await signIn('anna', 'another good one')).status).toBe(200);
	});

	it('is its owner’s: nobody else but an administrator ends it', async () => {
		await house.access.accounts.add({ id: 'boss', name: '店主', role: 'administrator', onDuty: false, password }, 'cli');
		const anna = browser();
		await anna.post('/api/sign-in', { name: 'anna', password });
		const id = (await anna.get('/api/me')).body.session as string;
		const headers = { 'x-showroom': '1' };
		const bo = { ...headers, cookie: await house.cookie('bo') };
		expect((await browser().send('DELETE', `/api/me/sessions/${id}`, undefined, bo)).code).toBe('no-such-session');
		const boss = { ...headers, cookie: await house.cookie('boss') };
		expect((await browser().send('DELETE', `/api/sessions/${id}`, undefined, boss)).status).toBe(204);
		expect((await anna.get('/api/me')).body.kind).toBe('nobody');
	});

	it('ends when its owner leaves or gets another role; the last administrator stays', async () => {
		await house.access.accounts.add({ id: 'boss', name: '店主', role: 'administrator', onDuty: false, password }, 'cli');
		const boss = { cookie: await house.cookie('boss'), 'x-showroom': '1' };
		const anna = await house.cookie('anna');
		const changed = await browser().send('PATCH', '/api/staff/anna', { role: 'reception' }, boss);
		expect([changed.status, changed.body.role]).toEqual([200, 'reception']);
		expect((await browser().get('/api/me', { cookie: anna })).body.kind).toBe('nobody');
		expect((await browser().send('PATCH', '/api/staff/boss', { disabled: true }, boss)).code).toBe('last-administrator');
		expect((await browser().send('PATCH', '/api/staff/boss', { role: 'manager' }, boss)).code).toBe('last-administrator');
		expect((await browser().send('PATCH', '/api/staff/anna', { disabled: true }, boss)).body).toMatchObject({
			disabled: true,
			onDuty: false,
		});
	});

	it('ends on signing out', async () => {
		const anna = browser();
		await anna.post('/api/sign-in', { name: 'anna', password });
		const { cookie } = anna;
		expect((await anna.post('/api/sign-out')).status).toBe(204);
		expect(anna.jar.size).toBe(0);
		expect((await browser().get('/api/me', { cookie })).body.kind).toBe('nobody');
	});
});

describe('a one-time code', () => {
	it('is asked for once enrolled, is good once, and a recovery code stands in for it', async () => {
		const anna = browser();
		await anna.post('/api/sign-in', { name: 'anna', password });
		expect((await anna.post('/api/me/totp', { password: 'wrong' })).code).toBe('wrong-password');
		const { secret, uri } = (await anna.post('/api/me/totp', { password })).body as { secret: string; uri: string };
		expect(uri).toContain(`secret=${secret}`);
		const codeAt = () => new TOTP({ secret }).generate({ timestamp: clock().wall });
		// Not yet confirmed: nothing has changed.
		expect((await signIn('anna')).status).toBe(200);
		expect((await anna.post('/api/me/totp/confirm', { code: '000000' })).code).toBe('wrong-code');
		const { recoveryCodes } = (await anna.post('/api/me/totp/confirm', { code: codeAt() })).body as { recoveryCodes: string[] };
		expect(recoveryCodes.length).toBe(10);
		expect((await signIn('anna')).code).toBe('code-needed');
		// The code that confirmed it is used up.
		expect((await signIn('anna', password, codeAt())).code).toBe('wrong-code');
		later(30_000);
		const both = await Promise.all([signIn('anna', password, codeAt()), signIn('anna', password, codeAt())]);
		expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401]);
		expect((await signIn('anna', password, recoveryCodes[3]?.toLowerCase())).status).toBe(200);
		expect((await signIn('anna', password, recoveryCodes[3])).code).toBe('wrong-code');
		expect((await anna.post('/api/me/totp/remove', { password })).status).toBe(204);
		expect((await signIn('anna')).status).toBe(200);
		const text = JSON.stringify(await house.log.read(0, 1000));
		for (const kept of [secret, password, ...recoveryCodes]) expect(text).not.toContain(kept);
	});
});

describe('another site', () => {
	it('cannot act in somebody’s name', async () => {
		const anna = browser();
		await anna.post('/api/sign-in', { name: 'anna', password });
		const out = (headers: Record<string, string>) => anna.send('POST', '/api/sign-out', {}, headers);
		const { host } = new URL(house.url);
		expect((await out({})).code).toBe('no-header');
		expect((await out({ origin: `http://${host}` })).code).toBe('no-header');
		for (const origin of ['https://evil.example', 'http://localhost:9', 'null'])
			expect([origin, (await out({ 'x-showroom': '1', origin })).code]).toEqual([origin, 'not-same-origin']);
		for (const site of ['cross-site', 'same-site'])
			expect((await out({ 'x-showroom': '1', 'sec-fetch-site': site })).code).toBe('not-same-origin');
		// Nor may it ask whether it may.
		const asked = await anna.send('OPTIONS', '/api/sign-out', undefined, {
			origin: 'https://evil.example',
			'access-control-request-headers': 'x-showroom',
		});
		expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([404, undefined]);
		expect((await anna.get('/api/me')).body.kind).toBe('staff');
		expect((await out({ 'x-showroom': '1', origin: `http://${host}` })).status).toBe(204);
	});

	it('cannot sign its visitor in as somebody else either', async () => {
		const answer = await browser().send('POST', '/api/sign-in', { name: 'anna', password }, {});
		expect([answer.code, answer.cookies]).toEqual(['no-header', []]);
	});

	it('does not concern programs with a token, whose cookies count for nothing', async () => {
		const { token } = await house.access.tokens.make({ name: '收款', scopes: ['read:visits'], days: 1 }, 'cli');
		const bearer = { authorization: `Bearer ${token}`, cookie: await house.cookie('ma') };
		expect((await browser().get('/api/visits?from=0&to=1', bearer)).status).toBe(200);
		expect((await browser().send('POST', '/api/checkins', {}, bearer)).code).toBe('not-allowed');
		later(86_400_000);
		expect((await browser().get('/api/visits?from=0&to=1', bearer)).code).toBe('sign-in-needed');
	});
});

describe('a device', () => {
	it('is paired with a code that is good once and for ten minutes', async () => {
		const { code } = await house.access.devices.pairingCode({ kind: 'kiosk', name: '前台' });
		expect(code).toMatch(/^\d{8}$/);
		const kiosk = browser();
		const paired = await kiosk.post('/api/pair', { code: `${code.slice(0, 4)} ${code.slice(4)}` });
		expect([paired.status, paired.body.kind, paired.cookies[0]?.includes('HttpOnly; SameSite=Strict')]).toEqual([200, 'kiosk', true]);
		expect((await kiosk.get('/api/me')).body).toMatchObject({ kind: 'device', device: { kind: 'kiosk', name: '前台' } });
		expect((await browser().post('/api/pair', { code })).code).toBe('wrong-code');
		const late = await house.access.devices.pairingCode({ kind: 'board', name: '墙' });
		later(600_000);
		expect((await browser().post('/api/pair', { code: late.code })).code).toBe('wrong-code');
	});

	it('is nobody once revoked, its sockets gone; its phones go with their owner', async () => {
		await expect(house.access.devices.pairingCode({ kind: 'phone', name: '手机', staff: 'nobody' })).rejects.toThrow('not-for-phones');
		const { code } = await house.access.devices.pairingCode({ kind: 'phone', name: '手机', staff: 'anna' });
		const phone = browser();
		await phone.post('/api/pair', { code });
		expect((await phone.get('/api/me')).body).toMatchObject({ kind: 'staff', session: null, staff: { id: 'anna' } });
		const socket = io(`${house.url}/desk`, {
			...{ forceNew: true, reconnection: false, extraHeaders: { cookie: phone.cookie }, auth: { device: 'd', after: 0 } },
		});
		await new Promise<void>((resolve) => socket.on('connect', resolve));
		const gone = new Promise((resolve) => socket.on('disconnect', resolve));
		await house.access.accounts.change('anna', { disabled: true }, 'cli');
		await gone;
		socket.close();
		expect((await phone.get('/api/me')).body.kind).toBe('nobody');
	});

	it('that is a board gets alerts without visits', async () => {
		const { code } = await house.access.devices.pairingCode({ kind: 'board', name: '墙' });
		const board = browser();
		await board.post('/api/pair', { code });
		await house.floor.checkIn(
			{
				id: crypto.randomUUID(),
				name: '王芳',
				telephone: '13800138000',
				purpose: 'quote',
				host: null,
				model: null,
				language: 'zh',
			},
			{ via: 'touch', customer: null, actor: 'kiosk:main' },
		);
		const socket = io(`${house.url}/desk`, { forceNew: true, extraHeaders: { cookie: board.cookie }, auth: { device: 'd', after: 0 } });
		const change = await new Promise<{ visits: unknown[]; alerts: unknown[] }>((resolve) => socket.on('change', resolve));
		socket.close();
		expect([change.visits.length, change.alerts.length]).toEqual([0, 1]);
		expect(JSON.stringify(change)).not.toContain('13800138000');
	});

	it('cannot be paired by guessing', async () => {
		const { code } = await house.access.devices.pairingCode({ kind: 'kiosk', name: '前台' });
		for (let count = 0; count < 20; count++) await browser().post('/api/pair', { code: String(count).padStart(8, '0') });
		expect((await browser().post('/api/pair', { code })).code).toBe('too-many-tries');
	});
});
