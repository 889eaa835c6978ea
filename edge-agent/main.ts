import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { openModelStore } from '../models/model-store.js';
import packageJson from '../package.json' with { type: 'json' };
import type { CameraReport } from './cameras/camera.types.js';
import { CameraBoard } from './cameras/camera-board.js';
import { Cameras } from './cameras/cameras.js';
import { momentOf, now } from './clock.js';
import type { CameraConfig, Config } from './config/config.schema.js';
import { Consent } from './consent/consent.js';
import { Enrolment } from './consent/enrolment.js';
import { Processing } from './consent/processing.js';
import { ConsentUpkeep } from './consent/upkeep.timer.js';
import type { Actor, EventBody, EventDraft, EventType, LoggedEvent } from './contract/events.js';
import { EnrolmentDesk } from './gallery/enrolment.client.js';
import { KnownPeople } from './gallery/known-people.js';
import { addresses, inUrl, listening } from './http/listening.js';
import { type RunningServer, startServer } from './http/server.js';
import { openShowroomLog, type ShowroomLogClient } from './log/showroom-log.js';
import { Access } from './people/access.js';
import { Importer } from './people/import/importer.js';
import { recogniserViews } from './setup/recognisers.js';
import { readSettings, writeSettings } from './setup/settings.store.js';
import { Setup } from './setup/setup.js';
import { Desk } from './sockets/desk.js';
import { livePicture } from './vision/live-pictures.js';
import { Vision } from './vision/vision.js';
import type { VisionEvent } from './vision/vision-events.types.js';
import { seen } from './visits/seen.js';
import { ShowroomFloor } from './visits/showroom.js';

export interface AgentOptions {
	readonly config: Config;
	readonly dataDir: string;
	/** What happens, for people. */
	readonly say: (message: string) => void;
}

/** How often figures are read from the vision workers. */
const FIGURES_MS = 2000;
const MINUTE_MS = 60_000;

/** The appliance: wires the rooms together, starts and stops them. */
export class Agent {
	readonly log: ShowroomLogClient;
	readonly #options: AgentOptions;
	readonly #cameras: Cameras;
	readonly #board: CameraBoard;
	readonly #desk: Desk;
	readonly floor: ShowroomFloor;
	readonly access: Access;
	readonly #imports: Importer;
	#setup: Setup | null = null;
	#vision: Vision | null = null;
	#server: RunningServer | null = null;
	#figures: NodeJS.Timeout | undefined;
	readonly #consent: Consent;
	readonly #upkeep: ConsentUpkeep;
	#enrolment: Enrolment | null = null;
	/** Which faces are compared with the gallery. */
	#trigger: 'zone' | 'entrance' = 'zone';
	/** The cameras whose live picture somebody looks at. */
	#watched: ReadonlySet<string> = new Set();

	constructor(options: AgentOptions) {
		const { config, dataDir } = options;
		const onProblem = (message: string, error: unknown) => this.#problem(message, error);
		this.#options = options;
		this.log = openShowroomLog({
			...{ dataDir, onProblem },
			// Without its log the agent can do nothing: unheard, this ends it, as the other threads' deaths do.
			onDeath: (error) => {
				throw error;
			},
		});
		this.#consent = new Consent({
			...{ log: this.log, retention: config.retention, storeName: config.store.name, now, newId: uuidv7 },
			places: [dataDir, ...config.backup.destinations],
		});
		this.#upkeep = new ConsentUpkeep(this.#consent, onProblem);
		this.#cameras = new Cameras({ ffmpeg: config.ffmpeg });
		this.#board = new CameraBoard(config);
		this.access = new Access({
			...{ log: this.log, queries: this.log, now, newId: uuidv7, onProblem },
			storeName: () => this.#setup?.storeName ?? config.store.name,
		});
		this.#imports = new Importer({ dataDir, log: this.log, queries: this.log, now, newId: uuidv7, onProblem });
		this.#desk = new Desk({
			...{ log: this.log, queries: this.log, access: this.access, now, onProblem },
			cameras: () => this.#board.views(),
			onWatched: (cameras) => {
				this.#watched = cameras;
				this.#vision?.watch(cameras);
			},
		});
		const { stepSeconds, managerSeconds, redSeconds } = config.alerts;
		this.floor = new ShowroomFloor({
			...{ log: this.log, queries: this.log, now, newId: uuidv7, onProblem },
			visitRules: {
				reentryMs: new Map(config.entrances.map(({ id, reentryMinutes }) => [id, reentryMinutes * MINUTE_MS])),
				maxMs: config.visits.maxHours * 60 * MINUTE_MS,
			},
			alertRules: { stepMs: stepSeconds * 1000, managerMs: managerSeconds * 1000, redMs: redSeconds * 1000 },
			reachable: () => this.#desk.reachable(),
		});
	}

	/** Where the console is on this machine. */
	get url(): string {
		const { host } = listening(this.#options.config.server, this.#options.dataDir);
		return `http://${inUrl(host)}:${this.#server?.port ?? 0}/`;
	}

	/** @throws Error for people, when a part cannot start; then nothing runs */
	async start(): Promise<void> {
		try {
			await this.#start();
		} catch (error) {
			await this.stop();
			throw error;
		}
	}

	async #start(): Promise<void> {
		const { config, dataDir, say } = this.#options;
		await this.log.start();
		await this.#append('agent.started', 'system', 'agent', { version: packageJson.version, node: process.version });

		await this.#imports.start();
		await this.access.start();
		// Before anybody is looked for: nobody whose consent has ended is.
		await this.#consent.prepare();
		this.#upkeep.start();
		this.log.onAppended((events) => this.#hearTrigger(events));
		this.#trigger = (await this.#consent.trigger()).trigger;

		const modelsDir = join(dataDir, 'models');
		const models = openModelStore({ dir: modelsDir });
		const recogniser = await models.active();
		const consent = this.#consent;
		const enrolment = new Enrolment({
			...{ consent, log: this.log, now, newId: uuidv7 },
			newDescriber: async () => new EnrolmentDesk({ recogniser, modelsDir }, say),
		});
		this.#enrolment = enrolment;
		const processing = new Processing({ log: this.log, now, newId: uuidv7 });

		// Before the networks, which take seconds to load: a visitor from before a crash may be waiting.
		await this.floor.start();
		const setup = new Setup({
			...{ config, settings: await readSettings(dataDir), save: (settings) => writeSettings(dataDir, settings) },
			recognisers: () => recogniserViews(models),
			house: {
				open: (camera) => this.#open(camera),
				close: (id) => this.#close(id),
				onReport: (listener) => this.#cameras.onReport(listener),
				shown: (camera, report) => {
					this.#desk.camera(this.#board.put(camera));
					if (report) this.#reported(report);
				},
				hidden: (id) => {
					const view = this.#board.remove(id);
					if (view) this.#desk.camera(view);
				},
			},
		});
		this.#setup = setup;
		for (const camera of setup.cameras()) this.#board.put(camera);
		this.#server = await startServer({
			...listening(config.server, dataDir),
			onBeyond: (door) => say(`Other machines and phones: ${addresses(door).join('  ')}`),
			access: this.access,
			...{ setup, consent, enrolment, processing, imports: this.#imports, storeName: () => setup.storeName },
			...{ floor: this.floor, desk: this.#desk, log: this.log, queries: this.log, now, newId: uuidv7 },
			cameras: () => this.#board.views(),
			recogniser: () => ({ name: recogniser, fallback: recogniser === 'face-api' }),
			web: { console: join(import.meta.dirname, '../console'), kiosk: join(import.meta.dirname, '../kiosk') },
			onProblem: (message, error) => this.#problem(message, error),
		});

		await this.#sayHowToSetUp();

		const { workers, threshold } = config.recognition;
		const vision = new Vision({ workers, threshold, recogniser, modelsDir, onProgress: say });
		await vision.start();
		this.#vision = vision;
		vision.watch(this.#watched);
		const people = new KnownPeople({ queries: this.log, vision });
		vision.onEvents((events) => this.#see(events));
		vision.onPicture((picture) => this.#desk.picture(livePicture(picture, people.names)));
		this.log.onAppended((events) => {
			people.hear(events).catch((error) => this.#problem('the gallery could not be read', error));
		});
		await people.read();

		this.#cameras.onReport((report) => this.#reported(report));
		await this.#cameras.start();
		await setup.start();
		this.#figures = setInterval(() => void this.#count(vision), FIGURES_MS);
	}

	/** Without an administrator: prints the one-time code that makes one. */
	async #sayHowToSetUp(): Promise<void> {
		const { config, dataDir, say } = this.#options;
		const code = await this.access.signIn.setupCode();
		if (code === null) return;
		say(
			`\nNobody administers this showroom yet. Open ${this.url} on this machine and type this one-time set-up code (good for 24 h): ${code}\n`,
		);
		if (listening(config.server, dataDir).beyond)
			say(`Until then only this machine is let in, whatever server.host (${config.server.host}) says.`);
	}

	/** Answers when everything has ended; what was written before is durable. */
	async stop(): Promise<void> {
		clearInterval(this.#figures);
		await this.#cameras.stop();
		await this.#vision?.stop();
		// Nothing more comes in; what is being decided is still written.
		const server = this.#server;
		this.#server = null;
		await server?.close();
		await this.floor.stop();
		await this.#enrolment?.stop();
		await this.#imports.stop();
		await this.#upkeep.stop();
		this.access.stop();
		try {
			if (server) await this.#append('agent.stopped', 'system', 'agent', {});
		} finally {
			await this.log.stop();
		}
	}

	/** What the cameras see, as it comes. Answers how to stop listening. */
	onSeen(listener: (events: readonly VisionEvent[]) => void): () => void {
		return this.#vision?.onEvents(listener) ?? (() => {});
	}

	/** Connects a camera anew; a file begins again. Does nothing for one that is not configured. */
	async reopen(id: string): Promise<void> {
		await this.#setup?.reopen(id);
	}

	async #open({ id, source, rate, line, zone }: CameraConfig): Promise<void> {
		if (!this.#vision) throw new Error('the networks are not loaded yet');
		const port = this.#vision.addCamera({ id, pace: 'live', line, zone, trigger: this.#trigger });
		await this.#cameras.open({ id, url: source, rate, pace: 'live' }, port);
	}

	async #close(id: string): Promise<void> {
		await this.#cameras.close(id);
		this.#vision?.removeCamera(id);
	}

	#see(events: readonly VisionEvent[]): void {
		const present = now();
		for (const event of events) {
			const entrance = this.#setup?.cameras().find(({ id }) => id === event.camera)?.entrance;
			const input = entrance ? seen(event, entrance, momentOf(event.at, present)) : null;
			if (input) void this.floor.see(input);
		}
	}

	#reported(report: CameraReport): void {
		const view = this.#board.report(report);
		if (!view) return;
		this.#desk.camera(view);
		if (report.message !== null) this.#options.say(`camera ${view.name}: ${report.message}`);
		const { id, state, reason } = view;
		this.#append('camera.changed', `camera:${id}`, id, { camera: id, state, reason }).catch((error) =>
			this.#problem("a camera's state could not be written to the log", error),
		);
	}

	async #count(vision: Vision): Promise<void> {
		for (const figures of await vision.stats()) {
			const view = this.#board.count(figures);
			if (view) this.#desk.camera(view);
		}
	}

	/** Every camera begins anew under another trigger. */
	#hearTrigger(events: readonly LoggedEvent[]): void {
		const change = events.findLast((event) => event.type === 'recognition.trigger-changed');
		if (change?.type !== 'recognition.trigger-changed') return;
		this.#trigger = change.body.trigger;
		for (const { id } of this.#setup?.cameras() ?? [])
			this.reopen(id).catch((error) => this.#problem(`camera ${id} could not be switched over`, error));
	}

	async #append<T extends EventType>(type: T, actor: Actor, subject: string, body: EventBody<T>): Promise<void> {
		await this.log.append([{ id: uuidv7(), type, at: now(), actor, subject, cause: null, body } as EventDraft]);
	}

	#problem(message: string, error: unknown): void {
		this.#options.say(`${message}: ${error instanceof Error ? error.message : String(error)}`);
	}
}
