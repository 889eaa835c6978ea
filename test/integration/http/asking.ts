import type { Problem } from '../../../edge-agent/contract/problem.api.js';
import type { House } from '../sockets/house.js';

/** Asks a house as somebody; what is sent is JSON. */
export function asking(house: House, cookie: string) {
	return (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
		fetch(`${house.url}${path}`, {
			method,
			headers: {
				cookie,
				...(method === 'GET' ? {} : { 'x-showroom': '1' }),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
				...headers,
			},
			...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
		});
}
export type Ask = ReturnType<typeof asking>;

/** The problem that was answered, and as what. */
export async function problem(answer: Promise<Response>): Promise<Problem & { readonly media: string | null; readonly answered: number }> {
	const response = await answer;
	return { ...((await response.json()) as Problem), media: response.headers.get('content-type'), answered: response.status };
}

export const checkIn = (more: object = {}) => ({
	...{ id: crypto.randomUUID(), name: '王芳', telephone: '138 0013-8000', purpose: 'test-drive', host: null, model: null, language: 'zh' },
	...more,
});
