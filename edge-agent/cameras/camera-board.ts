import type { CameraConfig, Config } from '../config/config.schema.js';
import type { CameraView } from '../contract/api.js';
import type { CameraReport } from './camera.types.js';

/** What vision counts of a camera. */
interface CameraFigures {
	readonly camera: string;
	readonly fps: number;
	readonly dropped: number;
}

/** Every camera as people see it: what it is called, what it is doing, how many frames are analysed. */
export class CameraBoard {
	readonly #views = new Map<string, CameraView>();
	readonly #entranceNames: ReadonlyMap<string, string>;

	constructor({ cameras, entrances }: Pick<Config, 'cameras' | 'entrances'>) {
		this.#entranceNames = new Map(entrances.map(({ id, name }) => [id, name]));
		for (const camera of cameras) this.put(camera);
	}

	views(): readonly CameraView[] {
		return [...this.#views.values()];
	}

	/** A camera that was added or renamed. Answers its view. */
	put({ id, name, entrance: at }: Pick<CameraConfig, 'id' | 'name' | 'entrance'>): CameraView {
		const entrance = at === null ? null : (this.#entranceNames.get(at) ?? at);
		const before = this.#views.get(id) ?? { state: 'connecting' as const, reason: null, fps: 0, dropped: 0 };
		const view = { ...before, id, name, entrance };
		this.#views.set(id, view);
		return view;
	}

	/** Forgets a camera. Answers what screens that still show it are told. */
	remove(id: string): CameraView | null {
		const before = this.#views.get(id);
		this.#views.delete(id);
		return before ? { ...before, state: 'stopped', reason: null, fps: 0 } : null;
	}

	/** Takes a report. Answers the camera's view when its state or reason has changed, else null. */
	report({ camera, state, reason }: CameraReport): CameraView | null {
		const before = this.#views.get(camera);
		if (!before || (before.state === state && before.reason === reason)) return null;
		const view = { ...before, state, reason };
		this.#views.set(camera, view);
		return view;
	}

	/** Takes vision's figures. Answers the view. */
	count({ camera, fps, dropped }: CameraFigures): CameraView | null {
		const before = this.#views.get(camera);
		if (!before) return null;
		const view = { ...before, fps, dropped };
		this.#views.set(camera, view);
		return view;
	}
}
