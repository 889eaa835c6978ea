import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type House, openHouse, removeFolder, temporaryFolder, walkIn } from '../sockets/house.js';
import { type Ask, asking, checkIn, problem } from './asking.js';

let dataDir: string;
let house: House;
let manager: Ask;

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	manager = asking(house, await house.cookie('ma'));
});
afterEach(async () => {
	await house.close();
	expect(house.problems.splice(0)).toEqual([]);
	await removeFolder(dataDir);
});

const add = (name: string, key: string, ask: Ask = manager) => ask('POST', '/api/customers', { name }, { 'idempotency-key': key });
const named = async (name: string) => (await house.log.customers()).filter((customer) => customer.name === name).length;

describe('a write with an Idempotency-Key', () => {
	it('is done once, and answered again as it was', async () => {
		const first = await add('赵六', 'k-1');
		const again = await add('赵六', '"k-1"');
		expect([first.status, again.status]).toEqual([201, 201]);
		expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
		expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
		expect(again.headers.get('cache-control')).toBe('no-store');
		expect(await again.json()).toEqual(await first.json());
		expect(await named('赵六')).toBe(1);
		// Without a key, or with another one, it is another customer.
		await manager('POST', '/api/customers', { name: '赵六' });
		await add('赵六', 'k-2');
		expect(await named('赵六')).toBe(3);
	});

	it('is done once when it comes several times at once', async () => {
		const answers = await Promise.all(Array.from({ length: 8 }, () => add('钱七', 'k')));
		const done = answers.filter(({ status }) => status === 201);
		expect(done.length).toBeGreaterThan(0);
		for (const answer of answers.filter(({ status }) => status !== 201))
			expect(await problem(Promise.resolve(answer))).toMatchObject({ answered: 409, code: 'still-running' });
		const ids = await Promise.all(done.map(async (answer) => ((await answer.json()) as { id: string }).id));
		expect(new Set(ids).size).toBe(1);
		expect(await named('钱七')).toBe(1);
		expect((await add('钱七', 'k')).headers.get('idempotent-replayed')).toBe('true');
	});

	it('is refused when its key was used for something else: another body, path or method', async () => {
		await add('孙八', 'k');
		const others: [string, string, unknown][] = [
			['POST', '/api/customers', { name: '孙九' }],
			['POST', '/api/checkins', { name: '孙八' }],
			['PATCH', '/api/customers/li', { name: '孙八' }],
		];
		for (const [method, path, body] of others)
			expect(await problem(manager(method, path, body, { 'idempotency-key': 'k' }))).toMatchObject({ answered: 422, code: 'key-reused' });
		expect([await named('孙八'), await named('孙九'), await named('李雷')]).toEqual([1, 0, 1]);
	});

	it('is somebody’s own: the same key of somebody else is another one', async () => {
		const anna = asking(house, await house.cookie('anna'));
		const answers = await Promise.all([add('周十', 'k'), add('周十', 'k', anna)]);
		expect(answers.map(({ status }) => status)).toEqual([201, 201]);
		expect(await named('周十')).toBe(2);
	});

	it('asks each time whether its sender still may', async () => {
		const token = await house.access.tokens.make({ name: 'dms', scopes: ['write:customers'], days: 1 }, 'system');
		const program = asking(house, '');
		const headers = { authorization: `Bearer ${token.token}`, 'idempotency-key': 'k' };
		expect((await program('POST', '/api/customers', { name: '吴一' }, headers)).status).toBe(201);
		expect((await program('POST', '/api/customers', { name: '吴一' }, headers)).headers.get('idempotent-replayed')).toBe('true');
		await house.access.tokens.revoke(token.id, 'system');
		expect((await program('POST', '/api/customers', { name: '吴一' }, headers)).status).toBe(401);
	});

	it('keeps a refusal and an empty answer too, and no failure', async () => {
		const alert = await walkIn(house);
		for (const replayed of [null, 'true']) {
			const refused = await manager('POST', '/api/customers', {}, { 'idempotency-key': 'refused' });
			expect([refused.status, refused.headers.get('idempotent-replayed')]).toEqual([400, replayed]);
			expect(refused.headers.get('content-type')).toBe('application/problem+json');
			const read = await manager('POST', '/api/brochures/yaoxing-y7/views', { page: 0, ms: 1 }, { 'idempotency-key': 'empty' });
			expect([read.status, read.headers.get('idempotent-replayed'), await read.text()]).toEqual([204, replayed, '']);
			const accepted = await manager('POST', `/api/alerts/${alert}/accept`, undefined, { 'idempotency-key': 'no-body' });
			expect([accepted.status, accepted.headers.get('idempotent-replayed')]).toEqual([200, replayed]);
		}
		const append = house.log.append;
		house.log.append = () => Promise.reject(new Error('the disk is full'));
		expect((await add('郑二', 'failed')).status).toBe(500);
		house.log.append = append;
		expect(house.problems.splice(0).length).toBe(1);
		const again = await add('郑二', 'failed');
		expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, null]);
	});

	it.each([
		['empty', ''],
		['too long', 'x'.repeat(256)],
		['of other characters', 'a b'],
		['only quotation marks', '""'],
	])('is refused with a key that is %s', async (_, key) => {
		expect(await problem(add('王三', key))).toMatchObject({ answered: 400, code: 'bad-key' });
		expect(await named('王三')).toBe(0);
	});

	it('goes by the longest key that there may be', async () => {
		const key = 'x'.repeat(255);
		expect((await add('冯四', key)).status).toBe(201);
		expect((await add('冯四', key)).headers.get('idempotent-replayed')).toBe('true');
	});

	it('is forgotten by a restart; what was created with its sender’s id is still there once', async () => {
		const form = checkIn();
		const send = () => manager('POST', '/api/checkins', form, { 'idempotency-key': 'k' });
		const first = (await (await send()).json()) as { visit: string };
		await house.close();
		house = await openHouse(dataDir, { staff: false });
		manager = asking(house, await house.cookie('ma'));
		const again = await send();
		expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, null]);
		expect(((await again.json()) as { visit: string }).visit).toBe(first.visit);
		expect((await house.log.read(0, 1000)).filter(({ type }) => type === 'checkin.recorded').length).toBe(1);
	});

	it('tells nobody of somebody who was erased since', async () => {
		await add('蒋五', 'k');
		const erased = await manager('POST', '/api/consent/people/li/withdrawals', { level: 'everything' });
		expect(erased.status).toBe(200);
		expect((await add('蒋五', 'k')).headers.get('idempotent-replayed')).toBe(null);
	});

	it('that opens a session or hands out a secret is done each time', async () => {
		const administrator = await house.access.accounts.add({ name: '管理员', role: 'administrator', onDuty: false }, 'system');
		const ask = asking(house, await house.cookie(administrator.id));
		const make = async () => {
			const answer = await ask('POST', '/api/tokens', { name: 'dms', scopes: ['read:log'] }, { 'idempotency-key': 'k' });
			expect(answer.headers.get('idempotent-replayed')).toBe(null);
			return ((await answer.json()) as { token: string }).token;
		};
		expect(await make()).not.toBe(await make());
	});
});
