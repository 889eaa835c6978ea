import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { now } from '../../../edge-agent/clock.js';
import { type House, type HouseOptions, openHouse, removeFolder, Screen, temporaryFolder, walkIn } from './house.js';

let dataDir: string;
let house: House;
const screens: Screen[] = [];

const open = (staff: string, device: string, after = 0) => {
	const screen = new Screen(house.url, { device, after }, house.cookie(staff));
	screens.push(screen);
	return screen;
};
const live = (...all: Screen[]) => vi.waitFor(() => expect(all.every(({ socket }) => socket.connected)).toBe(true));
const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 });
const logged = async (type: string) => (await house.log.read(0, 10_000)).filter((event) => event.type === type);
async function restart(options: HouseOptions = {}): Promise<void> {
	await house.close();
	house = await openHouse(dataDir, options);
}

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
});
afterEach(async () => {
	for (const screen of screens.splice(0)) screen.close();
	await house.close();
	expect(house.problems).toEqual([]);
	await removeFolder(dataDir);
});

describe('an alert', () => {
	it('reaches the consultant in turn on every screen of theirs, once, and nobody else', async () => {
		const [phone, desktop, other] = [open('anna', 'phone'), open('anna', 'desktop'), open('bo', 'phone-2')];
		await live(phone, desktop, other);
		const alert = await walkIn(house);
		await until(() => expect([...phone.deliveries, ...desktop.deliveries]).toEqual([`${alert}/0/anna`, `${alert}/0/anna`]));
		await until(async () =>
			expect((await logged('alert.received')).map(({ body }) => 'device' in body && body.device).toSorted()).toEqual(['desktop', 'phone']),
		);
		expect((await logged('alert.sent')).length).toBe(2);
		await until(() => expect(other.alerts.get(alert)).toMatchObject({ state: 'open', told: ['anna'] }));
		await sleep(300);
		expect([phone.deliveries.length, desktop.deliveries.length, other.deliveries.length]).toEqual([1, 1, 0]);
	});

	it('does not wait for anything on its way from the crossing to the screen', async () => {
		const screen = open('anna', 'phone');
		await live(screen);
		const took: number[] = [];
		for (let round = 0; round < 20; round++) {
			const before = screen.arrived.length;
			const start = performance.now();
			const alert = await walkIn(house);
			await until(() => expect(screen.arrived.length).toBe(before + 1));
			took.push((screen.arrived[before]?.at ?? Number.POSITIVE_INFINITY) - start);
			await house.floor.alerts.greet(alert, 'anna');
		}
		took.sort((a, b) => a - b);
		console.info(`crossing to screen: median ${took[10]?.toFixed(1)} ms, worst ${took[19]?.toFixed(1)} ms`);
		// 13 ms on two busy cores; a machine that runs other tests may take longer, a poll or a timer would take far longer.
		expect(took[10]).toBeLessThan(150);
	});

	it('that was not confirmed is handed over again after 3 s, until it is', async () => {
		const screen = open('anna', 'phone');
		screen.confirms = false;
		await live(screen);
		const alert = await walkIn(house);
		await until(() => expect(screen.deliveries.length).toBe(1));
		await vi.waitFor(() => expect(screen.deliveries.length).toBe(2), { timeout: 4500 });
		expect((screen.arrived[1]?.at ?? 0) - (screen.arrived[0]?.at ?? 0)).toBeGreaterThan(2900);
		screen.confirms = true;
		await vi.waitFor(() => expect(screen.deliveries.length).toBe(3), { timeout: 4500 });
		await until(async () => expect((await logged('alert.received')).length).toBe(1));
		expect(new Set(screen.deliveries)).toEqual(new Set([`${alert}/0/anna`]));
		expect((await logged('alert.sent')).length).toBe(1);
		await sleep(3300);
		expect(screen.deliveries.length).toBe(3);
	});

	it('told while the screen was gone is there when it comes back; a screen that died before confirming gets it again', async () => {
		const first = open('anna', 'phone');
		first.confirms = false;
		await live(first);
		const alert = await walkIn(house);
		await until(() => expect(first.deliveries.length).toBe(1));
		first.close();
		await until(() => expect(house.desk.reachable().has('anna')).toBe(false));
		const again = open('anna', 'phone', first.lastSeq);
		await until(() => expect(again.deliveries).toEqual([`${alert}/0/anna`]));
		await until(async () => expect((await logged('alert.received')).length).toBe(1));
		const third = open('anna', 'tablet');
		await until(() => expect(third.alerts.has(alert)).toBe(true));
		await sleep(200);
		expect(third.deliveries).toEqual([]);
	});

	it('survives a restart of the agent between telling and delivering', async () => {
		const alert = await walkIn(house);
		await restart({ staff: false });
		const screen = open('anna', 'phone');
		await until(() => expect(screen.deliveries).toEqual([`${alert}/0/anna`]));
	});

	it('taken by somebody else meanwhile is not handed over any more', async () => {
		const alert = await walkIn(house);
		await house.floor.alerts.accept(alert, 'bo');
		const screen = open('anna', 'phone');
		await until(() => expect(screen.alerts.get(alert)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'bo' }));
		await sleep(200);
		expect(screen.deliveries).toEqual([]);
	});

	it('goes to the next person when nobody answers', async () => {
		await restart({ stepMs: 150, staff: false });
		const [anna, bo] = [open('anna', 'a'), open('bo', 'b')];
		await live(anna, bo);
		const start = performance.now();
		const alert = await walkIn(house);
		await until(() => expect(bo.deliveries).toEqual([`${alert}/1/bo`]));
		expect((bo.arrived[0]?.at ?? 0) - start).toBeGreaterThan(149);
		await until(() => expect(anna.alerts.get(alert)).toMatchObject({ step: 1, told: ['anna', 'bo'] }));
		expect(anna.deliveries).toEqual([`${alert}/0/anna`]);
	});

	it('goes to the known customer’s own consultant, and makes up at once for steps that passed while the agent was down', async () => {
		const bo = open('bo', 'phone');
		await live(bo);
		await house.floor.see({
			kind: 'identified',
			camera: 'cam-1',
			entrance: 'main',
			track: 9001,
			who: { person: 'li', kind: 'customer' },
			evidence: null,
			at: now(),
		});
		const [alert] = await house.log.alerts({ open: true });
		expect(alert).toMatchObject({ customer: { id: 'li', name: '李雷' }, told: ['bo'] });
		const later = () => ({ ...now(), mono: now().mono + 50_000, wall: now().wall + 50_000 });
		await restart({ staff: false, clock: later });
		await until(async () => expect((await house.log.alerts({ open: true }))[0]?.told).toEqual(['bo', 'anna', 'ma']));
	});
});

describe('a screen', () => {
	it('that connects for the first time gets the alerts that are open and the visits of the day', async () => {
		const alert = await walkIn(house);
		const screen = open('ma', 'wall');
		await until(() => expect([...screen.alerts.keys()]).toEqual([alert]));
		expect(screen.visits.size).toBe(1);
		expect(screen.lastSeq).toBe(await house.log.lastSeq());
	});

	it('that was away gets every change it missed, and none twice shown', async () => {
		const screen = open('ma', 'wall');
		await live(screen);
		const alert = await walkIn(house);
		await until(() => expect(screen.alerts.get(alert)?.state).toBe('open'));
		screen.socket.disconnect();
		await house.floor.alerts.accept(alert, 'anna');
		await house.floor.alerts.greet(alert, 'anna');
		const second = await walkIn(house);
		screen.socket.connect();
		await until(() => expect([screen.alerts.get(alert)?.state, screen.alerts.get(second)?.state]).toEqual(['greeted', 'open']));
	});

	it('is up to date after a storm that began while it connected', async () => {
		const storm = Promise.all(Array.from({ length: 60 }, () => walkIn(house)));
		const joining = Array.from({ length: 5 }, (_, index) => open('ma', `wall-${index}`));
		await storm;
		const all = await house.log.alerts({ open: true });
		// People who come in together are one party.
		expect(all.flatMap(({ visit, joined }) => [visit, ...joined]).length).toBe(60);
		for (const screen of joining) await until(() => expect([...screen.alerts.values()]).toEqual(all));
		await until(async () => expect(new Set(joining.map(({ visits }) => visits.size))).toEqual(new Set([60])));
	});

	it('shows on the alert what becomes known at the kiosk after it was taken', async () => {
		const screen = open('ma', 'wall');
		await live(screen);
		const alert = await walkIn(house);
		await house.floor.alerts.accept(alert, 'anna');
		await house.floor.checkIn(
			{
				id: crypto.randomUUID(),
				name: '韩梅梅',
				telephone: null,
				purpose: 'quote',
				host: null,
				model: null,
				language: 'zh',
			},
			{ via: 'touch', customer: null, actor: 'kiosk:main' },
		);
		await until(() => expect(screen.alerts.get(alert)).toMatchObject({ checkinName: '韩梅梅', purpose: 'quote', state: 'acknowledged' }));
	});

	it('of nobody who works here is turned away', async () => {
		const stranger = new Screen(house.url, { device: 'phone', after: 0 }, Promise.resolve('showroom-session=made-up'));
		screens.push(stranger);
		const why = await new Promise<Error>((resolve) => stranger.socket.on('connect_error', resolve));
		expect(why.message).toBe('sign-in-needed');
	});

	it('gets live pictures of the camera it watches, and only then', async () => {
		const [watcher, other] = [open('ma', 'wall'), open('anna', 'phone')];
		await live(watcher, other);
		const pictures: string[] = [];
		for (const screen of [watcher, other])
			screen.socket.on('picture', ({ jpeg }) => pictures.push(`${screen.hello.device} ${jpeg.byteLength}`));
		watcher.socket.emit('watch', 'cam-1');
		await until(() => expect(house.watched).toEqual([['cam-1']]));
		house.desk.picture({ camera: 'cam-1', jpeg: new Uint8Array([255, 216, 255]).buffer, boxes: [], line: null, look: null });
		await until(() => expect(pictures).toEqual(['wall 3']));
		watcher.close();
		await until(() => expect(house.watched).toEqual([['cam-1'], []]));
	});

	it('gets the figures of the faces in a picture when it calibrates the camera, and nobody else gets them', async () => {
		await house.access.accounts.add({ id: 'fitter', name: '安装', role: 'installer', onDuty: false }, 'cli');
		const [installer, watcher] = [open('fitter', 'tablet'), open('ma', 'wall')];
		await live(watcher);
		await until(() => expect(installer.socket.connected).toBe(true));
		const looks = new Map<string, unknown>();
		for (const screen of [installer, watcher]) screen.socket.on('picture', ({ look }) => looks.set(screen.hello.device, look));
		watcher.socket.emit('watch', 'cam-1');
		installer.socket.emit('calibrate', 'cam-1');
		await until(() => expect(house.calibrated.at(-1)).toEqual(['cam-1']));
		await until(() => expect(house.watched.at(-1)).toEqual(['cam-1']));
		const look = { ms: 40, width: 1920, height: 1080, brightness: 120, faces: [] };
		await until(() => {
			house.desk.picture({ camera: 'cam-1', jpeg: new Uint8Array([255, 216, 255]).buffer, boxes: [], line: null, look });
			expect([...looks].sort()).toEqual([
				['tablet', look],
				['wall', null],
			]);
		});
		// Watching it plainly ends the calibration.
		installer.socket.emit('watch', 'cam-1');
		await until(() => expect(house.calibrated.at(-1)).toEqual([]));
	});
});
