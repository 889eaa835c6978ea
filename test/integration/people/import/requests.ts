import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ImportRowsAnswer, ImportView } from '../../../../edge-agent/contract/import.api.js';

/** Where customers' files go. */
export const at = '/api/imports/customers';

/** What the console asks about imports, in somebody's name; by default in that of `manager`. */
export function importRequests(url: () => string, manager: () => string) {
	const ask = (method: string, path: string, body?: unknown, cookie = manager()) =>
		fetch(`${url()}${path}`, {
			method,
			headers: {
				cookie,
				'accept-language': 'en',
				'x-showroom': '1',
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	const send = (bytes: Uint8Array | string, name: string, path = at, cookie = manager(), language = 'en') =>
		fetch(`${url()}${path}`, {
			method: 'POST',
			headers: {
				cookie,
				'accept-language': language,
				'x-showroom': '1',
				'content-type': 'application/octet-stream',
				'x-file-name': encodeURIComponent(name),
				// A test that is busy making a large file leaves connections alone for longer than the agent keeps them.
				connection: 'close',
			},
			body: Buffer.from(bytes),
		});
	const uploaded = async (bytes: Uint8Array | string, name = '客户.csv', path = at, cookie = manager()): Promise<ImportView> => {
		const answer = await send(bytes, name, path, cookie);
		expect([answer.status, await answer.clone().text()]).toEqual([201, expect.any(String)]);
		return (await answer.json()) as ImportView;
	};
	const view = async (id: string, path = at, cookie = manager()) =>
		(await (await ask('GET', `${path}/${id}`, undefined, cookie)).json()) as ImportView;
	const rowsOf = async (id: string, query = '') => (await (await ask('GET', `${at}/${id}/rows${query}`)).json()) as ImportRowsAnswer;
	/** When nothing more is being done about it. */
	const done = async (id: string, path = at, cookie = manager()): Promise<ImportView> => {
		for (;;) {
			const now = await view(id, path, cookie);
			if (now.state !== 'writing' && now.state !== 'undoing') return now;
			await pause(20);
		}
	};
	const confirmed = async (id: string, path = at, cookie = manager()) => {
		expect((await ask('POST', `${path}/${id}/confirm`, undefined, cookie)).status).toBe(202);
		return done(id, path, cookie);
	};
	const undone = async (id: string, path = at, cookie = manager()) => {
		expect((await ask('POST', `${path}/${id}/undo`, undefined, cookie)).status).toBe(202);
		return done(id, path, cookie);
	};
	return { ask, send, uploaded, view, rowsOf, done, confirmed, undone };
}
