import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CameraReport } from '../../../edge-agent/cameras/camera.types.js';
import { parseConfig } from '../../../edge-agent/config/config.source.js';
import { readSettings, writeSettings } from '../../../edge-agent/setup/settings.store.js';
import { Setup } from '../../../edge-agent/setup/setup.js';

const config = parseConfig(
	{ entrances: [{ id: 'front', name: '正门' }], cameras: [{ id: 'hall', name: '大厅', source: 'rtsp://a:b@10.0.0.2/x' }] },
	'the test',
);

let dataDir = '';
beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'showroom-setup-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

/** A set-up whose cameras report what the test says as soon as they are opened. `did`: what it did since its start. */
async function openSetup(answer: Pick<CameraReport, 'state' | 'reason'>, of = config, { started = true } = {}) {
	const did: string[] = [];
	const listeners = new Set<(report: CameraReport) => void>();
	const setup = new Setup({
		config: of,
		settings: await readSettings(dataDir),
		save: (settings) => writeSettings(dataDir, settings),
		recognition: async () => ({ recognisers: [], thresholds: { from: 'shipped' } as const }),
		house: {
			open: async ({ id }) => {
				did.push(`open ${id}`);
				const report = { camera: id, message: null, framesRead: 1, dropped: 0, decoderCpuSeconds: 0, ...answer };
				setImmediate(() => {
					for (const listener of listeners) listener({ ...report, state: 'connecting', reason: null });
					for (const listener of listeners) listener(report);
				});
			},
			mask: ({ id, masks }) => void did.push(`mask ${id} ${masks.length}`),
			close: async (id) => void did.push(`close ${id}`),
			onReport: (listener) => {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
			shown: ({ id }) => did.push(`shown ${id}`),
			hidden: (id) => did.push(`hidden ${id}`),
		},
	});
	if (started) await setup.start();
	did.length = 0;
	return { setup, did, listeners };
}

const door = { name: '大门', source: 'rtsp://admin:s3cret@10.0.0.3/main' };

describe('a new camera', () => {
	it('is kept once a picture came, counts for the first entrance, and is there after a restart', async () => {
		const { setup, did, listeners } = await openSetup({ state: 'live', reason: null });
		const { camera, state, reason } = await setup.addCamera(door);
		expect({ camera, state, reason }).toMatchObject({
			camera: { id: 'camera-1', entrance: 'front', fixed: false },
			state: 'live',
			reason: null,
		});
		expect(did).toEqual(['open camera-1', 'shown camera-1']);
		expect(listeners.size).toBe(0);

		const again = await openSetup({ state: 'live', reason: null });
		expect(again.setup.cameras().map(({ id, source }) => [id, source])).toEqual([
			['hall', 'rtsp://a:b@10.0.0.2/x'],
			['camera-1', door.source],
		]);
	});

	it('is closed and forgotten when none came, with the reason', async () => {
		const { setup, did } = await openSetup({ state: 'retrying', reason: 'unauthorised' });
		expect(await setup.addCamera(door)).toEqual({ camera: null, state: 'retrying', reason: 'unauthorised' });
		expect(did).toEqual(['open camera-1', 'close camera-1']);
		expect((await readSettings(dataDir)).cameras).toEqual([]);
	});

	it('is kept without a picture when asked to', async () => {
		const { setup } = await openSetup({ state: 'retrying', reason: 'unreachable' });
		expect(await setup.addCamera({ ...door, keep: true })).toMatchObject({ camera: { id: 'camera-1' }, reason: 'unreachable' });
	});

	it('never shows its password again', async () => {
		const { setup } = await openSetup({ state: 'live', reason: null });
		await setup.addCamera(door);
		expect(JSON.stringify(await setup.view())).not.toMatch(/s3cret|admin|a:b/);
	});

	it('gets an id of its own, also when several are added at once', async () => {
		const { setup } = await openSetup({ state: 'live', reason: null });
		const added = await Promise.all([setup.addCamera(door), setup.addCamera(door), setup.addCamera(door)]);
		expect(added.map(({ camera }) => camera?.id)).toEqual(['camera-1', 'camera-2', 'camera-3']);
	});

	it('is refused before anything runs when its address is none', async () => {
		const { setup, did } = await openSetup({ state: 'live', reason: null });
		expect(() => setup.addCamera({ ...door, source: 'http://10.0.0.3/x' })).toThrow(/not read over "http:"/);
		expect(did).toEqual([]);
	});
});

describe('a camera that is there', () => {
	it('is connected anew for another line, but not for another name', async () => {
		const { setup, did } = await openSetup({ state: 'live', reason: null });
		await setup.addCamera(door);
		did.length = 0;
		await setup.changeCamera('camera-1', { name: '侧门' });
		expect(did).toEqual(['shown camera-1']);
		await setup.changeCamera('camera-1', { line: { x1: 0, y1: 0.5, x2: 1, y2: 0.5 } });
		expect(did).toEqual(['shown camera-1', 'close camera-1', 'open camera-1', 'shown camera-1']);
		expect((await readSettings(dataDir)).cameras).toMatchObject([{ name: '侧门', line: { x1: 0, y1: 0.5, x2: 1, y2: 0.5 }, zone: null }]);
	});

	it('is covered by another mask at once, without being connected anew', async () => {
		const { setup, did } = await openSetup({ state: 'live', reason: null });
		await setup.addCamera(door);
		did.length = 0;
		const mask = [
			{ x: 0, y: 0 },
			{ x: 0.2, y: 0 },
			{ x: 0, y: 0.3 },
		];
		expect(await setup.changeCamera('camera-1', { masks: [mask] })).toMatchObject({ masks: [mask] });
		expect(did).toEqual(['mask camera-1 1', 'shown camera-1']);
		expect((await readSettings(dataDir)).cameras).toMatchObject([{ masks: [mask] }]);
	});

	it('is changed in the configuration file when it stands there', async () => {
		const { setup } = await openSetup({ state: 'live', reason: null });
		await expect(setup.changeCamera('hall', { name: 'x' })).rejects.toMatchObject({ code: 'fixed-camera' });
		await expect(setup.removeCamera('hall')).rejects.toMatchObject({ code: 'fixed-camera' });
		await expect(setup.removeCamera('camera-9')).rejects.toMatchObject({ code: 'no-such-camera' });
	});

	it('is gone from the screens and the settings once removed', async () => {
		const { setup, did } = await openSetup({ state: 'live', reason: null });
		await setup.addCamera(door);
		await setup.removeCamera('camera-1');
		expect(did.slice(-2)).toEqual(['close camera-1', 'hidden camera-1']);
		expect((await readSettings(dataDir)).cameras).toEqual([]);
	});
});

describe('before the networks are loaded', () => {
	const early = () => openSetup({ state: 'live', reason: null }, config, { started: false });

	it('no camera is tried', async () => {
		const { setup, did } = await early();
		await expect(setup.addCamera(door)).rejects.toMatchObject({ code: 'not-ready' });
		expect(did).toEqual([]);
	});

	it('changes are kept, and count from the start on', async () => {
		const { setup: former } = await openSetup({ state: 'live', reason: null });
		for (const name of ['A', 'B']) await former.addCamera({ ...door, name });
		const { setup, did } = await early();
		await setup.changeCamera('camera-1', { line: { x1: 0, y1: 0.5, x2: 1, y2: 0.5 } });
		await setup.removeCamera('camera-2');
		await setup.reopen('hall');
		expect(did).toEqual(['shown camera-1', 'hidden camera-2']);
		did.length = 0;
		await setup.start();
		expect(did).toEqual(['open hall', 'open camera-1']);
		await setup.reopen('hall');
		expect(did.slice(2)).toEqual(['close hall', 'open hall']);
	});
});

describe('the settings', () => {
	it('remember where the assistant was left, and what the store is called', async () => {
		const { setup } = await openSetup({ state: 'live', reason: null }, parseConfig({}, 'the test'));
		expect((await setup.view()).step).toBe('store');
		await setup.change({ storeName: '城北店', step: 'camera' });
		const again = await openSetup({ state: 'live', reason: null }, parseConfig({}, 'the test'));
		expect(await again.setup.view()).toMatchObject({ storeName: '城北店', step: 'camera' });
	});

	it('ask nobody to set up what the configuration file has set up', async () => {
		const { setup } = await openSetup({ state: 'live', reason: null });
		expect((await setup.view()).step).toBe('done');
	});

	it('are for their owner only, since they hold passwords', async () => {
		const { setup } = await openSetup({ state: 'live', reason: null });
		await setup.addCamera(door);
		const path = join(dataDir, 'settings.json');
		expect((await stat(path)).mode & 0o777).toBe(0o600);
		expect(await readFile(path, 'utf8')).toContain('s3cret');
	});

	it('that are damaged are named without what stands in them', async () => {
		await writeFile(join(dataDir, 'settings.json'), '{"cameras":[{"source":"rtsp://x:s3cret@"');
		const error = await readSettings(dataDir).catch((reason: Error) => reason.message);
		expect(error).toMatch(/settings\.json is damaged/);
		expect(error).not.toContain('s3cret');
	});
});
