import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import type { RecogniserModel } from '../models/catalogue.js';
import { openModelStore } from '../models/model-store.js';
import packageJson from '../package.json' with { type: 'json' };
import { FaceCheckIns } from './checkin/face-checkins.js';
import { now } from './clock.js';
import type { Config } from './config/config.schema.js';
import { Consent } from './consent/consent.js';
import { DescriberOnDemand } from './consent/describer.js';
import { Enrolment } from './consent/enrolment.js';
import { Processing } from './consent/processing.js';
import { ReEnrolment } from './consent/re-enrolment.js';
import { ConsentUpkeep } from './consent/upkeep.timer.js';
import type { Actor, EventBody, EventDraft, EventType } from './contract/events.js';
import { EnrolmentDesk } from './gallery/enrolment.client.js';
import { notCalibrated, thresholdBasis } from './gallery/threshold-basis.js';
import { addresses, inUrl, listening } from './http/listening.js';
import { type RunningServer, startServer } from './http/server.js';
import { openShowroomLog, type ShowroomLogClient } from './log/showroom-log.js';
import { Metrics } from './metrics/metrics.js';
import { Readiness } from './metrics/readiness.source.js';
import { Access } from './people/access.js';
import { Importer } from './people/import/importer.js';
import { floorRules } from './reception/rules.js';
import { RecogniserChanges } from './setup/recogniser-change.js';
import { recogniserViews, thresholdsView } from './setup/recognisers.js';
import { readSettings, writeSettings } from './setup/settings.store.js';
import { Setup } from './setup/setup.js';
import { Sight } from './sight/sight.js';
import { Desk } from './sockets/desk.js';
import { Summaries } from './summary/summaries.js';
import { SummaryClock } from './summary/summary-clock.js';
import { realTimers } from './timers.js';
import type { VisionEvent } from './vision/vision-events.types.js';
import { ShowroomFloor } from './visits/showroom.js';
import { Webhooks } from './webhooks/webhooks.js';

export interface AgentOptions {
	readonly config: Config;
	readonly dataDir: string;
	/** What happens, for people. */
	readonly say: (message: string) => void;
}

/** The appliance: wires the rooms together, starts and stops them. */
export class Agent {
	readonly log: ShowroomLogClient;
	readonly #options: AgentOptions;
	readonly #sight: Sight;
	readonly #desk: Desk;
	readonly floor: ShowroomFloor;
	readonly access: Access;
	readonly #imports: Importer;
	readonly #metrics: Metrics;
	#setup: Setup | null = null;
	#recogniserChanges: RecogniserChanges | null = null;
	#faceCheckIns: FaceCheckIns | null = null;
	#server: RunningServer | null = null;
	readonly #consent: Consent;
	readonly #upkeep: ConsentUpkeep;
	readonly #summaryClock: SummaryClock;
	#enrolment: Enrolment | null = null;
	#reEnrolment: ReEnrolment | null = null;
	#describer: DescriberOnDemand | null = null;
	readonly #webhooks: Webhooks;
	/** As it was when first asked for: another one holds from the next start on. */
	#recogniser: Promise<RecogniserModel> | null = null;

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
			modelId: async () => (await this.#activeRecogniser()).modelId,
		});
		this.#upkeep = new ConsentUpkeep(this.#consent, onProblem);
		this.#sight = new Sight({
			...{ config, log: this.log, queries: this.log, now, say: options.say, onProblem },
			floor: () => this.floor,
			desk: () => this.#desk,
			setup: () => this.#setup,
		});
		this.access = new Access({
			...{ log: this.log, queries: this.log, now, newId: uuidv7, onProblem },
			storeName: () => this.#setup?.storeName ?? config.store.name,
		});
		this.#imports = new Importer({ dataDir, log: this.log, queries: this.log, now, newId: uuidv7, onProblem });
		this.#metrics = new Metrics({ log: this.log, queries: this.log, cameras: () => this.#sight.views() });
		this.#desk = new Desk({
			...{ log: this.log, queries: this.log, access: this.access, now, onProblem },
			cameras: () => this.#sight.views(),
			onWatched: (cameras) => this.#sight.watch(cameras),
			onCalibrated: (cameras) => this.#sight.calibrate(cameras),
		});
		this.#summaryClock = new SummaryClock({
			...{ log: this.log, queries: this.log, hours: config.store.hours, afterMinutes: config.summary.afterMinutes },
			...{ targetMs: config.alerts.redSeconds * 1000, now, onProblem },
		});
		this.floor = new ShowroomFloor({
			...{ log: this.log, queries: this.log, rules: floorRules(config), now, timers: realTimers, newId: uuidv7, onProblem },
			screens: this.#desk,
		});
		this.#webhooks = new Webhooks({
			...{ webhooks: config.webhooks, log: this.log, queries: this.log, now, newId: uuidv7, onProblem },
			showroom: () => this.#setup?.storeName ?? config.store.name,
			cameras: () => this.#sight.views(),
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

		await this.#metrics.start();
		await this.#imports.start();
		await this.access.start();
		// Before anybody is looked for: nobody whose consent has ended is.
		await this.#consent.prepare();
		this.#upkeep.start();
		this.log.onAppended((events) => this.#sight.hear(events));

		const modelsDir = join(dataDir, 'models');
		const models = openModelStore({ dir: modelsDir });
		const { name: recogniser, modelId, advice } = await this.#activeRecogniser();
		const basis = await thresholdBasis(modelsDir, modelId, config.recognition.threshold);
		if (basis.from === 'none') say(notCalibrated(recogniser));
		const consent = this.#consent;
		const describer = new DescriberOnDemand(async () => new EnrolmentDesk({ recogniser, modelsDir }, say));
		this.#describer = describer;
		const enrolment = new Enrolment({
			...{ consent, log: this.log, queries: this.log, describer, now, newId: uuidv7 },
			nearest: (descriptor) => this.#sight.nearest(descriptor),
		});
		this.#enrolment = enrolment;
		const processing = new Processing({ log: this.log, now, newId: uuidv7 });
		const faceCheckIns = new FaceCheckIns({
			...{ floor: this.floor, log: this.log, queries: this.log, processing, now, newId: uuidv7 },
			vision: () => this.#sight.vision,
			known: () => (basis.from === 'none' ? 0 : this.#sight.known),
			random: () => randomInt(2 ** 32) / 2 ** 32,
			onProblem: (message, error) => this.#problem(message, error),
		});
		this.#faceCheckIns = faceCheckIns;

		// Before the networks, which take seconds to load: a visitor from before a crash may be waiting.
		await this.floor.start();
		this.#summaryClock.start();
		this.#webhooks.start();
		const setup = new Setup({
			...{ config, settings: await readSettings(dataDir), save: (settings) => writeSettings(dataDir, settings) },
			recognition: async () => {
				const chosen = await models.recogniser();
				const basis = await thresholdBasis(modelsDir, chosen.modelId, config.recognition.threshold);
				return { recognisers: await recogniserViews(models, recogniser), thresholds: thresholdsView(basis) };
			},
			house: this.#sight.house,
		});
		this.#setup = setup;
		const recogniserChanges = new RecogniserChanges({
			...{ modelsDir, threshold: config.recognition.threshold },
			openModels: (onProgress) => openModelStore({ dir: modelsDir, onProgress }),
		});
		this.#recogniserChanges = recogniserChanges;
		for (const camera of setup.cameras()) this.#sight.put(camera);
		const readiness = new Readiness({
			...{ dataDir, log: this.log, queries: this.log },
			recogniser: () => this.#sight.vision !== null,
			cameras: () => this.#sight.started,
		});
		this.#server = await startServer({
			...listening(config.server, dataDir),
			onBeyond: (door) => say(`Other machines and phones: ${addresses(door).join('  ')}`),
			access: this.access,
			...{
				recogniserChanges,
				setup,
				consent,
				enrolment,
				processing,
				faceCheckIns,
				imports: this.#imports,
				summaries: new Summaries({ queries: this.log, targetMs: config.alerts.redSeconds * 1000 }),
				webhooks: this.#webhooks,
				metrics: this.#metrics,
				readiness,
				storeName: () => setup.storeName,
			},
			...{ floor: this.floor, rivals: config.store.rivals, desk: this.#desk, log: this.log, queries: this.log, now, newId: uuidv7 },
			cameras: () => this.#sight.views(),
			recogniser: async () => {
				const missing = await this.log.missing(modelId);
				const calibrated = basis.from !== 'shipped';
				return { name: recogniser, fallback: advice === 'fallback', calibrated, missing: missing.length };
			},
			web: { console: join(import.meta.dirname, '../console'), kiosk: join(import.meta.dirname, '../kiosk') },
			onProblem: (message, error) => this.#problem(message, error),
		});

		await this.#sayHowToSetUp();

		const vision = await this.#sight.start({
			...{ recogniser, modelsDir, trigger: (await this.#consent.trigger()).trigger },
			// Without a threshold visitors are counted and received, and nobody is recognised.
			threshold: basis.from === 'none' ? 0 : config.recognition.threshold,
		});
		await setup.start();
		const reEnrolment = new ReEnrolment({
			...{ log: this.log, queries: this.log, describer, modelId: vision.model.modelId, now, newId: uuidv7, say },
			onProblem: (message, error) => this.#problem(message, error),
		});
		this.#reEnrolment = reEnrolment;
		reEnrolment.start();
	}

	#activeRecogniser(): Promise<RecogniserModel> {
		this.#recogniser ??= openModelStore({ dir: join(this.#options.dataDir, 'models') }).recogniser();
		return this.#recogniser;
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
		await this.#reEnrolment?.stop();
		await this.#sight.stop();
		// Nothing more comes in; what is being decided is still written.
		const server = this.#server;
		this.#server = null;
		await server?.close();
		await this.#faceCheckIns?.stop();
		await this.#recogniserChanges?.stop();
		await this.floor.stop();
		await this.#webhooks.stop();
		await this.#enrolment?.stop();
		await this.#describer?.stop();
		await this.#imports.stop();
		await this.#upkeep.stop();
		await this.#summaryClock.stop();
		this.access.stop();
		this.#metrics.stop();
		try {
			if (server) await this.#append('agent.stopped', 'system', 'agent', {});
		} finally {
			await this.log.stop();
		}
	}

	/** What the cameras see, as it comes. Answers how to stop listening. */
	onSeen(listener: (events: readonly VisionEvent[]) => void): () => void {
		return this.#sight.vision?.onEvents(listener) ?? (() => {});
	}

	/** Connects a camera anew; a file begins again. Does nothing for one that is not configured. */
	async reopen(id: string): Promise<void> {
		await this.#setup?.reopen(id);
	}

	async #append<T extends EventType>(type: T, actor: Actor, subject: string, body: EventBody<T>): Promise<void> {
		await this.log.append([{ id: uuidv7(), type, at: now(), actor, subject, cause: null, body } as EventDraft]);
	}

	#problem(message: string, error: unknown): void {
		this.#options.say(`${message}: ${error instanceof Error ? error.message : String(error)}`);
	}
}
