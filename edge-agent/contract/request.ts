import type { CHANGE_HEADER } from './access.api.js';
import type { Problem } from './problem.api.js';

/** Why a request brought no answer that can be used. `code` is the agent's own, or `network` (no answer at all), or `http`. */
export class RequestError extends Error {
	override readonly name = 'RequestError';
	constructor(
		readonly code: string,
		message: string,
		/** The HTTP status; 0 without an answer. */
		readonly status: number,
		/** After so many seconds another try is let in; null where the agent did not say. */
		readonly retryAfterSeconds: number | null = null,
		/** All that the agent said, if it was the agent. */
		readonly problem: Problem | null = null,
		cause?: unknown,
	) {
		super(message, { cause });
	}
}

/** Where requests go, and as whom. */
export interface Connection {
	/** `https://box:8443`; by default wherever the page came from. */
	readonly base?: string;
	/** A program's; browsers have their cookie. */
	readonly token?: string;
	/** Hears of every error before it is thrown. */
	readonly onError?: (error: RequestError) => void;
}

export interface RequestOptions {
	/** Which language problems are told in. */
	readonly language?: string;
	/** A write's own name: sent again with it, it is done once. A lost connection is then tried once more. */
	readonly key?: string;
	/** Goes on after the page was left. */
	readonly keepalive?: boolean;
	readonly headers?: Readonly<Record<string, string>>;
	/** For work that takes the agent longer than 8 s. */
	readonly timeoutMs?: number;
}

/** A page of another origin cannot send it. */
const changeHeader: typeof CHANGE_HEADER = 'x-showroom';
/** How long a request may take. The agent answers from the machine next door: longer means that it does not answer. */
const ANSWER_MS = 8000;
/** How long to wait for a write that is still running, and how often. */
const RUNNING_MS = 500;
const RUNNING_TRIES = 6;

/**
 * Asks the agent. Answers its JSON, `null` for an empty answer, a Blob for anything else.
 *
 * @param body sent as JSON, or as it is where it is a Blob; undefined: none
 * @throws RequestError
 */
export async function request(
	connection: Connection,
	method: string,
	path: string,
	body: unknown,
	options: RequestOptions,
): Promise<unknown> {
	try {
		return await answered(await sent(connection, method, path, body, options));
	} catch (error) {
		if (!(error instanceof RequestError)) throw error;
		connection.onError?.(error);
		throw error;
	}
}

/** With a key: once more when the connection is lost, and until the write that got through is done. */
async function sent(connection: Connection, method: string, path: string, body: unknown, options: RequestOptions): Promise<Response> {
	const once = () => send(connection, method, path, body, options);
	if (options.key === undefined) return once();
	try {
		return await once();
	} catch (error) {
		const lost = error instanceof RequestError && error.code === 'network' && !isTimeout(error.cause);
		if (!lost) throw error;
	}
	for (let tries = 1; ; tries += 1) {
		const response = await once();
		const running = response.status === 409 && (await problemOf(response.clone()))?.code === 'still-running';
		if (!running || tries >= RUNNING_TRIES) return response;
		await new Promise((resolve) => setTimeout(resolve, RUNNING_MS));
	}
}

async function send(
	{ base = '', token }: Connection,
	method: string,
	path: string,
	body: unknown,
	options: RequestOptions,
): Promise<Response> {
	const { language, key, keepalive = false, headers = {}, timeoutMs = ANSWER_MS } = options;
	const raw = body instanceof Blob;
	try {
		return await fetch(`${base}${path}`, {
			method,
			headers: {
				...headers,
				accept: 'application/json, application/problem+json, */*;q=0.5',
				...(language === undefined ? {} : { 'accept-language': language }),
				...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
				...(method === 'GET' ? {} : { [changeHeader]: '1' }),
				...(key === undefined ? {} : { 'idempotency-key': key }),
				...(body === undefined ? {} : { 'content-type': raw ? body.type : 'application/json' }),
			},
			...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
			signal: AbortSignal.timeout(timeoutMs),
			keepalive,
		});
	} catch (cause) {
		throw new RequestError('network', cause instanceof Error ? cause.message : String(cause), 0, null, null, cause);
	}
}

async function answered(response: Response): Promise<unknown> {
	if (response.ok) return contentOf(response);
	const problem = await problemOf(response);
	const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
	throw new RequestError(
		problem?.code ?? 'http',
		problem?.detail ?? `HTTP ${response.status}`,
		response.status,
		Number.isFinite(wait) ? wait : null,
		problem,
	);
}

async function contentOf(response: Response): Promise<unknown> {
	if (response.status === 204) return null;
	return /\bjson\b/.test(response.headers.get('content-type') ?? '') ? response.json() : response.blob();
}

/** What the agent said; null: it was not the agent who answered. */
async function problemOf(response: Response): Promise<Problem | null> {
	const said: unknown = await response.json().catch(() => null);
	return typeof said === 'object' && said !== null && 'code' in said && 'detail' in said ? (said as Problem) : null;
}

function isTimeout(cause: unknown): boolean {
	return cause instanceof Error && cause.name === 'TimeoutError';
}
