import { permissions } from '../../../edge-agent/people/permissions.js';
import type { Caller } from './caller.js';
import type { Everybody } from './coming-in.js';
import { cameraPasswords, passwords, telephones } from './stage.js';

const telephone = telephones.misplaced;
const password = passwords.guessed;
const address = `rtsp://viewer:${cameraPasswords.badAddress}@127.0.0.1/door`;

/** What signs out whoever asks for it. */
const leaving = 'POST /api/sign-out';

/** Bodies that no route takes, full of secrets: as values, and as names of fields. */
const bodies: readonly { readonly json?: unknown; readonly raw?: string; readonly headers?: Record<string, string> }[] = [
	{ raw: `{"password":"${password}","telephone":"${telephone}","source":"${address}"`, headers: { 'content-type': 'application/json' } },
	{ raw: `password=${password}&telephone=${telephone}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
	{ json: telephone },
	{ json: [password, telephone, address] },
	{
		json: {
			[telephone]: password,
			[password]: telephone,
			...Object.fromEntries(['current', 'code', 'scopes', 'source', 'storeName', 'notice', 'sheet'].map((field) => [field, [password]])),
			...Object.fromEntries(['name', 'password', 'columns', 'consultants'].map((field) => [field, { [telephone]: 5, [password]: 7 }])),
			...Object.fromEntries(['telephone', 'zh', 'en', 'line', 'zone'].map((field) => [field, { telephone, [address]: password }])),
			...Object.fromEntries(['role', 'kind', 'trigger', 'reason', 'level', 'page', 'purpose', 'host', 'step'].map((f) => [f, telephone])),
		},
	},
];

/** Every route is asked wrongly by those who may use it and by those who may not. */
export async function everythingAskedWrongly({ nobody, administrator, manager, kiosk, customersWriter }: Everybody): Promise<void> {
	const ids = { ':id': telephone, ':hash': password, ':name': `${telephone}.svg`, '*': `${telephone}.js` };
	const routes = Object.keys(permissions).flatMap((key) => {
		const [, method = '', pattern = ''] = /^([A-Z]+) (\/.*)$/.exec(key) ?? [];
		const path = Object.entries(ids).reduce((filled, [word, id]) => filled.replace(word, encodeURIComponent(id)), pattern);
		return method === '' || key === leaving ? [] : [{ method, path }];
	});
	const words = ['search', 'from', 'to', 'limit', 'after', 'open', 'show', 'format', 'offset'];
	const query = words.map((word) => `${word}=${encodeURIComponent(word === 'open' ? password : telephone)}x`).join('&');
	const asks = async (caller: Caller) => {
		for (const { method, path } of routes) {
			if (method === 'GET') await caller.send('GET', `${path}?${query}`);
			else for (const body of bodies) await caller.send(method, path, body);
		}
	};
	await Promise.all([nobody, administrator, manager, kiosk, customersWriter].map(asks));
}

/** Well-formed requests with a telephone or a password where none belongs. */
export async function secretsInTheWrongPlaces(all: Everybody, draft: string): Promise<void> {
	const { nobody, administrator, manager, kiosk, consultant } = all;
	const form = { id: crypto.randomUUID(), name: '赵云', telephone: null, purpose: 'quote', host: null, model: null, language: 'zh' };
	const long = telephone.repeat(7);
	for (const wrong of [{ host: telephone }, { model: telephone }, { telephone: `${telephone}x` }])
		await kiosk.send('POST', '/api/checkins', { json: { ...form, ...wrong } });
	for (const wrong of [{ consultant: telephone }, { telephone: `${telephone}${telephone}` }])
		await consultant.send('POST', '/api/customers', { json: { name: '钱多', ...wrong } });
	for (const change of [{ sheet: telephone }, { consultants: { [telephone]: telephone } }, { encoding: telephone }])
		await manager.send('PATCH', `/api/imports/customers/${draft}`, { json: change });
	for (const id of [telephone, long, encodeURIComponent(passwords.manager)])
		for (const path of ['records', 'grants', 'photographs', 'withdrawals'])
			await manager.send(path === 'records' ? 'GET' : 'POST', `/api/consent/people/${id}/${path}`, {
				...(path === 'photographs' ? { raw: telephone, headers: { 'content-type': 'image/png' } } : { json: { level: 'face' } }),
			});
	await administrator.send('POST', '/api/devices/codes', { json: { kind: 'phone', name: '手机', staff: telephone } });
	for (const path of [
		`/api/${telephone}`,
		`/${telephone}.js`,
		`/api/customers/%E0%A4%A${telephone}`,
		`/kiosk/%00${telephone}.js`,
		`/${long}`,
	])
		for (const method of ['GET', 'POST', 'TRACE', 'OPTIONS']) await nobody.send(method, path);
	const heads: Readonly<Record<string, string>>[] = [
		{ host: telephone },
		{ origin: `https://${telephone}` },
		{ authorization: `Bearer ${password}` },
		{ cookie: `__Host-showroom-session=${encodeURIComponent(password)}` },
		{ 'accept-language': telephone },
		{ 'x-showroom': telephone },
	];
	for (const headers of heads) await nobody.send('POST', '/api/customers', { json: { telephone }, headers });
}
