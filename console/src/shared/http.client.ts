import type { ErrorAnswer } from '../../../edge-agent/contract/api.js';

/** Why a request brought no answer that can be used. `code` is the agent's own, or `network` (no answer at all), or `http`. */
export class RequestError extends Error {
	override readonly name = 'RequestError';
	constructor(
		readonly code: string,
		message: string,
		/** The HTTP status; 0 without an answer. */
		readonly status: number,
	) {
		super(message);
	}
}

/** How long a request may take. The agent answers from the machine next door: longer means that it does not answer. */
const timeoutMs = 8000;

interface RequestOptions {
	/** Sent as JSON by POST; without it the request is a GET. */
	readonly body?: unknown;
	/** Which language error messages come in. */
	readonly language: string;
	/** Goes on after the page was left. */
	readonly keepalive?: boolean;
}

/**
 * Asks the agent and answers its JSON (`null` for an empty answer).
 * @throws {RequestError}
 */
export async function requestJson<T>(path: string, { body, language, keepalive = false }: RequestOptions): Promise<T> {
	const response = await send(path, {
		method: body === undefined ? 'GET' : 'POST',
		headers: {
			accept: 'application/json',
			'accept-language': language,
			...(body === undefined ? {} : { 'content-type': 'application/json' }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
		signal: AbortSignal.timeout(timeoutMs),
		keepalive,
	});
	const answer = await response.json().catch(() => null);
	if (response.ok) return answer as T;
	const error = (answer as Partial<ErrorAnswer> | null)?.error;
	throw new RequestError(error?.code ?? 'http', error?.message ?? `HTTP ${response.status}`, response.status);
}

async function send(path: string, init: RequestInit): Promise<Response> {
	try {
		return await fetch(path, init);
	} catch (cause) {
		throw new RequestError('network', cause instanceof Error ? cause.message : String(cause), 0);
	}
}
