import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { CameraView, CustomerView, ShowroomView } from '../../../edge-agent/contract/api.js';
import type { ImportView } from '../../../edge-agent/contract/import.api.js';
import { persons } from '../../../edge-agent/demo/persons.js';
import { enrolmentPhotos } from '../../../edge-agent/demo/photos.js';
import { permissions } from '../../../edge-agent/people/permissions.js';
import type { RtspServer } from '../../rtsp/rtsp-server.js';
import type { Caller } from './caller.js';
import type { Everybody } from './coming-in.js';
import { cameraPasswords, rtspLogin, telephones } from './stage.js';

/** `138 0013 8000`, as people write it. */
const spaced = (telephone: string) => telephone.replace(/^(...)(....)/, '$1 $2 ');

/** A customer with a telephone: added, found by it, corrected, enrolled with consent, withdrawn. Answers one who stays. */
export async function lookAfterCustomers({ manager, consultant, customersReader, customersWriter }: Everybody): Promise<string> {
	const add = async (who: Caller, telephone: string): Promise<CustomerView> => {
		const { status, body } = await who.send('POST', '/api/customers', { json: { name: '刘洋', telephone, consultant: 'li' } });
		expect(status).toBe(201);
		return body;
	};
	const { id } = await add(consultant, `+86 ${spaced(telephones.customer)}`);
	await add(customersWriter, telephones.later);
	expect((await customersWriter.send('PATCH', `/api/customers/${id}`, { json: { name: '刘阳' } })).status).toBe(200);
	for (const typed of [telephones.customer, spaced(telephones.customer), telephones.customer.slice(-4)]) {
		const found = await customersReader.send('GET', `/api/customers?search=${encodeURIComponent(typed)}`);
		expect([typed, found.body.customers]).toMatchObject([typed, [{ id }]]);
	}
	expect((await manager.send('GET', `/api/customers?search=${telephones.unknown}`)).body).toMatchObject({ total: 0 });

	const { notices } = (await consultant.send('GET', '/api/consent/notices')).body;
	const { hash } = notices.find((notice: { audience: string; current: boolean }) => notice.audience === 'customer' && notice.current);
	const grant = { notice: hash, purposes: ['recognition', 'photograph'], via: 'console', language: 'zh', under14: false, guardian: null };
	expect((await consultant.send('POST', `/api/consent/people/${id}/grants`, { json: grant })).status).toBe(200);
	const [photo] = persons[0] ? await enrolmentPhotos(persons[0]) : [];
	const photographs = `/api/consent/people/${id}/photographs`;
	const picture = { headers: { 'content-type': 'image/jpeg' } };
	expect((await consultant.send('POST', photographs, { ...picture, raw: photo ?? '' })).body).toMatchObject({ templates: 1, kept: true });
	expect((await consultant.send('POST', photographs, { ...picture, raw: 'no picture' })).status).toBe(422);
	const withdrawn = await consultant.send('POST', `/api/consent/people/${id}/withdrawals`, { json: { level: 'everything' } });
	expect(withdrawn.body).toMatchObject({ complete: true });
	return (await add(consultant, telephones.customer)).id;
}

/** A file of customers previewed, written and taken back; others that cannot be read. Answers one that is still a draft. */
export async function importCustomers({ manager }: Everybody): Promise<string> {
	const at = '/api/imports/customers';
	const upload = (name: string, raw: string | Uint8Array) =>
		manager.send('POST', at, { raw, headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) } });
	const [first, second] = telephones.imported;
	const file = `姓名,手机,顾问\n陈一,${first},李静\n陈二,${spaced(second)},${first}\n陈三,1.39E+10,\n,${first},\n`;
	const { id }: ImportView = (await upload('客户.csv', file)).body;
	const rows = await manager.send('GET', `${at}/${id}/rows`);
	expect(rows.body.rows).toMatchObject([{ values: { telephone: first } }, {}, { state: 'error' }, { state: 'error' }]);
	expect((await manager.send('PATCH', `${at}/${id}`, { json: { consultants: { [first]: null } } })).status).toBe(200);
	const settled = async (): Promise<ImportView> => {
		for (;;) {
			const view: ImportView = (await manager.send('GET', `${at}/${id}`)).body;
			if (view.state !== 'writing' && view.state !== 'undoing') return view;
			await wait(50);
		}
	};
	expect((await manager.send('POST', `${at}/${id}/confirm`)).status).toBe(202);
	expect(await settled()).toMatchObject({ state: 'done', result: { added: 2 } });
	expect((await manager.send('POST', `${at}/${id}/undo`)).status).toBe(202);
	expect(await settled()).toMatchObject({ state: 'undone', undone: { removed: 2 } });

	const bad = telephones.inABadFile;
	for (const [name, raw] of [
		['no-headings.csv', `${bad},${bad}\n${bad},${bad}\n`],
		['open-quote.csv', `姓名,手机\n"陈四,${bad}\n陈五,${bad}\n`],
		['named.xlsx', `姓名,手机\n陈四,${bad}\n`],
		[`${bad}.xls`, Buffer.from('d0cf11e0a1b11ae1', 'hex')],
		['binary.csv', Buffer.from(`\0\0\0${bad}\0\0`)],
	] as const)
		expect([name, (await upload(name, raw)).status]).toEqual([name, 400]);
	const cell = (value: string) => ({ value, type: String });
	const workbook = [
		['姓名', '手机'],
		[bad, '陈六'],
		['陈七', `${bad}x`],
		['陈八', `+86${bad}`],
	].map((row) => row.map(cell));
	const draft: ImportView = (await upload('错行.xlsx', await writeExcelFile(workbook).toBuffer())).body;
	expect(draft.draft?.rows).toMatchObject({ total: 3, error: 2 });
	return draft.id;
}

/** Cameras added in the console: one that shows pictures, ones that cannot, addresses that are none. */
export async function addCameras({ administrator }: Everybody, server: RtspServer): Promise<void> {
	const add = (source: string, keep = true) => administrator.send('POST', '/api/cameras', { json: { name: '后门', source, keep } });
	const { body: shown } = await add(server.url('door', rtspLogin(cameraPasswords.right)), false);
	expect(shown).toMatchObject({ state: 'live', camera: { address: server.url('door') } });
	expect((await add(server.url('door', rtspLogin(cameraPasswords.added)))).body).toMatchObject({ reason: 'unauthorised' });
	const inThePath = `rtsp://127.0.0.1:9/user=viewer&password=${cameraPasswords.inThePath}&channel=1.sdp`;
	expect((await add(inThePath)).body).toMatchObject({ reason: 'unreachable' });
	for (const bad of [
		`http://viewer:${cameraPasswords.badAddress}@127.0.0.1/video`,
		`rtsp://viewer:${cameraPasswords.badAddress}#@127.0.0.1/door`,
		`rtsp://viewer:${cameraPasswords.badAddress}@`,
	])
		expect([bad, (await add(bad)).status]).toEqual([bad, 400]);
	const renamed = await administrator.send('POST', `/api/cameras/${shown.camera.id}`, { json: { name: '侧门' } });
	expect(renamed.status).toBe(200);
}

/** Visitors check in; whoever is told sees it and takes one. Answers the other's alert. */
export async function receiveVisitors({ kiosk, visitsReader, consultant, phone }: Everybody): Promise<string> {
	const form = () => ({ id: randomUUID(), name: '赵云', purpose: 'test-drive', host: 'li', model: null, language: 'zh' });
	for (const telephone of [spaced(telephones.checkIn), `+86${telephones.checkIn}`])
		expect((await kiosk.send('POST', '/api/checkins', { json: { ...form(), telephone } })).status).toBe(200);
	expect((await visitsReader.send('POST', '/api/checkins', { json: { ...form(), telephone: telephones.checkIn } })).status).toBe(200);
	const { alerts } = (await phone.send('GET', '/api/alerts?open=true')).body;
	const [first, second, third] = alerts.map(({ id }: { id: string }) => id);
	expect((await phone.send('POST', `/api/alerts/${first}/accept`)).status).toBe(200);
	expect((await consultant.send('POST', `/api/alerts/${first}/greet`)).status).toBe(200);
	expect((await consultant.send('POST', `/api/alerts/${second}/close`, { json: { reason: 'left' } })).status).toBe(200);
	return third;
}

/** Waits until the board of cameras says so of each, by id. */
export async function camerasAre(who: Caller, wanted: Readonly<Record<string, string>>): Promise<void> {
	const states = async () => {
		const { cameras }: ShowroomView = (await who.send('GET', '/api/showroom')).body;
		return Object.fromEntries(cameras.map(({ id, state, reason }: CameraView) => [id, reason ?? state]));
	};
	await vi.waitFor(async () => expect(await states()).toMatchObject(wanted), { timeout: 20_000, interval: 300 });
}

/** Everybody asks for everything that can be asked for. */
export async function everybodyAsks(all: Everybody, ids: Readonly<Record<'customer' | 'import', string>>): Promise<void> {
	const query: Readonly<Record<string, string>> = {
		'/api/visits': `?from=${Date.now() - 3_600_000}&to=${Date.now() + 60_000}`,
		'/api/alerts': '?open=true',
		'/api/log': '?limit=1000',
		'/api/exports/customers': '?format=csv',
	};
	const paths = Object.keys(permissions).flatMap((key) => {
		const [, path] = /^GET (\/.*)$/.exec(key) ?? [];
		return path === undefined ? [] : [path + (query[path] ?? '')];
	});
	for (const caller of Object.values(all) as Caller[])
		for (const path of paths) {
			const id = path.startsWith('/api/imports') ? ids.import : ids.customer;
			await caller.send('GET', path.replace(':id', id).replace(/[:*].*$/, ''));
		}
}
