import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routes } from '../../../edge-agent/contract/routes/index.js';
import type { Route, RouteTable } from '../../../edge-agent/contract/routes/route.js';
import { keepsAnswers, NEVER_KEPT } from '../../../edge-agent/http/idempotency/kept-routes.js';
import { checkDescriptions } from '../../../edge-agent/http/openapi/check-descriptions.js';
import type { OpenApi, Operation } from '../../../edge-agent/http/openapi/openapi.js';
import { permissions } from '../../../edge-agent/people/permissions.js';
import { type House, openHouse, removeFolder, temporaryFolder, walkIn } from '../sockets/house.js';
import { type Ask, asking, checkIn } from './asking.js';

let dataDir: string;
let house: House;
let manager: Ask;
let document: OpenApi;

beforeAll(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	manager = asking(house, await house.cookie('ma'));
	document = (await (await asking(house, '')('GET', '/api/openapi.json')).json()) as OpenApi;
});
afterAll(async () => {
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

const served = Object.keys(permissions).filter((key) => / \/api\//.test(key));
const described: RouteTable = routes;
const operations = (): [string, Operation][] =>
	Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]): [string, Operation] => [
			`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
			operation,
		]),
	);

describe('the OpenAPI document', () => {
	it('describes every route that is served, and no other', () => {
		expect(
			operations()
				.map(([key]) => key)
				.toSorted(),
		).toEqual(served.toSorted());
	});

	it('says who may as the permission table does', () => {
		for (const [key, operation] of operations()) expect([key, operation['x-allowed']]).toEqual([key, permissions[key]]);
	});

	it('has each operation under a name of its own, a tag that is listed, and every parameter of its path', () => {
		const names = operations().map(([, { operationId }]) => operationId);
		expect(new Set(names).size).toBe(names.length);
		for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]+$/);
		const tags = document.tags.map(({ name }) => name as string);
		for (const [key, { tags: own, parameters }] of operations()) {
			expect(tags).toEqual(expect.arrayContaining([...own]));
			const inPath = parameters.filter(({ in: where }) => where === 'path').map(({ name }) => name);
			expect(inPath).toEqual([...key.matchAll(/:(\w+)/g)].map(([, name]) => name));
		}
	});

	it('points nowhere in vain', () => {
		const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, reference = '']) => reference);
		expect(references.length).toBeGreaterThan(20);
		for (const reference of new Set(references)) {
			const found = reference
				.slice(2)
				.split('/')
				.reduce<unknown>((part, step) => (part as Record<string, unknown> | undefined)?.[step], document);
			expect([reference, reference.startsWith('#/'), typeof found]).toEqual([reference, true, 'object']);
		}
		expect(JSON.stringify(document)).not.toContain('$defs');
	});

	it('names problems that there are', () => {
		for (const [key, operation] of operations())
			for (const code of operation['x-problems']) expect([key, code, code in document['x-problems']]).toEqual([key, code, true]);
	});

	it('has examples that its own schemas take', () => {
		let examples = 0;
		for (const [key, route] of Object.entries(described) as [string, Route][])
			for (const part of ['query', 'body', 'answer'] as const) {
				const example = route.example?.[part];
				const schema = route[part];
				if (!example) continue;
				if (!(schema instanceof z.ZodType)) throw new Error(`${key} has an example of what has no schema`);
				examples += 1;
				const parsed = schema.safeParse(example);
				expect([key, part, parsed.error?.issues]).toEqual([key, part, undefined]);
				// A body is changed by being read; an answer is what it is.
				if (part === 'answer') expect(parsed.data).toEqual(example);
			}
		expect(examples).toBeGreaterThan(10);
	});

	it('offers a key where it is heeded', () => {
		const writes = operations().filter(([key]) => !key.startsWith('GET'));
		for (const [key, { parameters }] of writes)
			expect([key, parameters.some(({ name }) => name === 'Idempotency-Key')]).toEqual([key, keepsAnswers(key)]);
		for (const key of NEVER_KEPT) expect([key, Object.hasOwn(described, key)]).toEqual([key, true]);
	});
});

describe('an answer', () => {
	it('is what is told of it, no more and no less', async () => {
		const alert = await walkIn(house);
		await manager('POST', '/api/checkins', checkIn());
		const [open] = await house.log.alerts({ open: true });
		const guest = { id: crypto.randomUUID(), name: '来宾', at: Date.now() + 3_600_000 };
		await house.log.append([], [{ table: 'customer_notes', id: 'li', model: '曜行 Y7', note: '周末' }]);
		const now = Date.now();
		const asked: [keyof typeof routes, Promise<Response>][] = [
			['GET /api/showroom', manager('GET', '/api/showroom')],
			['GET /api/visits', manager('GET', `/api/visits?from=${now - 60_000}&to=${now + 60_000}`)],
			['GET /api/visits', manager('GET', `/api/visits?from=${now - 60_000}&to=${now + 60_000}&limit=1`)],
			['GET /api/alerts', manager('GET', '/api/alerts?open=true')],
			['GET /api/log', manager('GET', '/api/log?limit=1000')],
			['GET /api/customers', manager('GET', '/api/customers')],
			['GET /api/customers/:id', manager('GET', '/api/customers/li')],
			['POST /api/customers', manager('POST', '/api/customers', { name: '赵六' })],
			['GET /api/hosts', manager('GET', '/api/hosts')],
			['GET /api/brochures', manager('GET', '/api/brochures')],
			['POST /api/checkins', manager('POST', '/api/checkins', checkIn())],
			['POST /api/visits', manager('POST', '/api/visits', { id: crypto.randomUUID() })],
			['GET /api/visits/:id', manager('GET', `/api/visits/${open?.visit}`)],
			['GET /api/visits/:id/outcome', manager('GET', `/api/visits/${open?.visit}/outcome`)],
			['GET /api/alerts/:id/why', manager('GET', `/api/alerts/${alert}/why`)],
			['POST /api/alerts/:id/accept', manager('POST', `/api/alerts/${alert}/accept`)],
			['GET /api/reception', manager('GET', '/api/reception')],
			['POST /api/duty', manager('POST', '/api/duty', { state: 'break', minutes: 15 })],
			['PUT /api/customers/:id/wishes', manager('PUT', '/api/customers/li/wishes', { greeting: false, always: true })],
			['POST /api/guests', manager('POST', '/api/guests', guest)],
			['GET /api/guests', manager('GET', `/api/guests?from=0&to=${now + 86_400_000}`)],
			['GET /api/tasks', manager('GET', '/api/tasks?all=true')],
		];
		for (const [key, asking] of asked) {
			const response = await asking;
			const route: Route = routes[key];
			expect([key, response.status]).toEqual([key, route.status ?? 200]);
			const answer: unknown = await response.json();
			if (!(route.answer instanceof z.ZodType)) throw new Error(`${key} has no schema`);
			const parsed = route.answer.safeParse(answer);
			expect([key, parsed.error?.issues]).toEqual([key, undefined]);
			expect([key, parsed.data]).toEqual([key, answer]);
		}
	});
});

describe('the page', () => {
	it('tells the same in both languages, with no script and nothing from elsewhere', async () => {
		for (const [language, words] of [
			['zh', '到店记录，最新在前'],
			['en', 'Visits, newest first'],
		] as const) {
			const answer = await asking(house, '')('GET', '/api/docs', undefined, { 'accept-language': language });
			const page = await answer.text();
			expect(answer.headers.get('content-type')).toContain('text/html');
			expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
			expect(page).toContain(words);
			expect(page).toContain(`<html lang="${language}">`);
			expect(page).not.toMatch(/<script|src=|href="(?!\/|#|\?)|@import|url\(/);
			for (const path of Object.keys(document.paths)) expect(page).toContain(`<code>${path}</code>`);
			for (const [, name] of page.matchAll(/href="#([^"]+)"/g)) expect([name, page.includes(`id="${name}"`)]).toEqual([name, true]);
		}
		const asked = await asking(house, '')('GET', '/api/docs?lang=en', undefined, { 'accept-language': 'zh' });
		expect(await asked.text()).toContain('<html lang="en">');
	});
});

describe('the server', () => {
	it('does not start with a route that nobody has described, nor with a description without a route', () => {
		expect(() => checkDescriptions(served)).not.toThrow();
		expect(() => checkDescriptions([...served, 'GET /api/more'])).toThrow('GET /api/more: nobody has described it');
		expect(() => checkDescriptions(served.filter((key) => key !== 'GET /api/log'))).toThrow('GET /api/log: is described, but nothing');
		const wrong: RouteTable = { 'GET /api/log': { tag: 'system', summary: { zh: '', en: '' }, errors: ['no-such-thing'] } };
		expect(() => checkDescriptions(['GET /api/log'], wrong)).toThrow('GET /api/log: no problem is called no-such-thing');
	});
});
