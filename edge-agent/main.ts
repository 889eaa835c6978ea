import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { openModelStore } from '../models/model-store.js';
import packageJson from '../package.json' with { type: 'json' };
import type { CameraReport } from './cameras/camera.types.js';
import { CameraBoard } from './cameras/camera-board.js';
import { Cameras } from './cameras/cameras.js';
import { momentOf, now } from './clock.js';
import type { CameraConfig, Config } from './config/config.schema.js';
import type { Actor, EventBody, EventDraft, EventType } from './contract/events.js';
import { type RunningServer, startServer } from './http/server.js';
import { openShowroomLog, type ShowroomLogClient } from './log/showroom-log.js';
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
	#vision: Vision | null = null;
	#server: RunningServer | null = null;
	#figures: NodeJS.Timeout | undefined;
	#names = new Map<string, string>();
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
		this.#cameras = new Cameras({ ffmpeg: config.ffmpeg });
		this.#board = new CameraBoard(config);
		this.#desk = new Desk({
			...{ log: this.log, queries: this.log, now, onProblem },
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

	/** Where the console is. */
	get url(): string {
		const { host } = this.#options.config.server;
		return `http://${host.includes(':') ? `[${host}]` : host}:${this.#server?.port ?? 0}/`;
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

		const modelsDir = join(dataDir, 'models');
		const recogniser = await openModelStore({ dir: modelsDir }).active();
		// Before the networks, which take seconds to load: a visitor from before a crash may be waiting.
		await this.floor.start();
		this.#server = await startServer({
			...config.server,
			storeName: config.store.name,
			...{ floor: this.floor, desk: this.#desk, log: this.log, queries: this.log, now, newId: uuidv7 },
			cameras: () => this.#board.views(),
			recogniser: () => ({ name: recogniser, fallback: recogniser === 'face-api' }),
			web: { console: join(import.meta.dirname, '../console'), kiosk: join(import.meta.dirname, '../kiosk') },
			onProblem: (message, error) => this.#problem(message, error),
		});

		const { workers, threshold } = config.recognition;
		const vision = new Vision({ workers, threshold, recogniser, modelsDir, onProgress: say });
		await vision.start();
		this.#vision = vision;
		vision.watch(this.#watched);
		vision.onEvents((events) => this.#see(events));
		vision.onPicture((picture) => this.#desk.picture(livePicture(picture, this.#names)));
		await this.#readPeople();
		this.log.onAppended((events) => {
			if (events.some(({ type }) => type === 'customer.enrolled'))
				this.#readPeople().catch((error) => this.#problem('the gallery could not be read', error));
		});

		this.#cameras.onReport((report) => this.#reported(report));
		await this.#cameras.start();
		for (const camera of config.cameras) await this.#open(camera, vision);
		this.#figures = setInterval(() => void this.#count(vision), FIGURES_MS);
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
		const camera = this.#options.config.cameras.find((one) => one.id === id);
		if (!camera || !this.#vision) return;
		await this.#cameras.close(id);
		this.#vision.removeCamera(id);
		await this.#open(camera, this.#vision);
	}

	async #open(camera: CameraConfig, vision: Vision): Promise<void> {
		const { id, source, rate, line, zone } = camera;
		const { trigger } = this.#options.config.recognition;
		const port = vision.addCamera({ id, pace: 'live', line, zone, trigger });
		await this.#cameras.open({ id, url: source, rate, pace: 'live' }, port);
	}

	#see(events: readonly VisionEvent[]): void {
		const present = now();
		for (const event of events) {
			const entrance = this.#options.config.cameras.find(({ id }) => id === event.camera)?.entrance;
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

	/** Brings the gallery and the names up to what the store says. */
	async #readPeople(): Promise<void> {
		const vision = this.#vision;
		if (!vision) return;
		const [templates, customers, staff] = await Promise.all([
			this.log.templates(vision.model.modelId),
			this.log.customers(),
			this.log.staff(),
		]);
		vision.setGallery(templates);
		this.#names = new Map([...customers, ...staff].map(({ id, name }) => [id, name]));
	}

	async #append<T extends EventType>(type: T, actor: Actor, subject: string, body: EventBody<T>): Promise<void> {
		await this.log.append([{ id: uuidv7(), type, at: now(), actor, subject, cause: null, body } as EventDraft]);
	}

	#problem(message: string, error: unknown): void {
		this.#options.say(`${message}: ${error instanceof Error ? error.message : String(error)}`);
	}
}
