import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { RtspServer } from '../../rtsp/rtsp-server.js';
import { everythingAskedWrongly, secretsInTheWrongPlaces } from './bad-requests.js';
import { everybodyComesIn } from './coming-in.js';
import { knowPrivateKeys, onTheCommandLine, startsThatFail, watchCameras } from './on-the-command-line.js';
import { addCameras, camerasAre, everybodyAsks, importCustomers, lookAfterCustomers, receiveVisitors } from './showroom-day.js';
import { cameraPasswords, rtspLogin, type Stage } from './stage.js';

function configure(stage: Stage, server: RtspServer): string {
	const camera = (id: string, password: string) => {
		const login = rtspLogin(password);
		return { id, name: id, entrance: 'main', source: server.url('door', login) };
	};
	const config = join(stage.given, 'showroom.yaml');
	const settings = {
		server: { host: '0.0.0.0', tls: { port: 0 } },
		recognition: { workers: 1 },
		entrances: [{ id: 'main', name: '正门' }],
		cameras: [camera('door', cameraPasswords.right), camera('locked', cameraPasswords.wrong)],
	};
	// JSON is YAML.
	writeFileSync(config, JSON.stringify(settings));
	return config;
}

/** A store's first day, from the set-up code to the commands after closing time: the whole program as it runs, with every secret that it takes. */
export async function fullRun(stage: Stage, server: RtspServer, modelsDir: string): Promise<void> {
	symlinkSync(modelsDir, join(stage.dataDir, 'models'));
	const config = configure(stage, server);
	stage.watch.start();
	const agent = stage.command('start', ['start', '--config', config, '--port', '0', '--data', stage.dataDir]);
	const all = await everybodyComesIn(stage, agent);
	knowPrivateKeys(stage);
	const { kiosk, nobody, board, phone, consultant, manager } = all;
	const screens = [consultant, manager, phone, board].map((caller) => caller.screen(caller === consultant ? 'door' : null));
	const refused = [kiosk, nobody].map((caller) => caller.screen('door'));
	await vi.waitFor(() => expect(screens.map(({ connected }) => connected)).not.toContain(false), 10_000);

	const customer = await lookAfterCustomers(all);
	const draft = await importCustomers(all);
	await receiveVisitors(all);
	await agent.says('Console:', 30_000);
	await camerasAre(manager, { door: 'live', locked: 'unauthorised' });
	await addCameras(all, server);
	await everythingAskedWrongly(all);
	await secretsInTheWrongPlaces(all, draft);
	await everybodyAsks(all, { customer, import: draft });
	await wait(500);
	expect(screens.map(({ connected }) => connected)).not.toContain(false);
	expect(refused.map(({ connected }) => connected)).not.toContain(true);
	expect(await agent.kill('SIGTERM')).toBe(0);

	await onTheCommandLine(stage, config);
	await Promise.all([startsThatFail(stage), watchCameras(stage, server)]);
}
