import type { z } from 'zod';
import { scopeSchema } from '../../contract/access.api.js';
import { PROBLEM_TYPE, problemSchema } from '../../contract/problem.api.js';
import { type Bytes, type InWords, type Route, type RouteTable, tags } from '../../contract/routes/route.js';
import { permissions } from '../../people/permissions.js';
import { errorCodes, titleOf } from '../api-error.js';
import { keepsAnswers } from '../idempotency/kept-routes.js';
import { about } from './about.js';
import { type JsonSchema, Schemas } from './schemas.js';

/** What any route may answer, besides its own problems. */
const ANYWHERE = ['sign-in-needed', 'not-allowed', 'failed'];
const WITH_BODY = ['invalid', 'not-json', 'too-large'];
const WITH_KEY = ['bad-key', 'still-running', 'key-reused'];

export interface Parameter {
	readonly name: string;
	readonly in: 'path' | 'query' | 'header';
	readonly required: boolean;
	readonly description?: string;
	readonly 'x-zh'?: string;
	readonly schema: JsonSchema;
}
interface Content {
	readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema; readonly example?: unknown }>>;
}
export interface Operation {
	readonly operationId: string;
	readonly tags: readonly string[];
	readonly summary: string;
	readonly description?: string;
	readonly 'x-zh': { readonly summary: string; readonly description?: string };
	/** Who may, as the permission table has it. */
	readonly 'x-allowed': readonly string[];
	/** The codes of its problems. */
	readonly 'x-problems': readonly string[];
	readonly parameters: readonly Parameter[];
	readonly requestBody?: Content & { readonly required: true; readonly description?: string };
	readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
	readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}
export type OpenApi = ReturnType<typeof openApi>;

/** The API as OpenAPI 3.1. @param version of the agent */
export function openApi(table: RouteTable, version: string) {
	const schemas = new Schemas();
	const problem = schemas.of(problemSchema, 'output');
	const paths: Record<string, Record<string, Operation>> = {};
	for (const [key, route] of Object.entries(table)) {
		const [method = '', path = ''] = key.split(' ');
		const at = path.replace(/:(\w+)/g, '{$1}');
		paths[at] ??= {};
		paths[at][method.toLowerCase()] = operation(key, route, schemas);
	}
	return {
		openapi: '3.1.0',
		jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
		info: {
			title: 'Showroom Edge',
			version,
			description: about.en,
			'x-zh': about.zh,
			license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
		},
		servers: [{ url: '/' }],
		tags: Object.entries(tags)
			.filter(([name]) => Object.values(table).some(({ tag }) => tag === name))
			.map(([name, { en, zh }]) => ({ name, description: en, 'x-zh': zh })),
		paths,
		components: {
			schemas: { ...Object.fromEntries(schemas.named), Problem: problem },
			securitySchemes: {
				session: { type: 'apiKey', in: 'cookie', name: 'showroom-session', description: 'With `x-showroom: 1` on every write' },
				device: { type: 'apiKey', in: 'cookie', name: 'showroom-device', description: 'With `x-showroom: 1` on every write' },
				token: { type: 'http', scheme: 'bearer', description: `Scopes: ${scopeSchema.options.join(', ')}` },
			},
		},
		'x-problems': Object.fromEntries(
			errorCodes().map(({ code, status, detail }) => [code, { status, title: titleOf(code), description: detail.en, 'x-zh': detail.zh }]),
		),
	};
}

function operation(key: string, route: Route, schemas: Schemas): Operation {
	const [method = '', path = ''] = key.split(' ');
	const allowed = permissions[key] ?? [];
	const problems = [
		...(allowed.includes('everybody') ? ['failed'] : ANYWHERE),
		...(route.query ? ['invalid'] : []),
		...(route.body && !isBytes(route.body) ? WITH_BODY : []),
		...(keepsAnswers(key) ? WITH_KEY : []),
		...(route.errors ?? []),
	];
	const { summary, detail } = route;
	return {
		operationId: `${method.toLowerCase()}${path
			.replace(/^\/api/, '')
			.replace(/[/:-]+(\w)/g, (_, letter: string) => letter.toUpperCase())
			.replace(/\W/g, '')}`,
		tags: [route.tag],
		summary: summary.en,
		...(detail ? { description: detail.en } : {}),
		'x-zh': { summary: summary.zh, ...(detail ? { description: detail.zh } : {}) },
		'x-allowed': allowed,
		'x-problems': [...new Set(problems)],
		parameters: [...pathParameters(path), ...queryParameters(route, schemas), ...headerParameters(key)],
		...requestBody(route, schemas),
		responses: {
			...answer(route, schemas),
			default: { description: 'A problem', content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } } },
		},
		security: allowed.includes('everybody') ? [{}] : [{ session: [] }, { device: [] }, { token: [] }],
	};
}

function pathParameters(path: string): Parameter[] {
	return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function queryParameters({ query }: Route, schemas: Schemas): Parameter[] {
	if (!query) return [];
	const { properties = {}, required = [] } = schemas.of(query, 'input');
	return Object.entries(properties).map(([name, { description, 'x-zh': zh, ...schema }]) => ({
		...{ name, in: 'query', required: required.includes(name), schema },
		...(description === undefined ? {} : { description, ...(zh === undefined ? {} : { 'x-zh': zh }) }),
	}));
}

function headerParameters(key: string): Parameter[] {
	if (!keepsAnswers(key)) return [];
	return [
		{
			...{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 } },
			...{
				description: 'Sending again with the same key answers the same, and does nothing twice',
				'x-zh': '以同一键重发，答复相同，不会重复执行',
			},
		},
	];
}

function requestBody({ body, example }: Route, schemas: Schemas): Pick<Operation, 'requestBody'> {
	if (!body) return {};
	if (isBytes(body)) return { requestBody: { required: true, description: body.words.en, content: mediaOf(body) } };
	return {
		requestBody: { required: true, content: { 'application/json': { schema: schemas.of(body, 'input'), ...shown(example?.body) } } },
	};
}

function answer({ answer, status, example }: Route, schemas: Schemas): Operation['responses'] {
	if (!answer) return { [status ?? 204]: { description: 'Done' } };
	if (isBytes(answer)) return { [status ?? 200]: { description: answer.words.en, content: mediaOf(answer) } };
	const schema: JsonSchema = isInWords(answer) ? { description: answer.words.en, 'x-zh': answer.words.zh } : schemas.of(answer, 'output');
	const description = isInWords(answer) ? answer.words.en : 'Done';
	return { [status ?? 200]: { description, content: { 'application/json': { schema, ...shown(example?.answer) } } } };
}

const shown = (example: object | undefined) => (example === undefined ? {} : { example });
const mediaOf = ({ media }: Bytes) => Object.fromEntries(media.map((type) => [type, { schema: {} }]));

export function isBytes(what: z.ZodType | InWords<unknown> | Bytes): what is Bytes {
	return 'media' in what;
}
export function isInWords(what: z.ZodType | InWords<unknown> | Bytes): what is InWords<unknown> {
	return 'words' in what && !('media' in what);
}
