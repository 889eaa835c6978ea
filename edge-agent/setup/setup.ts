import type { CameraReport } from '../cameras/camera.types.js';
import { describeSource, parseSource } from '../cameras/source-url.js';
import { type CameraConfig, type Config, unnamedStore } from '../config/config.schema.js';
import type {
	CameraChange,
	CameraSettings,
	CameraTrial,
	NewCamera,
	SettingsChange,
	SettingsView,
	SetupStep,
} from '../contract/setup.api.js';
import type { Settings } from './settings.js';

/** The running cameras, as the setting up of one needs them. */
export interface CameraHouse {
	/** Connects it. @throws BadSourceError */
	open(camera: CameraConfig): Promise<void>;
	/** Resolves once its ffmpeg is gone. */
	close(id: string): Promise<void>;
	/** From the next frame on nothing under the camera's masks is analysed or shown. */
	mask(camera: CameraConfig): void;
	/** Every report; answers how to stop listening. */
	onReport(listener: (report: CameraReport) => void): () => void;
	/** It is one of the store's now, shown to everybody; null: as nothing is known of it yet. */
	shown(camera: CameraConfig, report: CameraReport | null): void;
	hidden(id: string): void;
}

export interface SetupOptions {
	readonly config: Config;
	readonly settings: Settings;
	readonly save: (settings: Settings) => Promise<void>;
	readonly house: CameraHouse;
	readonly recognition: () => Promise<Pick<SettingsView, 'recognisers' | 'thresholds'>>;
}

/** A setting that cannot be. */
export class SetupRefused extends Error {
	override readonly name = 'SetupRefused';
	constructor(readonly code: 'not-ready' | 'no-such-camera' | 'fixed-camera' | 'too-many-cameras') {
		super(code);
	}
}

/** The longest wait for a new camera's first picture. */
const TRIAL_MS = 15_000;
const MOST_CAMERAS = 16;

/** What is set in the console: the store's name and its cameras. Takes effect at once and is kept. */
export class Setup {
	readonly #options: SetupOptions;
	#settings: Settings;
	/** Whether cameras can be connected. */
	#started = false;
	/** Changes one after the other: each builds on the last one. */
	#last: Promise<unknown> = Promise.resolve();

	constructor(options: SetupOptions) {
		this.#options = options;
		this.#settings = options.settings;
	}

	/** Connects every camera: what looks at their pictures runs. Until then changes are kept only, and no camera is tried. */
	start(): Promise<void> {
		return this.#inTurn(async () => {
			this.#started = true;
			for (const camera of this.cameras()) await this.#options.house.open(camera);
		});
	}

	/** Connects a camera anew. Does nothing for one that there is not, or before `start`. */
	reopen(id: string): Promise<void> {
		return this.#inTurn(async () => {
			const camera = this.cameras().find((one) => one.id === id);
			if (camera) await this.#reopen(camera);
		});
	}

	get storeName(): string {
		return this.#settings.storeName ?? this.#options.config.store.name;
	}

	/** Where the assistant was left. */
	get step(): SetupStep {
		// Who wrote cameras into the configuration file needs no assistant.
		return this.#settings.step ?? (this.#options.config.cameras.length > 0 ? 'done' : 'store');
	}

	/** The configuration's cameras and those added here. */
	cameras(): readonly CameraConfig[] {
		const fixed = this.#options.config.cameras;
		return [...fixed, ...this.#settings.cameras.filter(({ id }) => !fixed.some((camera) => camera.id === id))];
	}

	async view(): Promise<SettingsView> {
		const cameras = this.cameras().map((camera) => this.#cameraView(camera));
		const { storeName, step } = this;
		return { storeName, named: storeName !== unnamedStore, step, cameras, ...(await this.#options.recognition()) };
	}

	async change({ storeName, step }: SettingsChange): Promise<SettingsView> {
		await this.#inTurn(() =>
			this.#keep({ ...this.#settings, ...(storeName !== undefined && { storeName }), ...(step !== undefined && { step }) }),
		);
		return this.view();
	}

	/**
	 * Connects a camera. Kept when a picture came, or when asked to keep it anyway.
	 * @throws BadSourceError when the address cannot be a camera; SetupRefused (`not-ready` before `start`)
	 */
	addCamera({ name, source, keep = false }: NewCamera): Promise<CameraTrial> {
		parseSource(source);
		if (!this.#started) return Promise.reject(new SetupRefused('not-ready'));
		return this.#inTurn(async () => {
			const known = this.cameras();
			if (known.length >= MOST_CAMERAS) throw new SetupRefused('too-many-cameras');
			const entrance = this.#options.config.entrances[0]?.id ?? 'main';
			const camera: CameraConfig = { id: freeId(known), name, source, entrance, line: null, zone: null, masks: [], rate: 12.5 };
			const report = await this.#try(camera);
			const works = report !== null && showsPictures(report);
			if (!works && !keep) {
				await this.#options.house.close(camera.id);
				return { camera: null, state: report?.state ?? 'failed', reason: report?.reason ?? 'no-frames' };
			}
			await this.#keep({ ...this.#settings, cameras: [...this.#settings.cameras, camera] });
			this.#options.house.shown(camera, report);
			return {
				camera: this.#cameraView(camera),
				state: report?.state ?? 'connecting',
				reason: works ? null : (report?.reason ?? 'no-frames'),
			};
		});
	}

	/** @throws SetupRefused */
	changeCamera(id: string, change: CameraChange): Promise<CameraSettings> {
		return this.#inTurn(async () => {
			const { name, line, zone, masks } = change;
			const before = this.#changeable(id);
			const camera: CameraConfig = {
				...before,
				...(name !== undefined && { name }),
				...(line !== undefined && { line }),
				...(zone !== undefined && { zone }),
				...(masks !== undefined && { masks }),
			};
			await this.#keep({ ...this.#settings, cameras: this.#settings.cameras.map((one) => (one === before ? camera : one)) });
			if (masks !== undefined) this.#options.house.mask(camera);
			// Whoever stands in the picture is looked at anew.
			if (line !== undefined || zone !== undefined) await this.#reopen(camera);
			this.#options.house.shown(camera, null);
			return this.#cameraView(camera);
		});
	}

	/** @throws SetupRefused */
	removeCamera(id: string): Promise<void> {
		return this.#inTurn(async () => {
			const camera = this.#changeable(id);
			await this.#keep({ ...this.#settings, cameras: this.#settings.cameras.filter((one) => one !== camera) });
			if (this.#started) await this.#options.house.close(id);
			this.#options.house.hidden(id);
		});
	}

	/** The first report that says how it went; null: none came in time. */
	async #try(camera: CameraConfig): Promise<CameraReport | null> {
		const { house } = this.#options;
		let timer: NodeJS.Timeout | undefined;
		let stopListening = () => {};
		try {
			const answer = new Promise<CameraReport | null>((resolve) => {
				timer = setTimeout(() => resolve(null), TRIAL_MS);
				stopListening = house.onReport((report) => {
					if (report.camera === camera.id && (showsPictures(report) || report.reason !== null)) resolve(report);
				});
			});
			await house.open(camera);
			return await answer;
		} finally {
			clearTimeout(timer);
			stopListening();
		}
	}

	async #reopen(camera: CameraConfig): Promise<void> {
		if (!this.#started) return;
		await this.#options.house.close(camera.id);
		await this.#options.house.open(camera);
	}

	#changeable(id: string): CameraConfig {
		if (this.#options.config.cameras.some((camera) => camera.id === id)) throw new SetupRefused('fixed-camera');
		const camera = this.#settings.cameras.find((one) => one.id === id);
		if (!camera) throw new SetupRefused('no-such-camera');
		return camera;
	}

	#cameraView({ id, name, source, entrance, line, zone, masks, rate }: CameraConfig): CameraSettings {
		const fixed = this.#options.config.cameras.some((camera) => camera.id === id);
		return { id, name, address: describeSource(source), entrance, line, zone, masks, rate, fixed };
	}

	async #keep(settings: Settings): Promise<void> {
		await this.#options.save(settings);
		this.#settings = settings;
	}

	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(work);
		this.#last = turn.catch(() => undefined);
		return turn;
	}
}

function showsPictures({ state, framesRead }: CameraReport): boolean {
	return state === 'live' || (state === 'ended' && framesRead > 0);
}

function freeId(cameras: readonly CameraConfig[]): string {
	for (let number = 1; ; number++) {
		const id = `camera-${number}`;
		if (!cameras.some((camera) => camera.id === id)) return id;
	}
}
