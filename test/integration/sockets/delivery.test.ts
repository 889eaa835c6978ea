import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../edge-agent/demo/random.js';
import { deliveryId, toldBy } from '../../../edge-agent/sockets/deliveries.js';
import type { Screen } from './house.js';
import { live, Stage, until } from './stage.js';

const stage = new Stage();
const TEN_MINUTES_MS = 600_000;
/** Longer than a delivery without an answer waits to be handed over again. */
const AGAIN_MS = 3300;

describe('with three screens of one person', () => {
	it('one that dies before it has shown the alert takes nothing with it, and none of the others gets it twice', async () => {
		const [phone, desktop, tablet] = [stage.screen('anna', 'phone'), stage.screen('anna', 'desktop'), stage.screen('anna', 'tablet')];
		phone.confirms = false;
		await live(phone, desktop, tablet);
		const alert = await stage.walkIn();
		await until(() => expect(phone.deliveries).toEqual([`${alert}/0/anna`]));
		phone.socket.io.engine.close();
		phone.close();
		await until(async () =>
			expect((await stage.logged('alert.received')).map(({ body }) => body.device).toSorted()).toEqual(['desktop', 'tablet']),
		);
		const back = stage.screen('anna', 'phone', { after: phone.lastSeq });
		await live(back);
		await sleep(AGAIN_MS);
		expect([desktop.deliveries, tablet.deliveries, back.deliveries]).toEqual([[`${alert}/0/anna`], [`${alert}/0/anna`], []]);
	});

	it('a page that hangs is handed it again only until another of their screens has shown it', async () => {
		const [hanging, other] = [stage.screen('anna', 'phone'), stage.screen('anna', 'desktop')];
		hanging.confirms = false;
		await live(hanging, other);
		await stage.walkIn();
		await until(() => expect([hanging.deliveries.length, other.deliveries.length]).toEqual([1, 1]));
		await sleep(AGAIN_MS);
		expect([hanging.deliveries.length, other.deliveries.length]).toEqual([1, 1]);
	});
});

describe('a screen that was away for ten minutes', () => {
	it('is handed what its person was told meanwhile and what still matters, once', async () => {
		const phone = stage.screen('anna', 'phone');
		await live(phone);
		phone.socket.disconnect();
		await until(() => expect(stage.house.desk.reachable().size).toBe(0));
		const [greeted, waiting] = [await stage.walkIn(), await stage.walkIn()];
		await stage.house.floor.alerts.greet(greeted, 'ma');
		stage.later(TEN_MINUTES_MS);
		// The next thing that happens: what has fallen due meanwhile happens, too.
		await stage.walkIn();
		await until(async () => expect((await stage.logged('alert.escalated')).some(({ body }) => body.alert === waiting)).toBe(true));
		phone.socket.connect();
		const mine = (await stage.house.log.read(0, 10_000))
			.flatMap(toldBy)
			.filter(({ staff, alert }) => staff === 'anna' && alert !== greeted)
			.map(deliveryId);
		expect(mine.length).toBeGreaterThan(0);
		await until(() => expect(phone.deliveries.toSorted()).toEqual(mine.toSorted()));
		await until(() => expect(phone.alerts.get(greeted)?.state).toBe('greeted'));
		await sleep(AGAIN_MS);
		expect(phone.deliveries.length).toBe(mine.length);
	});
});

describe('who is told besides', () => {
	it('somebody who is sent, even though a colleague has taken the alert', async () => {
		const bo = stage.screen('bo', 'phone');
		await live(bo);
		await stage.house.floor.duty.set('bo', 'off', null, 'bo');
		const alert = await stage.walkIn();
		await stage.house.floor.alerts.accept(alert, 'anna');
		await stage.house.floor.alerts.assign(alert, 'ma', 'bo');
		await until(() => expect(bo.deliveries).toEqual([`${alert}/1/bo`]));
	});

	it('a colleague who is asked to take a visitor over, with what the alert says', async () => {
		const bo = stage.screen('bo', 'phone');
		await live(bo);
		const alert = await stage.walkIn();
		await stage.house.floor.alerts.greet(alert, 'anna');
		const visit = bo.alerts.get(alert)?.visit ?? (await stage.house.log.alerts({ ids: [alert] }))[0]?.visit ?? '';
		const asked = await stage.house.floor.alerts.handOver(visit, 'anna', 'bo');
		await until(() => expect(bo.deliveries.at(-1)).toBe(`${asked.id}/0/bo`));
		expect(bo.alerts.get(asked.id) ?? asked).toMatchObject({ kind: 'hand-over', from: 'anna', visit });
	});

	it('the manager, because somebody took the alert and walks up to nobody; those told before are not', async () => {
		const alert = await stage.walkIn();
		await stage.house.floor.alerts.accept(alert, 'bo');
		stage.later(TEN_MINUTES_MS);
		const [anna, ma] = [stage.screen('anna', 'phone'), stage.screen('ma', 'desktop')];
		await live(anna, ma);
		const other = await stage.walkIn();
		await until(() => expect(ma.deliveries.filter((id) => id.startsWith(alert))).toHaveLength(1));
		expect(ma.alerts.get(alert)?.state).toBe('acknowledged');
		await sleep(AGAIN_MS);
		expect(ma.deliveries.filter((id) => id.startsWith(alert))).toHaveLength(1);
		expect(anna.deliveries.filter((id) => !id.startsWith(other))).toEqual([]);
	});

	it('the manager who was away, once they are back', async () => {
		const alert = await stage.walkIn();
		await stage.house.floor.alerts.accept(alert, 'bo');
		stage.later(TEN_MINUTES_MS);
		await stage.walkIn();
		await until(async () => expect((await stage.logged('alert.escalated')).some(({ body }) => body.alert === alert)).toBe(true));
		await stage.restart();
		const ma = stage.screen('ma', 'desktop');
		await until(() => expect(ma.deliveries.filter((id) => id.startsWith(alert))).toHaveLength(1));
	});
});

it('screens that come and go, hang and die, a restart in between: each alert is shown to each person told, and to none of them twice', {
	timeout: 90_000,
}, async () => {
	const random = seededRandom(5);
	const people = ['anna', 'bo', 'ma'];
	const devices = people.flatMap((staff) => ['phone', 'desktop'].map((kind) => ({ staff, device: `${kind}-${staff}` })));
	const screens = new Map<string, Screen>();
	/** Every showing, by delivery: on which devices. */
	const shown = new Map<string, string[]>();
	const open = ({ staff, device }: (typeof devices)[number]) => {
		const screen = stage.screen(staff, device, { after: screens.get(device)?.lastSeq ?? 0 });
		screen.confirms = random() < 0.7;
		screen.socket.on('alert', ({ delivery }) => {
			if (screen.confirms) shown.set(delivery, [...(shown.get(delivery) ?? []), device]);
		});
		screens.set(device, screen);
	};
	/** A page that works leaves once what it confirmed has arrived; one that hangs just dies. */
	const end = async (screen: Screen) => {
		if (screen.confirms && screen.socket.connected)
			await new Promise<void>((resolve) => screen.socket.emit('present', { visible: true }, resolve));
		screen.close();
	};
	for (const one of devices) open(one);
	for (let round = 0; round < 40; round++) {
		for (const one of devices) {
			const screen = screens.get(one.device);
			if (!screen || random() > 0.15) continue;
			await end(screen);
			open(one);
		}
		const alert = await stage.walkIn();
		if (random() < 0.3) await stage.house.floor.alerts.greet(alert, people[round % 3] ?? '');
		if (round !== 20) continue;
		for (const screen of screens.values()) await end(screen);
		await stage.restart();
		for (const one of devices) open(one);
	}
	for (const one of devices) {
		const screen = screens.get(one.device);
		if (screen) await end(screen);
		open(one);
		Object.assign(screens.get(one.device) ?? {}, { confirms: true });
	}
	await until(async () => {
		for (const staff of people) expect(await stage.house.log.pendingDeliveries(staff)).toEqual([]);
	});
	const received = (await stage.logged('alert.received')).map(({ body }) => deliveryId(body));
	expect(new Set(received).size).toBeGreaterThan(20);
	expect(new Set(shown.keys())).toEqual(new Set(received));
	for (const [delivery, on] of shown) expect([delivery, on.length]).toEqual([delivery, new Set(on).size]);
});
