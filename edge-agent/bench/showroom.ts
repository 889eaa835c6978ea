import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { openModelStore } from '../../models/model-store.js';
import { FaceCheckIns } from '../checkin/face-checkins.js';
import type { Config } from '../config/config.schema.js';
import { Consent } from '../consent/consent.js';
import { Enrolment } from '../consent/enrolment.js';
import { Processing } from '../consent/processing.js';
import type { Instant } from '../contract/vocabulary.js';
import { startServer } from '../http/server.js';
import { openShowroomLog } from '../log/showroom-log.js';
import { Metrics } from '../metrics/metrics.js';
import { Readiness } from '../metrics/readiness.source.js';
import { Access } from '../people/access.js';
import { Importer } from '../people/import/importer.js';
import { floorRules } from '../reception/rules.js';
import { RecogniserChanges } from '../setup/recogniser-change.js';
import { settingsSchema } from '../setup/settings.js';
import { Setup } from '../setup/setup.js';
import { Desk } from '../sockets/desk.js';
import { Summaries } from '../summary/summaries.js';
import type { Timers } from '../timers.js';
import { ShowroomFloor } from '../visits/showroom.js';

export interface BenchShowroomOptions {
	readonly dataDir: string;
	readonly config: Config;
	/** The clock, as the rooms see it. */
	readonly now: () => Instant;
	readonly timers: Timers;
	/** 0: any free one. */
	readonly port: number;
	readonly onProblem: (message: string, error: unknown) => void;
}

/** The agent's own log, accounts, floor, desk and server, wired as main wires them, without cameras and networks. */
export async function openBenchShowroom({ dataDir, config, now, timers, port, onProblem }: BenchShowroomOptions) {
	const log = openShowroomLog({ dataDir, onProblem });
	await log.start();
	const stores = { log, queries: log, now, newId: uuidv7 };
	const access = new Access({ ...stores, onProblem, storeName: () => config.store.name });
	await access.start();
	const places = [dataDir];
	const consent = new Consent({
		...{ log, places, retention: config.retention, storeName: config.store.name, now, newId: uuidv7 },
		modelId: async () => 'none',
	});
	await consent.prepare();
	const nobody = () => Promise.reject(new Error('nobody is enrolled here'));
	const enrolment = new Enrolment({ ...stores, consent, describer: { describe: nobody }, nearest: nobody });
	const processing = new Processing({ log, now, newId: uuidv7 });
	const imports = new Importer({ ...stores, dataDir, onProblem });
	await imports.start();
	const setup = new Setup({
		...{ config, settings: settingsSchema.parse({}), save: async () => {} },
		recognition: async () => ({ recognisers: [], thresholds: { from: 'none' } as const }),
		house: { open: async () => {}, close: async () => {}, mask: () => {}, onReport: () => () => {}, shown: () => {}, hidden: () => {} },
	});
	const desk = new Desk({ ...stores, access, cameras: () => [], onWatched: () => {}, onCalibrated: () => {}, onProblem });
	const floor = new ShowroomFloor({ ...stores, rules: floorRules(config), timers, onProblem, screens: desk });
	await floor.start();
	const faceCheckIns = new FaceCheckIns({
		...{ ...stores, floor, processing, onProblem },
		...{ vision: () => null, known: () => 0, random: () => 0 },
	});
	const modelsDir = join(dataDir, 'models');
	const metrics = new Metrics({ log, queries: log, cameras: () => [] });
	await metrics.start();
	const readiness = new Readiness({ dataDir, log, queries: log, recogniser: () => true, cameras: () => true });
	const server = await startServer({
		...{ host: '127.0.0.1', port, beyond: null, onBeyond: () => {} },
		...{ access, consent, enrolment, faceCheckIns, imports, processing, setup, floor, desk, onProblem, metrics, readiness },
		...stores,
		summaries: new Summaries({ queries: log, targetMs: config.alerts.redSeconds * 1000 }),
		webhooks: { views: async () => [], test: async () => null },
		rivals: config.store.rivals,
		storeName: () => config.store.name,
		cameras: () => [],
		recogniser: async () => ({ name: 'none', fallback: false, calibrated: false, missing: 0 }),
		recogniserChanges: new RecogniserChanges({
			...{ modelsDir, threshold: null },
			openModels: (onProgress) => openModelStore({ dir: modelsDir, onProgress }),
		}),
		web: { console: join(dataDir, 'console'), kiosk: join(dataDir, 'kiosk') },
	});
	return {
		...{ log, access, floor, desk },
		url: `http://127.0.0.1:${server.port}`,
		/** The cookie of a new session of somebody's. */
		async cookie(staff: string): Promise<string> {
			return `showroom-session=${(await access.sessions.open(staff, 'link', { address: '127.0.0.1', browser: 'bench' })).token}`;
		},
		/** As main stops: doors first, the log last. */
		async close(): Promise<void> {
			await server.close();
			metrics.stop();
			await faceCheckIns.stop();
			await floor.stop();
			await imports.stop();
			access.stop();
			await log.stop();
		},
	};
}
export type BenchShowroom = Awaited<ReturnType<typeof openBenchShowroom>>;
