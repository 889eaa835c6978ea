import { createClient } from '../../../edge-agent/contract/client.js';
import { type Connection, RequestError, type RequestOptions, request } from '../../../edge-agent/contract/request.js';

export { RequestError };

const connection: Connection = {
	onError: ({ code }) => {
		if (code === 'sign-in-needed') tellSignedOut();
	},
};

/** The agent that served this page. All throw {@link RequestError}. */
export const agent = createClient(connection);

interface JsonOptions extends RequestOptions {
	/** Sent as JSON, or as it is where it is a Blob. */
	readonly body?: unknown;
	/** POST where there is a body, else GET. */
	readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Which language error messages come in. */
	readonly language: string;
}

/**
 * Asks the agent and answers its JSON (`null` for an empty answer).
 * @throws {RequestError}
 */
export async function requestJson<T>(path: string, { body, method, ...options }: JsonOptions): Promise<T> {
	return (await request(connection, method ?? (body === undefined ? 'GET' : 'POST'), path, body, options)) as T;
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
