import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../sockets/house.js';
import { Browser } from './browser.js';

const [former, chosen] = ['correct horse battery', 'four quiet lanterns'];
let dataDir: string;
let house: House;
let boss: Record<string, string>;
let ahead = 0;
const clock = (): Instant => {
	const { wall, mono, boot } = now();
	return { wall: wall + ahead, mono: mono + ahead, boot };
};
const browser = () => new Browser(house.url);
const signIn = (password: string, code?: string) =>
	browser().post('/api/sign-in', { name: 'anna', password, ...(code === undefined ? {} : { code }) });
const made = async (staff = 'anna') => (await browser().post(`/api/staff/${staff}/password-code`, {}, boss)).body.code as string;
const choose = (code: string, password = chosen) => browser().post('/api/sign-in/password', { code, password });

beforeEach(async () => {
	ahead = 0;
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir, { clock });
	await house.access.accounts.setPassword('anna', former, 'cli');
	await house.access.accounts.add({ id: 'boss', name: '店主', role: 'administrator', onDuty: false, password: former }, 'cli');
	boss = { cookie: await house.cookie('boss') };
});
afterEach(async () => {
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

describe('a code to choose a password with', () => {
	it('is an administrator’s to make, and works once, with the old password until then', async () => {
		const answer = await browser().post('/api/staff/anna/password-code', {}, boss);
		const { code, expiresAt } = answer.body;
		expect([answer.status, expiresAt - clock().wall > 23.9 * 3_600_000, /^\w{4}-\w{4}-\w{4}$/.test(code)]).toEqual([200, true, true]);
		expect((await browser().post('/api/staff/nobody/password-code', {}, boss)).code).toBe('no-staff');
		expect((await browser().post('/api/staff/anna/password-code', {}, { cookie: await house.cookie('ma') })).code).toBe('not-allowed');
		expect((await signIn(former)).status).toBe(200);

		const answers = await Promise.all([choose(code, chosen), choose(code, 'somebody else here')]);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401]);
		const mine = answers[0].status === 200 ? chosen : 'somebody else here';
		expect((await choose(code)).code).toBe('wrong-code');
		expect((await signIn(former)).code).toBe('wrong-sign-in');
		expect((await signIn(mine)).status).toBe(200);
	});

	it('is asked for a password where other codes sign in, and stays good', async () => {
		const code = await made();
		for (const typed of [code, code.toLowerCase().replaceAll('-', ' ')])
			expect((await browser().post('/api/sign-in/link', { code: typed })).code).toBe('new-password-needed');
		expect((await browser().post('/api/sign-in/link', { code: 'ABCD-EFGH-JKLM' })).code).toBe('wrong-code');
		expect((await choose(code, 'password123')).code).toBe('weak-password');
		expect((await choose(code, 'anna-2024')).code).toBe('weak-password');
		expect((await choose(code.toLowerCase())).body).toEqual({ staff: 'anna' });
	});

	it('ends every session of its owner with its sockets, opens none, and forgets what was tried in vain', async () => {
		const [here, there] = [browser(), browser()];
		for (const one of [here, there]) await one.post('/api/sign-in', { name: 'anna', password: former });
		const socket = io(`${house.url}/desk`, {
			...{ forceNew: true, reconnection: false, extraHeaders: { cookie: there.cookie }, auth: { device: 'd', after: 0 } },
		});
		await new Promise<void>((resolve) => socket.on('connect', resolve));
		const gone = new Promise((resolve) => socket.on('disconnect', resolve));
		for (let count = 0; count < 5; count++) await signIn('wrong wrong wrong');
		expect((await signIn(former)).code).toBe('too-many-tries');
		expect((await choose(await made())).cookies).toEqual([]);
		await gone;
		socket.close();
		for (const one of [here, there]) expect((await one.get('/api/me')).body.kind).toBe('nobody');
		expect((await signIn(chosen)).status).toBe(200);
	});

	it('does not stand in for the authenticator, which an administrator switches off by itself', async () => {
		const anna = browser();
		await anna.post('/api/sign-in', { name: 'anna', password: former });
		const { secret } = (await anna.post('/api/me/totp', { password: former })).body as { secret: string };
		const codeNow = () => new TOTP({ secret }).generate({ timestamp: clock().wall });
		await anna.post('/api/me/totp/confirm', { code: codeNow() });
		await choose(await made());
		ahead += 30_000;
		expect((await signIn(chosen)).code).toBe('code-needed');
		expect((await signIn(chosen, codeNow())).status).toBe(200);
		expect((await browser().send('DELETE', '/api/staff/anna/totp', undefined, { ...boss, 'x-showroom': '1' })).status).toBe(204);
		expect((await signIn(chosen)).status).toBe(200);
	});

	it('is the first way in for somebody new', async () => {
		const added = (await browser().post('/api/staff', { name: '新人', role: 'consultant' }, boss)).body;
		expect(added.canSignIn).toBe(false);
		expect((await choose(await made(added.id))).body).toEqual({ staff: added.id });
		expect((await browser().post('/api/sign-in', { name: '新人', password: chosen })).status).toBe(200);
	});

	it('is void after a day, after another one was made, and for whoever has left', async () => {
		const [first, second] = [await made(), await made()];
		expect((await choose(first)).code).toBe('wrong-code');
		ahead += 24 * 3_600_000;
		expect((await choose(second)).code).toBe('wrong-code');
		boss = { cookie: await house.cookie('boss') };
		const third = await made();
		await house.access.accounts.change('anna', { disabled: true }, 'cli');
		expect((await choose(third)).code).toBe('wrong-code');
	});

	it('cannot be guessed', async () => {
		const code = await made();
		for (let count = 0; count < 20; count++) await choose(`GUES-SEDX-${1000 + count}`);
		expect((await choose(code)).code).toBe('too-many-tries');
	});

	it('stands nowhere as it is; what the log says is who made it and who used it', async () => {
		const code = await made();
		await choose(code);
		const events = await house.log.read(0, 1000);
		expect(events.flatMap(({ type, actor, body }) => (type === 'account.changed' ? [[actor, body]] : [])).slice(1)).toEqual([
			[expect.stringMatching('staff:boss'), { staff: 'anna', what: 'password-code' }],
			['staff:anna', { staff: 'anna', what: 'password' }],
		]);
		const kept = await made();
		await house.close();
		for (const file of ['showroom.db', 'showroom.db-wal']) {
			const bytes = await readFile(join(dataDir, file)).catch(() => Buffer.alloc(0));
			for (const secret of [code, kept, chosen]) expect(bytes.includes(secret)).toBe(false);
		}
		house = await openHouse(dataDir, { clock, staff: false });
		expect((await choose(kept)).status).toBe(200);
	});
});
