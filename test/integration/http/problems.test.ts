import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../../edge-agent/contract/problem.api.js';
import { errorCodes } from '../../../edge-agent/http/api-error.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../sockets/house.js';
import { type Ask, asking, checkIn, problem } from './asking.js';

let dataDir: string;
let house: House;
let manager: Ask;
let nobody: Ask;

beforeAll(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	manager = asking(house, await house.cookie('ma'));
	nobody = asking(house, '');
});
afterAll(async () => {
	await house.close();
	await removeFolder(dataDir);
});

describe('a problem', () => {
	const kinds: readonly [string, () => Promise<Response>, number][] = [
		['sign-in-needed', () => nobody('GET', '/api/visits?from=0&to=1'), 401],
		['not-allowed', () => manager('POST', '/api/tokens', { name: 'x', scopes: ['read:log'] }), 403],
		['no-header', () => manager('POST', '/api/checkins', checkIn(), { 'x-showroom': '0' }), 403],
		['not-same-origin', () => manager('POST', '/api/checkins', checkIn(), { origin: 'https://evil.example' }), 403],
		['not-found', () => manager('GET', '/api/nothing'), 404],
		['not-json', () => manager('POST', '/api/checkins', '{'), 415],
		['too-large', () => manager('POST', '/api/checkins', checkIn({ name: 'x'.repeat(70_000) })), 413],
		['invalid', () => manager('POST', '/api/checkins', {}), 400],
		['no-such-alert', () => manager('POST', '/api/alerts/none/accept'), 404],
		['no-such-person', () => manager('GET', '/api/customers/none'), 404],
	];

	it.each(kinds)('%s comes as application/problem+json that says what its schema says', async (code, ask, status) => {
		const { media, answered, ...told } = await problem(ask());
		expect([media, answered]).toEqual(['application/problem+json', status]);
		expect(problemSchema.strict().parse(told)).toEqual(told);
		expect(told).toMatchObject({ type: `/problems/${code}`, code, status });
		expect(told.title).toMatch(/^[A-Z]/);
	});

	it('is told in the language of the request; its title and code stay', async () => {
		const [zh, en] = await Promise.all(
			['zh-CN', 'en'].map((language) => problem(manager('GET', '/api/nothing', undefined, { 'accept-language': language }))),
		);
		expect([zh?.detail, en?.detail]).toEqual(['没有这个地址。', 'There is nothing at this address.']);
		expect(zh?.title).toBe(en?.title);
	});

	it('names the fields that are wrong and how, never what stood in them', async () => {
		const secret = '13800138000x';
		const told = await problem(
			manager('POST', '/api/checkins', { ...checkIn({ telephone: secret, purpose: secret }), name: 7, language: undefined }),
		);
		expect(told.fields?.toSorted((a, b) => a.field.localeCompare(b.field))).toEqual([
			{ field: 'language', problem: 'missing' },
			{ field: 'name', problem: 'type' },
			{ field: 'purpose', problem: 'choice' },
			{ field: 'telephone', problem: 'format' },
		]);
		expect(JSON.stringify(told)).not.toContain(secret);
		// A field that nobody knows is named by whoever sends it: it is not repeated.
		const unknown = await problem(manager('POST', '/api/consent/people/li/withdrawals', { level: 'face', [secret]: 1 }));
		expect(unknown.fields).toEqual([{ field: 'JSON', problem: 'unknown' }]);
		expect(JSON.stringify(unknown)).not.toContain(secret);
	});

	it('of a failure says nothing of its cause', async () => {
		const page = house.log.customerPage;
		house.log.customerPage = () => Promise.reject(new Error('the password is swordfish'));
		const told = await problem(manager('GET', '/api/customers'));
		house.log.customerPage = page;
		expect(told).toMatchObject({ code: 'failed', answered: 500, media: 'application/problem+json' });
		expect(JSON.stringify(told)).not.toContain('swordfish');
		expect(house.problems.splice(0)).toMatchObject([['GET /api/customers failed', { message: 'the password is swordfish' }]]);
	});

	it('has a type that leads to where its code is explained', async () => {
		const page = await (await nobody('GET', '/api/docs')).text();
		for (const { code } of errorCodes()) {
			const answer = await fetch(`${house.url}/problems/${code}`, { redirect: 'manual' });
			expect([code, answer.status, answer.headers.get('location')]).toEqual([code, 302, `/api/docs#problem-${code}`]);
			expect(page).toContain(`id="problem-${code}"`);
		}
		expect((await nobody('GET', '/problems/none')).status).toBe(404);
	});
});
