import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { uuidv7 } from 'uuidv7';
import { FaceCheckIns } from '../../../edge-agent/checkin/face-checkins.js';
import { now } from '../../../edge-agent/clock.js';
import type { WebhookConfig } from '../../../edge-agent/config/config.schema.js';
import { parseConfig } from '../../../edge-agent/config/config.source.js';
import { Consent } from '../../../edge-agent/consent/consent.js';
import { Enrolment } from '../../../edge-agent/consent/enrolment.js';
import { Processing } from '../../../edge-agent/consent/processing.js';
import type { AlertView, CameraView } from '../../../edge-agent/contract/api.js';
import type {
	AlertDelivery,
	DeskChange,
	DeskClientMessages,
	DeskHandshake,
	DeskServerMessages,
} from '../../../edge-agent/contract/sockets.js';
import type { Instant } from '../../../edge-agent/contract/vocabulary.js';
import { startServer } from '../../../edge-agent/http/server.js';
import type { SecureDoorOptions } from '../../../edge-agent/http/tls/secure-door.js';
import type { RowChange } from '../../../edge-agent/log/log.types.js';
import { openShowroomLog } from '../../../edge-agent/log/showroom-log.js';
import { Metrics } from '../../../edge-agent/metrics/metrics.js';
import { Readiness } from '../../../edge-agent/metrics/readiness.source.js';
import { Access } from '../../../edge-agent/people/access.js';
import { Importer } from '../../../edge-agent/people/import/importer.js';
import { floorRules } from '../../../edge-agent/reception/rules.js';
import { RecogniserChanges } from '../../../edge-agent/setup/recogniser-change.js';
import { readSettings, writeSettings } from '../../../edge-agent/setup/settings.store.js';
import { Setup } from '../../../edge-agent/setup/setup.js';
import { Desk } from '../../../edge-agent/sockets/desk.js';
import { Summaries } from '../../../edge-agent/summary/summaries.js';
import { realTimers } from '../../../edge-agent/timers.js';
import type { FaceAnswer, FaceAsk } from '../../../edge-agent/vision/presentation/face-messages.js';
import { ShowroomFloor } from '../../../edge-agent/visits/showroom.js';
import { Webhooks } from '../../../edge-agent/webhooks/webhooks.js';
import { openModelStore } from '../../../models/model-store.js';

export const people: RowChange[] = [
	{ table: 'staff', id: 'anna', name: '安娜', role: 'consultant', onDuty: true },
	{ table: 'staff', id: 'bo', name: '薄一波', role: 'consultant', onDuty: true },
	{ table: 'staff', id: 'chen', name: '陈静', role: 'adviser', onDuty: true },
	{ table: 'staff', id: 'ma', name: '马强', role: 'manager', onDuty: true },
	{ table: 'customers', id: 'li', name: '李雷', telephone: null, consultant: 'bo' },
];

const config = parseConfig({}, 'the test');
const camera: CameraView = { id: 'cam-1', name: '大门', entrance: 'main', state: 'live', reason: null, fps: 12, dropped: 0 };

export interface HouseOptions {
	readonly stepMs?: number;
	/** The clock, as the rooms see it. */
	readonly clock?: () => Instant;
	readonly staff?: boolean;
	readonly beyond?: SecureDoorOptions | null;
	readonly webhooks?: readonly WebhookConfig[];
}

/** The real log, floor, desk and server of a showroom without cameras, wired as main does it. */
export async function openHouse(
	dataDir: string,
	{ stepMs = 20_000, clock = now, staff = true, beyond = null, webhooks: webhookConfigs = [] }: HouseOptions = {},
) {
	const problems: unknown[] = [];
	const onProblem = (message: string, error: unknown) => void problems.push([message, error]);
	const log = openShowroomLog({ dataDir, onProblem });
	await log.start();
	if (staff) await log.append([], people);
	const watched: string[][] = [];
	const calibrated: string[][] = [];
	const access = new Access({ log, queries: log, now: clock, newId: uuidv7, onProblem, storeName: () => '城北店' });
	await access.start();
	const consent = new Consent({
		...{ log, places: [dataDir], retention: config.retention, storeName: '城北店', now: clock, newId: uuidv7 },
		modelId: async () => 'face-api/fp32/a1',
	});
	await consent.prepare();
	const nobody = () => Promise.reject(new Error('nobody is enrolled here'));
	const enrolment = new Enrolment({
		consent,
		log,
		queries: log,
		now: clock,
		newId: uuidv7,
		describer: { describe: nobody },
		nearest: nobody,
	});
	const processing = new Processing({ log, now: clock, newId: uuidv7 });
	const imports = new Importer({ dataDir, log, queries: log, now: clock, newId: uuidv7, onProblem });
	await imports.start();
	const setup = new Setup({
		...{
			config,
			settings: await readSettings(dataDir),
			save: (settings) => writeSettings(dataDir, settings),
			recognition: async () => ({ recognisers: [], thresholds: { from: 'shipped' } as const }),
		},
		house: { open: async () => {}, close: async () => {}, mask: () => {}, onReport: () => () => {}, shown: () => {}, hidden: () => {} },
	});
	await setup.start();
	const desk = new Desk({
		log,
		queries: log,
		access,
		cameras: () => [camera],
		onWatched: (ids) => watched.push([...ids]),
		onCalibrated: (ids) => calibrated.push([...ids]),
		now: clock,
		onProblem,
	});
	const floor = new ShowroomFloor({
		...{ log, queries: log, now: clock, timers: realTimers, newId: uuidv7, onProblem, screens: desk },
		rules: floorRules({ ...config, alerts: { ...config.alerts, stepSeconds: stepMs / 1000 } }),
	});
	await floor.start();
	/** What the vision worker answers to the pictures of a kiosk, in turn. */
	const faces: FaceAnswer[] = [];
	const vision = {
		face: async (_session: string, ask: FaceAsk): Promise<FaceAnswer> => (ask.do === 'look' && faces.shift()) || { state: 'gone' },
	};
	const faceCheckIns = new FaceCheckIns({
		...{ floor, log, queries: log, processing, now: clock, newId: uuidv7, random: () => 0, onProblem },
		vision: () => vision,
		known: () => 1,
	});
	const webhooks = new Webhooks({
		...{ webhooks: webhookConfigs, log, queries: log, now: clock, newId: uuidv7, onProblem },
		...{ showroom: () => '城北店', cameras: () => [camera] },
	});
	webhooks.start();
	const metrics = new Metrics({ log, queries: log, cameras: () => [camera] });
	await metrics.start();
	/** Whether networks and cameras are there: as a test wants it. */
	const sight = { recogniser: true, cameras: true };
	const readiness = new Readiness({ dataDir, log, queries: log, recogniser: () => sight.recogniser, cameras: () => sight.cameras });
	const web = { console: join(dataDir, 'console'), kiosk: join(dataDir, 'kiosk') };
	const modelsDir = join(dataDir, 'models');
	const recogniser = async () => ({ name: 'demo', fallback: true, calibrated: false, missing: 0 });
	const rooms = {
		storeName: () => '城北店',
		summaries: new Summaries({ queries: log, targetMs: 60_000 }),
		...{ access, consent, enrolment, faceCheckIns, imports, metrics, processing, readiness, setup, webhooks },
		floor,
		rivals: config.store.rivals,
		desk,
		log,
		queries: log,
		cameras: () => [camera],
		recogniser,
		recogniserChanges: new RecogniserChanges({
			modelsDir,
			threshold: null,
			openModels: (onProgress) => openModelStore({ dir: modelsDir, onProgress }),
		}),
		web,
		now: clock,
		newId: uuidv7,
		onProblem,
	};
	const server = await startServer({ host: '127.0.0.1', port: 0, beyond, onBeyond: () => {}, ...rooms });
	return {
		...{ log, floor, desk, access, server, problems, watched, calibrated, faces, rooms, sight, web },
		url: `http://127.0.0.1:${server.port}`,
		port: server.port,
		/** The cookie of a new session of somebody's. */
		async cookie(staff: string): Promise<string> {
			return `showroom-session=${(await access.sessions.open(staff, 'link', { address: '127.0.0.1', browser: 'test' })).token}`;
		},
		/** As main stops: doors first, the log last. */
		async close() {
			await server.close();
			await faceCheckIns.stop();
			await imports.stop();
			await floor.stop();
			await webhooks.stop();
			access.stop();
			metrics.stop();
			await log.stop();
		},
	};
}
export type House = Awaited<ReturnType<typeof openHouse>>;

export async function temporaryFolder(): Promise<string> {
	return mkdtemp(join(tmpdir(), 'showroom-desk-'));
}

export async function removeFolder(path: string): Promise<void> {
	await rm(path, { recursive: true, force: true });
}

let track = 0;
/** Somebody unknown walks in; answers the alert's id. */
export async function walkIn(house: House): Promise<string> {
	track += 1;
	await house.floor.see({ kind: 'crossing', camera: 'cam-1', entrance: 'main', track, direction: 'in', who: 'undecided', at: now() });
	const [alert] = (await house.log.alerts({ open: true })).slice(-1);
	return alert?.id ?? '';
}

/** A screen as the console keeps one: rows by id, the last seq, each delivery shown once. */
export class Screen {
	readonly socket: Socket<DeskServerMessages, DeskClientMessages>;
	readonly alerts = new Map<string, AlertView>();
	readonly visits = new Map<string, unknown>();
	/** Every delivery as it came, repeats included, and when (ms, performance.now). */
	readonly arrived: { readonly delivery: string; readonly at: number }[] = [];
	lastSeq = 0;
	/** false: the page hangs; nothing is confirmed. */
	confirms = true;
	readonly hello: DeskHandshake;

	/** @param cookie of the session or device at this screen */
	constructor(url: string, hello: DeskHandshake, cookie: Promise<string>) {
		this.hello = hello;
		this.lastSeq = hello.after;
		this.socket = io(`${url}/desk`, {
			...{ forceNew: true, autoConnect: false, reconnectionDelay: 50, extraHeaders: {} },
			auth: (send) => send({ ...hello, after: this.lastSeq }),
		});
		cookie.then((value) => {
			Object.assign(this.socket.io.opts.extraHeaders ?? {}, { cookie: value });
			this.socket.connect();
		});
		this.socket.on('alert', ({ delivery }: AlertDelivery, received) => {
			this.arrived.push({ delivery, at: performance.now() });
			if (this.confirms) received();
		});
		this.socket.on('change', ({ seq, visits, alerts }: DeskChange) => {
			this.lastSeq = Math.max(this.lastSeq, seq);
			for (const visit of visits) this.visits.set(visit.id, visit);
			for (const alert of alerts) this.alerts.set(alert.id, alert);
		});
	}

	get deliveries(): string[] {
		return this.arrived.map(({ delivery }) => delivery);
	}

	close(): void {
		this.socket.close();
	}
}
