import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeSchema, staffRoleSchema } from '../../../edge-agent/contract/access.api.js';
import { startServer } from '../../../edge-agent/http/server.js';
import { permissions } from '../../../edge-agent/people/permissions.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../sockets/house.js';
import { Browser } from './browser.js';

/** Somebody who asks: what they bring, and which words of the table mean them (all of them are needed). */
interface Asker {
	readonly name: string;
	readonly words: readonly string[];
	readonly headers: () => Promise<Record<string, string>>;
}

let dataDir: string;
let house: House;
const askers: Asker[] = [];

async function paired(kind: 'kiosk' | 'board' | 'phone', staff?: string): Promise<string> {
	const { code } = await house.access.devices.pairingCode({ kind, name: kind, ...(staff === undefined ? {} : { staff }) } as never);
	const browser = new Browser(house.url);
	expect((await browser.post('/api/pair', { code })).status).toBe(200);
	return browser.cookie;
}

beforeAll(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	askers.push({ name: 'nobody', words: ['nobody'], headers: async () => ({}) });
	askers.push({ name: 'a made-up cookie', words: ['nobody'], headers: async () => ({ cookie: `showroom-session=${'x'.repeat(43)}` }) });
	askers.push({
		name: 'a made-up token',
		words: ['nobody'],
		headers: async () => ({ authorization: `Bearer showroom_${'x'.repeat(43)}` }),
	});
	for (const role of staffRoleSchema.options) {
		const id = `the-${role}`;
		await house.access.accounts.add({ id, name: `甲${role}`, role, onDuty: true, password: 'correct horse battery' }, 'cli');
		askers.push({ name: role, words: [role], headers: async () => ({ cookie: await house.cookie(id) }) });
	}
	for (const role of ['consultant', 'manager'] as const) {
		const cookie = await paired('phone', `the-${role}`);
		askers.push({ name: `${role}'s phone`, words: ['phone', role], headers: async () => ({ cookie }) });
	}
	for (const kind of ['kiosk', 'board'] as const) {
		const cookie = await paired(kind);
		askers.push({ name: kind, words: [kind], headers: async () => ({ cookie }) });
	}
	for (const scope of scopeSchema.options) {
		const { token } = await house.access.tokens.make({ name: scope, scopes: [scope], days: 1 }, 'cli');
		askers.push({ name: scope, words: [scope], headers: async () => ({ authorization: `Bearer ${token}` }) });
	}
	const { token, id } = await house.access.tokens.make({ name: 'gone', scopes: [...scopeSchema.options], days: 1 }, 'cli');
	await house.access.tokens.revoke(id, 'cli');
	askers.push({ name: 'a revoked token', words: ['nobody'], headers: async () => ({ authorization: `Bearer ${token}` }) });
});
afterAll(async () => {
	await house.close();
	await removeFolder(dataDir);
});

/** What the table says, read anew here. */
function expected(key: string, { words }: Asker): 'in' | 'sign-in-needed' | 'not-allowed' {
	const allowed: readonly string[] = permissions[key] ?? [];
	if (allowed.includes('everybody') || words.every((word) => allowed.includes(word))) return 'in';
	return words.includes('nobody') ? 'sign-in-needed' : 'not-allowed';
}

describe('every route', () => {
	const routes = Object.keys(permissions).filter((key) => !key.startsWith('socket '));

	it.each(routes)('%s', async (key) => {
		const [method = '', path = ''] = key.split(' ');
		const url = path.replace(/:\w+/g, 'none').replace('*', 'page');
		for (const asker of askers) {
			const headers = { 'x-showroom': '1', ...(await asker.headers()) };
			const { status, code } = await new Browser(house.url).send(
				method,
				url,
				method === 'GET' || method === 'DELETE' ? undefined : {},
				headers,
			);
			const found = status === 401 || status === 403 ? code : 'in';
			expect([asker.name, found]).toEqual([asker.name, expected(key, asker)]);
		}
	});

	it('is known: what stands in no row answers nobody, whoever asks', async () => {
		const cookie = await house.cookie('the-administrator');
		for (const [method, path] of [
			['POST', '/'],
			['PUT', '/api/me'],
			['OPTIONS', '/api/staff'],
			['DELETE', '/api/visits'],
		] as const)
			expect([path, (await new Browser(house.url).send(method, path, undefined, { cookie, 'x-showroom': '1' })).status]).toEqual([
				path,
				404,
			]);
	});

	it('and message has an entry, else the server does not start, and says which', async () => {
		const messages = [...house.desk.messages, '/desk shout'];
		const more = startServer({
			...{ ...house.rooms, desk: { start: () => {}, stop: () => {}, messages } },
			...{ host: '127.0.0.1', port: 0, beyond: null, onBeyond: () => {} },
		});
		await expect(more).rejects.toThrow('socket /desk shout: has no entry');
		const fewer = startServer({
			...{ ...house.rooms, desk: { start: () => {}, stop: () => {}, messages: ['/desk connect'] } },
			...{ host: '127.0.0.1', port: 0, beyond: null, onBeyond: () => {} },
		});
		await expect(fewer).rejects.toThrow('socket /desk watch: has an entry, but nothing answers to it');
	});
});

describe('every socket message', () => {
	it.each(['connect', 'present', 'watch', 'calibrate', 'shout'])('/desk %s', async (message) => {
		for (const asker of askers) {
			const socket = io(`${house.url}/desk`, {
				...{ forceNew: true, reconnection: false, transports: ['websocket'], auth: { device: 'd', after: 0 } },
				extraHeaders: await asker.headers(),
			});
			const connected = await new Promise<string>((resolve) => {
				socket.on('connect', () => resolve('in'));
				socket.on('connect_error', ({ message: why }) => resolve(why));
			});
			expect([asker.name, connected]).toEqual([asker.name, expected('socket /desk connect', asker)]);
			if (connected === 'in' && message !== 'connect') {
				house.watched.length = 0;
				const said = message === 'present' ? { visible: true } : 'cam-1';
				// What is heard is answered with nothing.
				const answered = new Promise<string>((resolve) =>
					socket.emit(message, said, (refused?: { error: { code: string } }) => resolve(refused?.error.code ?? 'in')),
				);
				const done = async () => {
					for (let waited = 0; waited < 2000 && house.watched.length === 0; waited += 5) await sleep(5);
					return house.watched.length > 0 ? 'in' : 'nothing happened';
				};
				const want = message === 'shout' ? 'not-allowed' : expected(`socket /desk ${message}`, asker);
				const acts = want === 'in' && message !== 'present';
				expect([asker.name, acts ? await done() : await answered]).toEqual([asker.name, want]);
			}
			socket.close();
		}
	});
});

describe('the table', () => {
	it.each([
		['GET /api/visits', 'board'],
		['GET /api/visits', 'kiosk'],
		['GET /api/visits', 'installer'],
		['POST /api/alerts/:id/accept', 'board'],
		['POST /api/staff', 'manager'],
		['POST /api/tokens', 'manager'],
		['GET /api/log', 'consultant'],
		['socket /desk watch', 'board'],
		['socket /desk calibrate', 'manager'],
		['socket /desk calibrate', 'reception'],
		['POST /api/checkins', 'consultant'],
	])('keeps from %s: %s', (key, word) => {
		expect(permissions[key]).not.toContain(word);
		expect(permissions[key]).not.toContain('everybody');
	});
});
