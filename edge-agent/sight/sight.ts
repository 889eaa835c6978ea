import { uuidv7 } from 'uuidv7';
import type { RecogniserName } from '../../models/catalogue.js';
import type { CameraReport } from '../cameras/camera.types.js';
import { CameraBoard } from '../cameras/camera-board.js';
import { Cameras } from '../cameras/cameras.js';
import { momentOf } from '../clock.js';
import type { CameraConfig, Config } from '../config/config.schema.js';
import { ConsentRefused } from '../consent/consent-refused.js';
import type { CameraView } from '../contract/api.js';
import type { LoggedEvent } from '../contract/events.js';
import type { Instant } from '../contract/vocabulary.js';
import { KnownPeople } from '../gallery/known-people.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import type { CameraHouse, Setup } from '../setup/setup.js';
import type { Desk } from '../sockets/desk.js';
import { livePicture } from '../vision/live-pictures.js';
import { Vision } from '../vision/vision.js';
import type { VisionEvent } from '../vision/vision-events.types.js';
import type { Likeness } from '../vision/vision-messages.js';
import { seen } from '../visits/seen.js';
import type { ShowroomFloor } from '../visits/showroom.js';

export interface SightOptions {
	readonly config: Config;
	readonly log: Pick<ShowroomLog, 'append' | 'onAppended'>;
	readonly queries: Pick<ShowroomQueries, 'templateChanges'>;
	readonly floor: () => Pick<ShowroomFloor, 'see'>;
	/** Who looks at the cameras. */
	readonly desk: () => Pick<Desk, 'camera' | 'picture'>;
	/** The store's cameras; null before they are known. */
	readonly setup: () => Pick<Setup, 'cameras' | 'reopen'> | null;
	readonly now: () => Instant;
	/** What happens, for people. */
	readonly say: (message: string) => void;
	readonly onProblem: (message: string, error: unknown) => void;
}

export interface SightStart {
	readonly recogniser: RecogniserName;
	readonly modelsDir: string;
	/** The largest distance at which a face is a known person's; null: what the calibration says. */
	readonly threshold: number | null;
	/** Which faces are compared with the gallery. */
	readonly trigger: 'zone' | 'entrance';
}

/** How often figures are read from the vision workers. */
const FIGURES_MS = 2000;

/** What sees: the cameras, the networks and the gallery. What they see goes to the floor and to the screens. */
export class Sight {
	readonly #options: SightOptions;
	readonly #cameras: Cameras;
	readonly #board: CameraBoard;
	#vision: Vision | null = null;
	#people: KnownPeople | null = null;
	#galleryRead = false;
	#started = false;
	#figures: NodeJS.Timeout | undefined;
	/** Which faces are compared with the gallery. */
	#trigger: 'zone' | 'entrance' = 'zone';
	/** The cameras whose live picture somebody looks at. */
	#watched: ReadonlySet<string> = new Set();
	/** Those among them that somebody calibrates. */
	#calibrated: ReadonlySet<string> = new Set();

	constructor(options: SightOptions) {
		this.#options = options;
		this.#cameras = new Cameras({ ffmpeg: options.config.ffmpeg });
		this.#board = new CameraBoard(options.config);
	}

	/** null until the networks are loaded. */
	get vision(): Vision | null {
		return this.#vision;
	}

	/** The cameras can be opened. */
	get started(): boolean {
		return this.#started;
	}

	/** People in the gallery. */
	get known(): number {
		return this.#people?.names.size ?? 0;
	}

	/** Every camera, as screens show it. */
	views(): readonly CameraView[] {
		return this.#board.views();
	}

	/** A camera of the store's, of which nothing is known yet. */
	put(camera: CameraConfig): void {
		this.#board.put(camera);
	}

	/** The running cameras, as the setting up of one needs them. */
	get house(): CameraHouse {
		return {
			open: (camera) => this.#open(camera),
			close: (id) => this.#close(id),
			mask: ({ id, masks }) => this.#vision?.setMasks(id, masks),
			onReport: (listener) => this.#cameras.onReport(listener),
			shown: (camera, report) => {
				this.#options.desk().camera(this.#board.put(camera));
				if (report) this.#reported(report);
			},
			hidden: (id) => {
				const view = this.#board.remove(id);
				if (view) this.#options.desk().camera(view);
			},
		};
	}

	/** Whose live pictures are encoded from now on. */
	watch(cameras: ReadonlySet<string>): void {
		this.#watched = cameras;
		this.#vision?.watch(cameras);
	}

	/** Whose live pictures bring the figures of the faces in them. */
	calibrate(cameras: ReadonlySet<string>): void {
		this.#calibrated = cameras;
		this.#vision?.calibrate(cameras);
	}

	/** Loads the networks, reads the gallery, and makes ready for cameras. @throws Error saying what to do */
	async start({ recogniser, modelsDir, threshold, trigger }: SightStart): Promise<Vision> {
		const { config, log, queries, desk, say, onProblem } = this.#options;
		this.#trigger = trigger;
		const { workers, fpir } = config.recognition;
		const vision = new Vision({ workers, threshold, fpir, recogniser, modelsDir, onProgress: say });
		await vision.start();
		this.#vision = vision;
		vision.watch(this.#watched);
		vision.calibrate(this.#calibrated);
		const people = new KnownPeople({ queries, vision });
		this.#people = people;
		vision.onEvents((events) => this.#see(events));
		vision.onPicture((picture) => desk().picture(livePicture(picture, people.names)));
		log.onAppended((events) => {
			people.hear(events).catch((error) => onProblem('the gallery could not be read', error));
		});
		await people.read();
		this.#galleryRead = true;
		this.#cameras.onReport((report) => this.#reported(report));
		await this.#cameras.start();
		this.#started = true;
		this.#figures = setInterval(() => void this.#count(vision), FIGURES_MS);
		return vision;
	}

	/** Nothing more is seen. */
	async stop(): Promise<void> {
		clearInterval(this.#figures);
		this.#started = false;
		await this.#cameras.stop();
		await this.#vision?.stop();
	}

	/** Who in the gallery is most like a descriptor, which is wiped. @throws ConsentRefused before the gallery has been read */
	nearest(descriptor: Float32Array<ArrayBuffer>): Promise<Likeness> {
		if (!this.#vision || !this.#galleryRead)
			throw new ConsentRefused('still-starting', 'the gallery is still being read; try again in a moment');
		return this.#vision.nearest(descriptor);
	}

	/** Hears what has just become durable: every camera begins anew under another trigger. */
	hear(events: readonly LoggedEvent[]): void {
		const { setup, onProblem } = this.#options;
		const change = events.findLast((event) => event.type === 'recognition.trigger-changed');
		if (change?.type !== 'recognition.trigger-changed') return;
		this.#trigger = change.body.trigger;
		for (const { id } of setup()?.cameras() ?? [])
			setup()
				?.reopen(id)
				.catch((error) => onProblem(`camera ${id} could not be switched over`, error));
	}

	async #open({ id, source, rate, line, zone, masks }: CameraConfig): Promise<void> {
		if (!this.#vision) throw new Error('the networks are not loaded yet');
		const port = this.#vision.addCamera({ id, pace: 'live', line, zone, masks, trigger: this.#trigger });
		await this.#cameras.open({ id, url: source, rate, pace: 'live' }, port);
	}

	async #close(id: string): Promise<void> {
		await this.#cameras.close(id);
		this.#vision?.removeCamera(id);
	}

	#see(events: readonly VisionEvent[]): void {
		const { floor, setup, now } = this.#options;
		const present = now();
		for (const event of events) {
			const entrance = setup()
				?.cameras()
				.find(({ id }) => id === event.camera)?.entrance;
			const input = entrance ? seen(event, entrance, momentOf(event.at, present)) : null;
			if (input) void floor().see(input);
		}
	}

	#reported(report: CameraReport): void {
		const { desk, log, now, say, onProblem } = this.#options;
		const view = this.#board.report(report);
		if (!view) return;
		desk().camera(view);
		if (report.message !== null) say(`camera ${view.name}: ${report.message}`);
		const { id, state, reason } = view;
		const envelope = { id: uuidv7(), at: now(), actor: `camera:${id}`, subject: id, cause: null } as const;
		log
			.append([{ ...envelope, type: 'camera.changed', body: { camera: id, state, reason } }])
			.catch((error) => onProblem("a camera's state could not be written to the log", error));
	}

	async #count(vision: Vision): Promise<void> {
		for (const figures of await vision.stats()) {
			const view = this.#board.count(figures);
			if (view) this.#options.desk().camera(view);
		}
	}
}
