import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ConsolesJob } from '../../../edge-agent/bench/alerts-consoles.process.js';
import type { ListsChange } from '../../../edge-agent/contract/sockets.js';
import type { Screen } from './house.js';
import { live, Stage, until } from './stage.js';

const stage = new Stage();
const says = (screen: Screen, visible: boolean) =>
	new Promise<void>((resolve) => screen.socket.emit('present', { visible }, () => resolve()));
const reachable = () => [...stage.house.desk.reachable()].toSorted();

it('a person can be reached while one of their screens would show an alert; screens that say nothing would', async () => {
	const [phone, desktop] = [stage.screen('anna', 'phone'), stage.screen('anna', 'desktop')];
	await live(phone, desktop);
	expect(reachable()).toEqual(['anna']);
	await says(phone, false);
	expect(reachable()).toEqual(['anna']);
	await says(desktop, false);
	expect(reachable()).toEqual([]);
	await says(phone, true);
	expect(reachable()).toEqual(['anna']);
	phone.close();
	await until(() => expect(reachable()).toEqual([]));
});

it('each device says since when it is as it is; the same page open twice is one device', async () => {
	const [page, again] = [stage.screen('anna', 'phone', { visible: false }), stage.screen('anna', 'phone')];
	await live(page, again);
	const [{ since: opened = 0 } = {}] = stage.house.desk.devices();
	expect(stage.house.desk.devices()).toEqual([{ staff: 'anna', device: 'phone', visible: true, since: opened }]);
	stage.later(60_000);
	await says(again, true);
	expect(stage.house.desk.devices()[0]?.since).toBe(opened);
	await says(again, false);
	expect(stage.house.desk.devices()).toMatchObject([{ staff: 'anna', device: 'phone', visible: false }]);
	const board = stage.screenWith(stage.board(), 'wall');
	await until(() => expect(board.socket.connected).toBe(true));
	await says(board, true);
	expect(stage.house.desk.devices()).toHaveLength(1);
});

it('what is no such message is not answered and changes nothing', async () => {
	const screen = stage.screen('anna', 'phone');
	await live(screen);
	const heard: string[] = [];
	const loose = screen.socket as unknown as { emit(message: string, ...args: unknown[]): void };
	loose.emit('present', { visible: 'no' }, () => heard.push('no'));
	loose.emit('present', null, () => heard.push('null'));
	loose.emit('present', { visible: false });
	loose.emit('present', { visible: false }, 'nothing to call');
	await says(screen, true);
	expect([heard, reachable()]).toEqual([[], ['anna']]);
});

it('somebody who can be reached is told before somebody whose phone is in their pocket', async () => {
	const [anna, bo] = [stage.screen('anna', 'phone'), stage.screen('bo', 'phone')];
	await live(anna, bo);
	await says(anna, false);
	const alert = await stage.walkIn();
	await until(() => expect(bo.deliveries).toEqual([`${alert}/0/bo`]));
	expect(anna.deliveries).toEqual([]);
});

it('screens are told that the list of colleagues has changed, and of everything of half a second at once', async () => {
	const ma = stage.screen('ma', 'desktop');
	await live(ma);
	const told: ListsChange[] = [];
	ma.socket.on('lists', (change) => told.push(change));
	const anna = stage.screen('anna', 'phone');
	await live(anna);
	await until(() => expect(told.map(({ lists }) => lists)).toContainEqual(['reception']));
	told.length = 0;
	await says(anna, false);
	await says(anna, true);
	await stage.house.floor.duty.set('anna', 'break', null, 'anna');
	await stage.house.floor.guests.expect(
		{ id: crypto.randomUUID(), customer: 'li', name: null, telephone: null, host: null, purpose: null, at: Date.now() },
		'ma',
	);
	await until(() => expect(told).toEqual([{ seq: expect.any(Number), lists: ['reception', 'guests'] }]));
	expect(told[0]?.seq).toBe(await stage.house.log.lastSeq());
});

it('a device that sleeps, its connection still open, is not reachable once it has left a ping unanswered', {
	timeout: 30_000,
}, async () => {
	const device = fork(join(import.meta.dirname, '../../../dist/edge-agent/bench/alerts-consoles.process.js'));
	try {
		const screens = [{ device: 'phone', cookie: await stage.house.cookie('anna') }];
		device.send({ do: 'connect', url: stage.house.url, seed: 1, screens, kiosk: '' } satisfies ConsolesJob);
		await until(() => expect(reachable()).toEqual(['anna']));
		device.kill('SIGSTOP');
		await sleep(5000);
		expect(reachable()).toEqual(['anna']);
		await expect.poll(reachable, { timeout: 18_000, interval: 100 }).toEqual([]);
	} finally {
		device.kill('SIGKILL');
	}
});
