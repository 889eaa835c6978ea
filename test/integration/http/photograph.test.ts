import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ConsentPurpose } from '../../../edge-agent/contract/consent.api.js';
import { live, Stage } from '../sockets/stage.js';

const stage = new Stage();
let jpeg: Uint8Array;
let alert: string;
let visit: string;

const ask = async (cookie: string, id = alert) => fetch(`${stage.house.url}/api/alerts/${id}/photograph`, { headers: { cookie } });
const status = async (cookie: string) => (await ask(cookie)).status;
const session = (staff: string) => stage.house.cookie(staff);
async function paired(kind: 'board' | 'kiosk' | 'phone', staff?: string): Promise<string> {
	const { devices } = stage.house.access;
	const { code } = await devices.pairingCode(kind === 'phone' ? { kind, name: kind, staff: staff ?? '' } : { kind, name: kind });
	return `showroom-device=${(await devices.pair(code, '127.0.0.1')).token}`;
}
async function grant(...purposes: ConsentPurpose[]): Promise<void> {
	const { consent } = stage.house.rooms;
	const notice = (await consent.notices()).find(({ audience, current }) => audience === 'customer' && current)?.hash ?? '';
	await consent.grant('staff:anna', 'li', { notice, purposes, via: 'paper', language: 'zh', under14: false, guardian: null });
}
const picture = async (background: string) =>
	new Uint8Array(
		await sharp({ create: { width: 90, height: 120, channels: 3, background } })
			.jpeg()
			.toBuffer(),
	);

beforeEach(async () => {
	const { log, floor, access } = stage.house;
	jpeg = await picture('#b98');
	await access.accounts.add({ id: 'rosa', name: '前台', role: 'reception', onDuty: true }, 'cli');
	await access.accounts.add({ id: 'ada', name: '管理员', role: 'administrator', onDuty: false }, 'cli');
	await grant('recognition', 'photograph');
	await log.append([], [{ table: 'photographs', id: 'photograph-1', person: 'li', jpeg: await picture('#123') }]);
	await log.append([], [{ table: 'photographs', id: 'photograph-2', person: 'li', jpeg }]);
	// Who can be reached is told first.
	await live(stage.screen('bo', 'desktop'));
	const who = { person: 'li', kind: 'customer' } as const;
	const at = { wall: Date.now(), mono: Number(process.hrtime.bigint()) / 1e6, boot: 'b' };
	await floor.see({ kind: 'crossing', camera: 'cam-1', entrance: 'main', direction: 'in', who, track: 1, at });
	const [opened] = await log.alerts({ open: true });
	expect(opened).toMatchObject({ told: ['bo'], photograph: true });
	[alert, visit] = [opened?.id ?? '', opened?.visit ?? ''];
});

describe('the photograph of whoever is waited for', () => {
	it('is the newest one kept, for whoever was told, in no cache, and on record', async () => {
		const answer = await ask(await session('bo'));
		expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
			200,
			'image/jpeg',
			'no-store',
		]);
		expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(jpeg))).toBe(true);
		expect((await stage.logged('person.read')).map(({ actor, body }) => [actor, body])).toEqual([
			['staff:bo', { person: 'li', purpose: 'customer-care' }],
		]);
	});

	it('is for their phone, whoever took the alert, reception and managers as well', async () => {
		expect(await status(await paired('phone', 'bo'))).toBe(200);
		expect([await status(await session('rosa')), await status(await session('ma'))]).toEqual([200, 200]);
		expect(await status(await session('anna'))).toBe(403);
		await stage.house.floor.alerts.accept(alert, 'anna');
		expect(await status(await session('anna'))).toBe(200);
	});

	it('is for nobody else: a colleague, their phone, an administrator, a wall, a kiosk, a program, nobody', async () => {
		const { token } = await stage.house.access.tokens.make({ name: 't', scopes: ['read:visits', 'read:customers'], days: 1 }, 'cli');
		const refused = await Promise.all(
			[session('anna'), session('chen'), paired('phone', 'anna'), session('ada'), paired('board'), paired('kiosk')].map(async (cookie) =>
				status(await cookie),
			),
		);
		expect(refused).toEqual([403, 403, 403, 403, 403, 403]);
		const program = await fetch(`${stage.house.url}/api/alerts/${alert}/photograph`, { headers: { authorization: `Bearer ${token}` } });
		expect([program.status, await status('')]).toEqual([403, 401]);
		expect(await stage.logged('person.read')).toEqual([]);
	});

	it('is nowhere once the customer has left, or took the consent back, or gave one without it', async () => {
		await grant('recognition');
		expect(await status(await session('bo'))).toBe(404);
		await grant('recognition', 'photograph');
		expect(await status(await session('bo'))).toBe(200);
		await stage.house.floor.alerts.greet(alert, 'bo');
		expect(await status(await session('bo'))).toBe(200);
		await stage.house.floor.visits.close(visit, 'bo', 'left');
		expect(await status(await session('bo'))).toBe(404);
		expect((await ask(await session('bo'), 'no-such-alert')).status).toBe(404);
	});

	it('is gone with the consent', async () => {
		await stage.house.rooms.consent.withdraw('staff:bo', 'li', 'face');
		expect(await status(await session('bo'))).toBe(404);
		await stage.house.rooms.consent.withdraw('staff:bo', 'li', 'everything');
		expect(await status(await session('ma'))).toBe(404);
	});

	it('is not there for somebody whom nobody knows', async () => {
		const form = {
			id: crypto.randomUUID(),
			name: '韩梅梅',
			telephone: null,
			model: null,
			language: 'zh',
			purpose: 'quote',
			host: 'bo',
		} as const;
		await stage.house.floor.checkIn(form, { via: 'touch', customer: null, actor: 'kiosk:main' });
		const unknown = (await stage.house.log.alerts({ open: true })).find(({ customer }) => customer === null);
		expect((await ask(await session('ma'), unknown?.id)).status).toBe(404);
	});
});
