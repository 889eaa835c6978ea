import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CheckInAnswer } from '../../../edge-agent/contract/api.js';
import type { FaceCheckInStarted, FaceCheckInView } from '../../../edge-agent/contract/face-checkin.api.js';
import type { Problem } from '../../../edge-agent/contract/problem.api.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../sockets/house.js';

let dataDir: string;
let house: House;
let kiosk: string;

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	const { devices } = house.access;
	const { code } = await devices.pairingCode({ kind: 'kiosk', name: 'kiosk' });
	kiosk = `showroom-device=${(await devices.pair(code, '127.0.0.1')).token}`;
});
afterEach(async () => {
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

const send = (method: string, path: string, body?: BodyInit, type = 'application/json') =>
	fetch(`${house.url}/api/face-checkins${path}`, {
		...{ method, headers: { cookie: kiosk, 'x-showroom': '1', 'content-type': type } },
		...(body === undefined ? {} : { body }),
	});
const begin = async () => ((await (await send('POST', '')).json()) as FaceCheckInStarted).id;
const look = async (id: string, size = 100, type = 'image/jpeg') => send('POST', `/${id}/frames`, new Uint8Array(size), type);
const refusal = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code];
const confirm = (id: string, checkIn: string) =>
	send('POST', `/${id}/confirm`, JSON.stringify({ id: checkIn, purpose: 'quote', language: 'zh' }));

describe('checking in by face over HTTP', () => {
	it('a recognised customer says that it is them: checked in once, and their own consultant is told', async () => {
		const id = await begin();
		house.faces.push({ state: 'waiting', instruction: 'turn-right', done: 1, steps: 5 }, { state: 'recognised', customer: 'li' });
		expect(await (await look(id)).json()).toEqual({ state: 'waiting', instruction: 'turn-right', done: 1, steps: 5 });
		const view = (await (await look(id)).json()) as FaceCheckInView;
		expect(view).toEqual({ state: 'recognised', address: { surname: '李', title: null } });

		const checkIn = crypto.randomUUID();
		const answer = (await (await confirm(id, checkIn)).json()) as CheckInAnswer;
		expect(answer.consultant?.id).toBe('bo');
		expect(await (await confirm(id, checkIn)).json()).toEqual(answer);
		const logged = await house.log.read(0, 1000);
		const told = logged.filter(({ type }) => /^(visit|alert|checkin|person)\./.test(type));
		expect(told.map(({ type }) => type)).toEqual(['person.read', 'checkin.face-tried', 'visit.opened', 'alert.opened', 'checkin.recorded']);
		expect(told[2]?.body).toMatchObject({ source: 'kiosk', customer: 'li' });
		expect(told[4]?.body).toMatchObject({ via: 'face', visit: answer.visit });
	});

	it('takes pictures only, no large ones, and nothing after the end', async () => {
		const id = await begin();
		expect(await refusal(await look(id, 100, 'text/plain'))).toEqual([415, 'not-a-picture']);
		expect((await send('DELETE', `/${id}`)).status).toBe(204);
		expect(await (await look(id)).json()).toEqual({ state: 'gone' });
		expect(await refusal(await confirm(id, crypto.randomUUID()))).toEqual([404, 'no-such-face-checkin']);
		// Last: the line is closed then.
		expect(await refusal(await look(id, 300_000))).toEqual([413, 'too-large']);
	});

	it('is for kiosks: a manager is not let in, and another kiosk finds no session', async () => {
		const id = await begin();
		house.faces.push({ state: 'recognised', customer: 'li' });
		await look(id);
		kiosk = await house.cookie('ma');
		expect(await refusal(await confirm(id, crypto.randomUUID()))).toEqual([403, 'not-allowed']);
		const { devices } = house.access;
		const { code } = await devices.pairingCode({ kind: 'kiosk', name: 'another' });
		kiosk = `showroom-device=${(await devices.pair(code, '127.0.0.1')).token}`;
		expect(await refusal(await confirm(id, crypto.randomUUID()))).toEqual([404, 'no-such-face-checkin']);
	});
});
