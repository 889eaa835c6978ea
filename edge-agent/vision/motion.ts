import type { YuvFrame } from './vision.types.js';

/** Which cells of the picture differ from the empty scene. */
export interface Foreground {
	readonly columns: number;
	readonly rows: number;
	/** A cell's side in pixels of the source picture. */
	readonly cellPx: number;
	/** Differing samples a cell, 0 to 16; 0 where the cell counts as background. Row by row; valid until the next frame. */
	readonly cells: Uint8Array;
	/** Share of the cells in the foreground, 0 to 1. */
	readonly share: number;
}

/** Width of the small grey plane: every n-th pixel of the picture, so that it is at most this wide. */
const PLANE_WIDTH = 320;
/** A cell is 4x4 samples: 16x16 pixels of 1280x720. */
const CELL = 4;
/** Samples of a cell that must differ before the cell does. */
const CELL_SAMPLES = 4;
/** Grey levels: at least this far from the background. Coding noise of H.264 stays below it. */
const MIN_DIFFERENCE = 14;
const MAX_DIFFERENCE = 40;
/** How fast the background follows the light where nobody stands. */
const FOLLOW_MS = 4000;
/** What has stood this long belongs to the scene: a parked car, the place where somebody stood when the camera was switched on. */
const ABSORB_MS = 120_000;
/**
 * Another picture, not somebody: for this long, at least this share of (nearly) every ninth of the picture differs. People near the
 * camera fill much of it, but not its upper corners.
 */
const SCENE_SHARE = 0.35;
const SCENE_NINTHS = 8;
const SCENE_MS = 1000;

/**
 * Motion gate: compares a small grey plane with a running background, cell by cell.
 *
 * - Slow light changes flow into the background; a change of the whole picture (a lamp, the camera's exposure) is taken off as its
 *   median before comparing.
 * - The threshold follows the picture's noise (the median absolute deviation), between fixed bounds.
 * - Under a foreground cell the background stands still, so nobody is absorbed by standing; after two minutes they are.
 */
export class MotionGate {
	#width = 0;
	#height = 0;
	#step = 1;
	#columns = 0;
	#rows = 0;
	#background = new Float32Array(0);
	#cells = new Uint8Array(0);
	/** Media time since when a cell has been in the foreground; -1 where it is not. */
	#since = new Float64Array(0);
	#lastMs = 0;
	/** Standard deviation of the picture's noise, grey levels. */
	#noise = 0;
	/** Cells in the foreground in each ninth of the picture. */
	readonly #ninths = new Int32Array(9);
	#changedSince: number | null = null;
	readonly #histogram = new Int32Array(511);

	/** Looks at the next frame of one source. The first frame, and the first of another size, is the background to start with. */
	look(frame: YuvFrame): Foreground {
		if (frame.width !== this.#width || frame.height !== this.#height) {
			this.#resize(frame);
			this.#learn(frame);
			return this.#answer(0);
		}
		const passed = Math.max(0, frame.mediaMs - this.#lastMs);
		this.#lastMs = frame.mediaMs;
		const follow = 1 - Math.exp(-passed / FOLLOW_MS);
		const { offset, noise } = this.#compareLight(frame);
		this.#noise += (noise - this.#noise) * follow;
		// Four standard deviations are noise's reach.
		const threshold = Math.min(MAX_DIFFERENCE, Math.max(MIN_DIFFERENCE, 4 * this.#noise));
		const foreground = this.#compare(frame, offset, threshold, follow);
		if (!this.#anotherScene()) {
			this.#changedSince = null;
			return this.#answer(foreground / this.#cells.length);
		}
		this.#changedSince ??= frame.mediaMs;
		if (frame.mediaMs - this.#changedSince >= SCENE_MS) this.#learn(frame);
		this.#cells.fill(0);
		return this.#answer(0);
	}

	/** The next frame is the background to start with, whoever stands in it. */
	forget(): void {
		this.#width = 0;
	}

	#anotherScene(): boolean {
		const ninth = this.#cells.length / 9;
		return this.#ninths.filter((cells) => cells >= SCENE_SHARE * ninth).length >= SCENE_NINTHS;
	}

	#answer(share: number): Foreground {
		return { columns: this.#columns, rows: this.#rows, cellPx: this.#step * CELL, cells: this.#cells, share };
	}

	#resize(frame: YuvFrame): void {
		this.#width = frame.width;
		this.#height = frame.height;
		this.#step = Math.max(1, Math.ceil(frame.width / PLANE_WIDTH));
		this.#columns = Math.max(1, Math.floor(frame.width / this.#step / CELL));
		this.#rows = Math.max(1, Math.floor(frame.height / this.#step / CELL));
		this.#background = new Float32Array(this.#columns * this.#rows * CELL * CELL);
		this.#cells = new Uint8Array(this.#columns * this.#rows);
		this.#since = new Float64Array(this.#cells.length);
	}

	/** Takes the frame for the empty scene. */
	#learn(frame: YuvFrame): void {
		for (let cell = 0; cell < this.#cells.length; cell++) {
			const corner = this.#corner(cell);
			for (let k = 0; k < CELL * CELL; k++) this.#background[cell * CELL * CELL + k] = frame.data[this.#sample(corner, k)] as number;
		}
		this.#cells.fill(0);
		this.#since.fill(-1);
		this.#changedSince = null;
		this.#lastMs = frame.mediaMs;
	}

	/** Index of a cell's first sample in the Y plane. */
	#corner(cell: number): number {
		const row = Math.floor(cell / this.#columns);
		const column = cell - row * this.#columns;
		return (row * this.#width + column) * CELL * this.#step;
	}

	#sample(corner: number, k: number): number {
		return corner + ((k >> 2) * this.#width + (k & 3)) * this.#step;
	}

	/** How much lighter the whole picture is than the background, and how noisy: median and median absolute deviation of one sample a cell. */
	#compareLight(frame: YuvFrame): { offset: number; noise: number } {
		const histogram = this.#histogram.fill(0);
		let counted = 0;
		for (let cell = 0; cell < this.#cells.length; cell++) {
			if ((this.#cells[cell] as number) > 0) continue;
			const grey = frame.data[this.#sample(this.#corner(cell), 5)] as number;
			const bin = 255 + Math.round(grey - (this.#background[cell * CELL * CELL + 5] as number));
			histogram[bin] = (histogram[bin] as number) + 1;
			counted++;
		}
		if (counted === 0) return { offset: 0, noise: this.#noise };
		let offset = -255;
		let upTo = histogram[0] as number;
		while (upTo * 2 < counted) {
			offset++;
			upTo += histogram[255 + offset] as number;
		}
		let near = histogram[255 + offset] as number;
		let deviation = 0;
		while (near * 2 < counted && deviation < 510) {
			deviation++;
			near += (histogram[255 + offset - deviation] ?? 0) + (histogram[255 + offset + deviation] ?? 0);
		}
		// 1.4826 x the median absolute deviation estimates a normal distribution's standard deviation.
		return { offset, noise: 1.4826 * deviation };
	}

	/** Marks the cells, moves the background; answers how many cells are in the foreground. */
	#compare(frame: YuvFrame, offset: number, threshold: number, follow: number): number {
		const { data } = frame;
		const background = this.#background;
		const step = this.#step;
		const rowStep = this.#width * step;
		const now = frame.mediaMs;
		const ninths = this.#ninths.fill(0);
		let foreground = 0;
		let cell = 0;
		for (let row = 0; row < this.#rows; row++) {
			let corner = row * CELL * rowStep;
			const band = 3 * Math.floor((3 * row) / this.#rows);
			for (let column = 0; column < this.#columns; column++, cell++, corner += CELL * step) {
				const first = cell * CELL * CELL;
				let differing = 0;
				for (let j = 0, k = first; j < CELL; j++) {
					let at = corner + j * rowStep;
					for (let i = 0; i < CELL; i++, k++, at += step) {
						const difference = (data[at] as number) - (background[k] as number) - offset;
						if (difference > threshold || difference < -threshold) differing++;
					}
				}
				const inFront = differing >= CELL_SAMPLES;
				const since = this.#since[cell] as number;
				if (inFront) {
					foreground++;
					const ninth = band + Math.floor((3 * column) / this.#columns);
					ninths[ninth] = (ninths[ninth] as number) + 1;
					if (since < 0) this.#since[cell] = now;
				} else if (since >= 0) this.#since[cell] = -1;
				this.#cells[cell] = inFront ? differing : 0;
				// Somebody stands here: only the light's change reaches the background behind them.
				if (inFront && (since < 0 || now - since < ABSORB_MS)) {
					const light = offset * follow;
					if (light !== 0) for (let k = first; k < first + CELL * CELL; k++) background[k] = (background[k] as number) + light;
					continue;
				}
				for (let j = 0, k = first; j < CELL; j++) {
					let at = corner + j * rowStep;
					for (let i = 0; i < CELL; i++, k++, at += step) {
						const known = background[k] as number;
						background[k] = known + ((data[at] as number) - known) * follow;
					}
				}
			}
		}
		return foreground;
	}
}
