import type { CHANGE_HEADER } from '../../../edge-agent/contract/access.api.js';
import type { ErrorAnswer } from '../../../edge-agent/contract/api.js';

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
	) {
		super(message);
	}
}

/** A page of another origin cannot send it. */
const changeHeader: typeof CHANGE_HEADER = 'x-showroom';

/** How long a request may take. The agent answers from the machine next door: longer means that it does not answer. */
const answerMs = 8000;

interface RequestOptions {
	/** Sent as JSON, or as it is where it is a Blob. */
	readonly body?: unknown;
	/** POST where there is a body, else GET. */
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Which language error messages come in. */
	readonly language: string;
	/** Goes on after the page was left. */
	readonly keepalive?: boolean;
	readonly headers?: Readonly<Record<string, string>>;
	/** For work that takes the agent longer. */
	readonly timeoutMs?: number;
}

/**
 * Asks the agent and answers its JSON (`null` for an empty answer).
 * @throws {RequestError}
 */
export async function requestJson<T>(path: string, options: RequestOptions): Promise<T> {
	const { body, language, keepalive = false, timeoutMs = answerMs } = options;
	const { method = body === undefined ? 'GET' : 'POST' } = options;
	const raw = body instanceof Blob;
	const response = await send(path, {
		method,
		headers: {
			...options.headers,
			accept: 'application/json',
			'accept-language': language,
			...(method === 'GET' ? {} : { [changeHeader]: '1' }),
			...(body === undefined ? {} : { 'content-type': raw ? body.type : 'application/json' }),
		},
		...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
		signal: AbortSignal.timeout(timeoutMs),
		keepalive,
	});
	const answer = await response.json().catch(() => null);
	if (response.ok) return answer as T;
	const error = (answer as Partial<ErrorAnswer> | null)?.error;
	if (error?.code === 'sign-in-needed') tellSignedOut();
	const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
	throw new RequestError(
		error?.code ?? 'http',
		error?.message ?? `HTTP ${response.status}`,
		response.status,
		Number.isFinite(wait) ? wait : null,
	);
}

const signedOutListeners = new Set<() => void>();

/** Calls back when the agent no longer knows this browser: the session has ended, or the device is no longer paired. Answers how to stop. */
export function onSignedOut(listener: () => void): () => void {
	signedOutListeners.add(listener);
	return () => signedOutListeners.delete(listener);
}

/** For sockets, which find it out by themselves. */
export function tellSignedOut(): void {
	for (const listener of signedOutListeners) listener();
}

async function send(path: string, init: RequestInit): Promise<Response> {
	try {
		return await fetch(path, init);
	} catch (cause) {
		throw new RequestError('network', cause instanceof Error ? cause.message : String(cause), 0);
	}
}
