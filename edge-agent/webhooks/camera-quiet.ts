import type { CameraState } from '../contract/vocabulary.js';

/** A camera that flickers is told of at most so often, ms. */
const SPACE_MS = 10 * 60_000;

/** A camera that shows nothing and will not without help, or not yet. */
export function isDown(state: CameraState): boolean {
	return state === 'retrying' || state === 'failed';
}

/** Which cameras a group has been told of: each failure once, however often it is tried again. */
export class CameraQuiet {
	readonly #told = new Map<string, number>();
	readonly #down = new Set<string>();

	/** Whether the group is to hear of this change. `at`: ms on the caller's clock. */
	speaks(camera: string, state: CameraState, at: number): boolean {
		if (state === 'live') this.#down.delete(camera);
		return isDown(state) && !this.#down.has(camera) && at - (this.#told.get(camera) ?? -Infinity) >= SPACE_MS;
	}

	told(camera: string, at: number): void {
		this.#down.add(camera);
		this.#told.set(camera, at);
	}
}
