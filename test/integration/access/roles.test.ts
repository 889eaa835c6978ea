import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveBox, LivePicture } from '../../../edge-agent/contract/sockets.js';
import { type House, openHouse, removeFolder, temporaryFolder } from '../sockets/house.js';
import { Browser } from './browser.js';

let dataDir: string;
let house: House;
const sockets: Socket[] = [];

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	await house.access.accounts.add({ id: 'boss', name: '店主', role: 'administrator', onDuty: false }, 'cli');
});
afterEach(async () => {
	for (const socket of sockets.splice(0)) socket.close();
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

async function screenOf(cookie: string): Promise<Socket> {
	const auth = { device: 'd', after: 0 };
	const socket = io(`${house.url}/desk`, { forceNew: true, reconnection: false, extraHeaders: { cookie }, auth });
	sockets.push(socket);
	await new Promise<void>((resolve) => socket.on('connect', resolve));
	return socket;
}
const kind = async (cookie: string) => (await new Browser(house.url).get('/api/me', { cookie })).body.kind;

/** Imports a file of staff that changes whom it finds. Answers the import's id. */
async function importStaff(csv: string): Promise<string> {
	const { imports } = house.rooms;
	const { id } = await imports.upload('staff', 'staff:boss', '员工.csv', new Blob([csv]).stream());
	await imports.change('staff', id, { duplicates: 'update' });
	await imports.confirm('staff', id, 'staff:boss');
	expect((await imports.settled(id))?.state).toBe('done');
	return id;
}

describe('another role', () => {
	it('by an import, and by taking it back, ends sessions, screens and phones', async () => {
		const { code } = await house.access.devices.pairingCode({ kind: 'phone', name: '手机', staff: 'ma' });
		const phone = new Browser(house.url);
		await phone.post('/api/pair', { code });
		const [manager, colleague] = [await house.cookie('ma'), await house.cookie('anna')];
		const screen = await screenOf(manager);
		const gone = new Promise((resolve) => screen.on('disconnect', resolve));
		const id = await importStaff('工号,姓名,岗位,在岗\nma,马强,销售顾问,是\nanna,安娜,销售顾问,否\n');
		await gone;
		expect(await kind(manager)).toBe('nobody');
		// Phones go after the sessions, each with an event of its own.
		await vi.waitFor(async () => expect(await kind(phone.cookie)).toBe('nobody'));
		// Whose role stays keeps working.
		expect(await kind(colleague)).toBe('staff');
		const ended = (await house.log.read(0, 1000)).filter(({ type }) => type === 'session.closed');
		expect(ended).toMatchObject([{ actor: 'staff:boss', body: { staff: 'ma', reason: 'staff-changed' } }]);

		const consultant = await house.cookie('ma');
		await house.rooms.imports.undo('staff', id, 'staff:boss');
		await house.rooms.imports.settled(id);
		await vi.waitFor(async () => expect(await kind(consultant)).toBe('nobody'));
		expect(house.access.accounts.list().find((person) => person.id === 'ma')?.role).toBe('manager');
	});

	it('on the staff page ends them too; another name or duty does not', async () => {
		const cookie = await house.cookie('anna');
		const screen = await screenOf(cookie);
		await house.access.accounts.change('anna', { name: '安妮', onDuty: false }, 'staff:boss');
		expect(await kind(cookie)).toBe('staff');
		const gone = new Promise((resolve) => screen.on('disconnect', resolve));
		await house.access.accounts.change('anna', { role: 'installer' }, 'staff:boss');
		await gone;
		expect(await kind(cookie)).toBe('nobody');
	});
});

describe('the live picture', () => {
	const box: LiveBox = { x: 0, y: 0, width: 1, height: 1, kind: 'face', label: '李雷' };

	it('names customers to those who receive them, not to an installer', async () => {
		await house.access.accounts.add({ id: 'fitter', name: '安装', role: 'installer', onDuty: false }, 'cli');
		const seen = new Map<string, LivePicture>();
		for (const staff of ['anna', 'fitter']) {
			const socket = await screenOf(await house.cookie(staff));
			socket.on('picture', (picture: LivePicture) => seen.set(staff, picture));
			socket.emit('watch', 'cam-1');
		}
		await vi.waitFor(() => {
			house.desk.picture({ camera: 'cam-1', jpeg: new Uint8Array([255, 216, 255]).buffer, boxes: [box], line: null, look: null });
			expect(seen.size).toBe(2);
		});
		expect(seen.get('anna')?.boxes).toEqual([box]);
		expect(seen.get('fitter')?.boxes).toEqual([{ ...box, label: null }]);
		expect(new Set(house.watched.flat())).toEqual(new Set(['cam-1']));
	});
});
