import type { z } from 'zod';
import type { Answered } from './described.js';
import { type Connection, type RequestOptions, request } from './request.js';
import type { Routes } from './routes/index.js';
import type { Bytes, InWords } from './routes/route.js';

/** `'/api/visits/:id/notes'` -> `'id'` */
type ParameterOf<Path extends string> = Path extends `${string}/:${infer Name}/${infer Rest}`
	? Name | ParameterOf<`/${Rest}`>
	: Path extends `${string}/:${infer Name}`
		? Name
		: never;

/** What a query may say: as it is understood, with what may be left out left out. */
type QueryOf<Schema> = Schema extends z.ZodType ? UnderstoodAs<z.input<Schema>, z.output<Schema>> : never;
type UnderstoodAs<Input, Output> = { [K in keyof Input]: K extends keyof Output ? Output[K] : never };
type BodyOf<Body> = Body extends Bytes ? Blob : Body extends z.ZodType ? z.input<Body> : never;

export type RouteKey = keyof Routes;

/** What a route has to be told, and how to ask. */
export type Input<K extends RouteKey> = RequestOptions &
	([ParameterOf<K>] extends [never] ? unknown : { readonly params: Readonly<Record<ParameterOf<K>, string>> }) &
	(Routes[K] extends { readonly query: infer Query } ? { readonly query: QueryOf<Query> } : unknown) &
	(Routes[K] extends { readonly body: infer Body } ? { readonly body: BodyOf<Body> } : unknown);

/** What a route answers; null: nothing. */
export type Answer<K extends RouteKey> = Routes[K] extends { readonly answer: infer A }
	? A extends Bytes
		? Blob
		: A extends z.ZodType
			? Answered<A>
			: A extends InWords<infer T>
				? T
				: never
	: null;

export interface Client {
	/**
	 * Asks a route; path, query, body and answer are checked by the compiler against the table that the agent answers by.
	 *
	 * ```ts
	 * const { visits, next } = await client.call('GET /api/visits', { query: { from, to, limit: 50 } });
	 * await client.call('POST /api/alerts/:id/accept', { params: { id }, key: crypto.randomUUID() });
	 * ```
	 * @throws RequestError
	 */
	call<K extends RouteKey>(
		route: K,
		...input: Partial<Input<K>> extends Input<K> ? [input?: Input<K>] : [input: Input<K>]
	): Promise<Answer<K>>;
}

/** A client of one agent, for browsers and programs. */
export function createClient(connection: Connection = {}): Client {
	return {
		async call<K extends RouteKey>(route: K, ...[input]: readonly [input?: Input<K>]) {
			const { params, query, body, ...options }: Told & RequestOptions = input ?? {};
			const [method = '', path = ''] = route.split(' ');
			return (await request(connection, method, `${filled(path, params)}${search(query)}`, body, options)) as Answer<K>;
		},
	};
}

/** An input as any route may have it. */
interface Told {
	readonly params?: Readonly<Record<string, string>>;
	readonly query?: object;
	readonly body?: unknown;
}

function filled(path: string, params: Readonly<Record<string, string>> = {}): string {
	return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

function search(query: object = {}): string {
	const said = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) if (value !== undefined) said.set(name, String(value));
	return said.size === 0 ? '' : `?${said}`;
}
