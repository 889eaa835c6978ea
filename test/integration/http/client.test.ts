import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import type { AlertView, CheckInAnswer, VisitsAnswer } from '../../../edge-agent/contract/api.js';
import { type Client, createClient } from '../../../edge-agent/contract/client.js';
import { RequestError } from '../../../edge-agent/contract/request.js';
import { type House, openHouse, removeFolder, temporaryFolder, walkIn } from '../sockets/house.js';
import { checkIn } from './asking.js';

let dataDir: string;
let house: House;
let token: string;
/** Between client and house: loses the answers (or requests) that it is told to. */
let line: Server;
let lose: ('answer' | 'request')[];
const passed: string[] = [];

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	const scopes = ['read:visits', 'read:log', 'write:checkins', 'read:customers', 'write:customers'] as const;
	token = (await house.access.tokens.make({ name: 'dms', scopes: [...scopes], days: 1 }, 'system')).token;
	lose = [];
	passed.length = 0;
	line = createServer((incoming, answer) => {
		const lost = lose.shift();
		if (lost === 'request') return void incoming.socket.destroy();
		passed.push(`${incoming.method} ${incoming.url}`);
		const { method = 'GET', url = '/', headers } = incoming;
		const onward = httpRequest({ host: '127.0.0.1', port: house.port, method, path: url, headers }, (back: IncomingMessage) => {
			if (lost === 'answer') {
				back.resume().on('end', () => incoming.socket.destroy());
				return;
			}
			answer.writeHead(back.statusCode ?? 0, back.headers);
			back.pipe(answer);
		});
		incoming.pipe(onward);
	});
	await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
	line.closeAllConnections();
	line.close();
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

const client = (): Client => createClient({ base: `http://127.0.0.1:${(line.address() as AddressInfo).port}`, token });
const failure = (work: Promise<unknown>): Promise<RequestError> =>
	work.then(
		() => Promise.reject(new Error('it went well')),
		(error: unknown) => (error instanceof RequestError ? error : Promise.reject(error)),
	);

describe('the typed client', () => {
	it('fills in path and query and gives back what the agent answers', async () => {
		await walkIn(house);
		const now = Date.now();
		const visits = await client().call('GET /api/visits', { query: { from: now - 60_000, to: now + 60_000, limit: 5 } });
		expectTypeOf(visits).toEqualTypeOf<VisitsAnswer>();
		expect(visits).toMatchObject({ visits: [{ source: 'crossing' }], next: null });
		expect((await client().call('GET /api/customers/:id', { params: { id: 'li' } })).name).toBe('李雷');
		expect((await client().call('GET /api/log', { query: { after: 0, limit: 1 } })).events.length).toBe(1);
		expectTypeOf(client().call<'POST /api/alerts/:id/accept'>).returns.resolves.toEqualTypeOf<AlertView>();
		expectTypeOf(client().call<'POST /api/checkins'>).returns.resolves.toEqualTypeOf<CheckInAnswer>();
		expectTypeOf(client().call<'POST /api/sign-out'>).returns.resolves.toEqualTypeOf<null>();
	});

	it('is held to the table by the compiler', () => {
		const never = () => [
			// @ts-expect-error: there is no such route
			client().call('GET /api/nothing'),
			// @ts-expect-error: the path has an id
			client().call('GET /api/customers/:id'),
			// @ts-expect-error: a time is a number
			client().call('GET /api/visits', { query: { from: 'yesterday', to: 1 } }),
			// @ts-expect-error: nobody closes an alert so
			client().call('POST /api/alerts/:id/close', { params: { id: 'a' }, body: { reason: 'bored' } }),
		];
		expect(never).toBeTypeOf('function');
	});

	it('escapes what stands in a path', async () => {
		const error = await failure(client().call('GET /api/customers/:id', { params: { id: '../visits?from=0' } }));
		expect(error.code).toBe('no-such-person');
		expect(passed).toEqual(['GET /api/customers/..%2Fvisits%3Ffrom%3D0']);
	});

	it('turns a problem into an error that programs decide by and people read', async () => {
		const heard: string[] = [];
		const speaking = createClient({ base: house.url, token, onError: ({ code }) => heard.push(code) });
		const body = { ...checkIn(), name: ' ', purpose: 'other' as const, language: 'en' as const };
		const error = await failure(speaking.call('POST /api/checkins', { body, language: 'en' }));
		expect([error.code, error.status, error.message]).toEqual(['invalid', 400, 'Missing or wrong: name']);
		expect(error.problem?.fields).toEqual([{ field: 'name', problem: 'too-small' }]);
		expect(heard).toEqual(['invalid']);
		expect(await failure(createClient({ base: 'http://127.0.0.1:1' }).call('GET /api/me'))).toMatchObject({ code: 'network', status: 0 });
	});

	it.each(['answer', 'request'] as const)('sends a write with a key once more when its %s is lost, and it is done once', async (what) => {
		lose = [what];
		const customer = await client().call('POST /api/customers', { body: { name: '赵六' }, key: 'k' });
		expect(customer.name).toBe('赵六');
		expect((await house.log.customers()).filter(({ name }) => name === '赵六').length).toBe(1);
	});

	it('waits for the write that got through when it is still running', async () => {
		const append = house.log.append;
		house.log.append = async (...given) => {
			await new Promise((resolve) => setTimeout(resolve, 700));
			return append.apply(house.log, given);
		};
		const direct = fetch(`${house.url}/api/customers`, {
			...{ method: 'POST', body: JSON.stringify({ name: '钱七' }) },
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': 'k' },
		});
		await expect.poll(() => house.log.append).not.toBe(append);
		lose = ['request'];
		const customer = await client().call('POST /api/customers', { body: { name: '钱七' }, key: 'k' });
		expect(customer).toEqual(await (await direct).json());
		expect((await house.log.customers()).filter(({ name }) => name === '钱七').length).toBe(1);
	});

	it('sends nothing twice without a key, nor with one when the line is lost twice', async () => {
		lose = ['answer'];
		expect((await failure(client().call('POST /api/customers', { body: { name: '孙八' } }))).code).toBe('network');
		lose = ['request', 'request'];
		expect((await failure(client().call('POST /api/customers', { body: { name: '李九' }, key: 'k' }))).code).toBe('network');
		expect((await house.log.customers()).map(({ name }) => name).filter((name) => name === '孙八' || name === '李九')).toEqual(['孙八']);
	});
});

describe('a customer', () => {
	it('whose id the sender made is made once, for ever, and never in a member of staff’s place', async () => {
		const body = { id: crypto.randomUUID(), name: '周十' };
		const first = await client().call('POST /api/customers', { body });
		expect(await client().call('POST /api/customers', { body })).toEqual(first);
		expect((await client().call('POST /api/customers', { body: { ...body, name: '别人' } })).name).toBe('周十');
		const staff = await house.access.accounts.add({ name: '郑二', role: 'consultant', onDuty: true }, 'system');
		expect((await failure(client().call('POST /api/customers', { body: { id: staff.id, name: '周十' } }))).code).toBe('id-taken');
	});
});
