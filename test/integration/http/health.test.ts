import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VisitView } from '../../../edge-agent/contract/api.js';
import { samplesOf } from '../../unit/metrics/prometheus.js';
import { type House, openHouse, removeFolder, Screen, temporaryFolder, walkIn } from '../sockets/house.js';
import { type Ask, asking, checkIn } from './asking.js';

let dataDir: string;
let house: House;
let nobody: Ask;

beforeEach(async () => {
	dataDir = await temporaryFolder();
	house = await openHouse(dataDir);
	nobody = asking(house, '');
});
afterEach(async () => {
	await house.close();
	await removeFolder(dataDir);
});

describe('readiness', () => {
	const ready = async () => {
		const answer = await nobody('GET', '/readyz');
		return [answer.status, await answer.json()];
	};

	it('says what is not ready, in words, to everybody', async () => {
		expect(await ready()).toEqual([200, { ready: true, unready: [] }]);
		house.sight.recogniser = false;
		house.sight.cameras = false;
		expect(await ready()).toEqual([503, { ready: false, unready: ['recogniser', 'cameras'] }]);
		expect((await nobody('GET', '/healthz')).status).toBe(200);
	});

	it('is gone with the threads of the log, while the process lives', async () => {
		await house.log.stop();
		expect(await ready()).toEqual([503, { ready: false, unready: ['log-writer', 'log-reader'] }]);
		expect(await (await nobody('GET', '/healthz')).json()).toEqual({ ok: true });
	});

	it('is gone where the disk cannot be asked', async () => {
		await removeFolder(dataDir);
		const [, answer] = await ready();
		expect((answer as { unready: string[] }).unready).toContain('disk');
	});
});

describe('metrics', () => {
	const metrics = async (ask: Ask) => samplesOf(await (await ask('GET', '/metrics')).text());

	it('are for managers, administrators and programs that may read them', async () => {
		expect((await nobody('GET', '/metrics')).status).toBe(401);
		expect((await asking(house, await house.cookie('anna'))('GET', '/metrics')).status).toBe(403);
		const { token } = await house.access.tokens.make({ name: 'prometheus', scopes: ['read:metrics'], days: 1 }, 'system');
		const answer = await nobody('GET', '/metrics', undefined, { authorization: `Bearer ${token}` });
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
		const other = await house.access.tokens.make({ name: 'dms', scopes: ['read:log'], days: 1 }, 'system');
		expect((await nobody('GET', '/metrics', undefined, { authorization: `Bearer ${other.token}` })).status).toBe(403);
	});

	it('agree with the log', async () => {
		const manager = asking(house, await house.cookie('ma'));
		const anna = asking(house, await house.cookie('anna'));
		const screen = new Screen(house.url, { device: 'd', after: 0 }, house.cookie('bo'));
		await new Promise<void>((resolve) => screen.socket.on('connect', () => resolve()));
		const first = await walkIn(house);
		await walkIn(house);
		await anna('POST', `/api/alerts/${first}/accept`);
		await anna('POST', `/api/alerts/${first}/greet`);
		const { id: byHand } = (await (await manager('POST', '/api/visits', { id: crypto.randomUUID() })).json()) as VisitView;
		const second = (await house.log.alerts({ open: true })).find(({ visit }) => visit === byHand)?.id;
		expect((await anna('POST', `/api/alerts/${second}/accept`)).status).toBe(200);
		await manager('POST', '/api/checkins', checkIn());
		const follower = house.log.follow('test', async () => {});
		// The screen still says what it shows: read while nothing happens.
		const still = async () => {
			for (;;) {
				const seq = await house.log.lastSeq();
				const [place] = house.log.followers();
				const [read, events] = [await metrics(manager), await house.log.read(0, 1000)];
				if (place?.seq === seq && seq === (await house.log.lastSeq())) return { read, events };
			}
		};
		const { read, events } = await still();
		const count = (type: string) => events.filter((event) => event.type === type).length;
		for (const source of ['crossing', 'kiosk', 'manual', 'face'])
			expect([source, read.get(`showroom_arrivals_total{source="${source}"}`)]).toEqual([
				source,
				events.filter((event) => event.type === 'visit.opened' && event.body.source === source).length,
			]);
		expect(read.get('showroom_arrivals_total{source="crossing"}')).toBe(2);
		const alerts = await house.log.alerts({ open: true });
		for (const state of ['open', 'acknowledged'])
			expect(read.get(`showroom_alerts_open{state="${state}"}`)).toBe(alerts.filter((alert) => alert.state === state).length);
		expect(read.get('showroom_alert_wait_seconds_count{until="acknowledged"}')).toBe(count('alert.acknowledged'));
		expect(read.get('showroom_alert_wait_seconds_count{until="greeted"}')).toBe(count('alert.greeted'));
		expect(count('alert.greeted')).toBe(1);
		expect(read.get('showroom_log_last_seq')).toBe(await house.log.lastSeq());
		expect(read.get('showroom_log_lag_events{follower="test"}')).toBe(0);
		expect(read.get('showroom_sockets')).toBe(1);
		expect(read.get('showroom_camera_state{camera="cam-1",state="live"}')).toBe(1);
		expect(read.get('showroom_camera_fps{camera="cam-1"}')).toBe(12);
		expect(read.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
		expect(read.get('process_cpu_seconds_total')).toBeGreaterThan(0);
		for (const stat of ['p50', 'p99', 'max'])
			expect(read.get(`showroom_event_loop_delay_seconds{stat="${stat}"}`)).toBeGreaterThanOrEqual(0);
		screen.close();
		await follower.stop();
	});

	it('say how far a follower is behind, and that it fails', async () => {
		const follower = house.log.follow('stuck', () => Promise.reject(new Error('no')));
		await walkIn(house);
		await expect.poll(() => house.log.followers()[0]?.failures ?? 0).toBeGreaterThan(1);
		const read = await metrics(asking(house, await house.cookie('ma')));
		expect(read.get('showroom_log_lag_events{follower="stuck"}')).toBe(await house.log.lastSeq());
		expect(read.get('showroom_log_follower_failures{follower="stuck"}')).toBeGreaterThan(1);
		await follower.stop();
	});

	it('count alerts from before a restart as open, and measure nothing twice', async () => {
		const alert = await walkIn(house);
		await house.close();
		house = await openHouse(dataDir, { staff: false });
		const manager = asking(house, await house.cookie('ma'));
		expect((await metrics(manager)).get('showroom_alerts_open{state="open"}')).toBe(1);
		await manager('POST', `/api/alerts/${alert}/accept`);
		const read = await metrics(manager);
		expect(read.get('showroom_alerts_open{state="acknowledged"}')).toBe(1);
		expect(read.get('showroom_alert_wait_seconds_count{until="acknowledged"}')).toBe(1);
		expect(read.get('showroom_alert_wait_seconds_count{until="received"}')).toBe(0);
		expect(read.get('showroom_arrivals_total{source="crossing"}')).toBe(0);
	});
});
