import type { Config } from '../config/config.schema.js';
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
	readonly #views: Map<string, CameraView>;

	constructor({ cameras, entrances }: Pick<Config, 'cameras' | 'entrances'>) {
		const entranceNames = new Map(entrances.map(({ id, name }) => [id, name]));
		this.#views = new Map(
			cameras.map(({ id, name, entrance: at }) => {
				const entrance = at === null ? null : (entranceNames.get(at) ?? at);
				return [id, { id, name, entrance, state: 'connecting', reason: null, fps: 0, dropped: 0 }];
			}),
		);
	}

	views(): readonly CameraView[] {
		return [...this.#views.values()];
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
