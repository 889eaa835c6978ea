import type { Detector } from '../engine.types.js';
import { Network } from '../onnx.client.js';
import type { DetectedFace, YuvFrame } from '../vision.types.js';
import { Ssd } from './ssd.js';

/** What cameras send: 1280 x 720, 1920 x 1080, … A picture within 3 % of it fills the same input as well. */
const cameraShape = 16 / 9;

/**
 * The SSD with an input of the picture's shape: 448 x 256 for cameras' pictures, of which a square would be half black; 512 x 320
 * for all others, photographs for the most part, where time does not press. Each is loaded when the first such picture comes.
 * Why these sizes: docs/decisions/0002-detector-input.md.
 */
export class SsdByShape implements Detector {
	readonly #camera: Lazy;
	readonly #other: Lazy;

	/** @param files paths of the two networks */
	constructor(files: { readonly camera: string; readonly other: string }) {
		this.#camera = new Lazy(files.camera);
		this.#other = new Lazy(files.other);
	}

	async detect(frame: YuvFrame, faint = false): Promise<DetectedFace[]> {
		const fromCamera = Math.abs(frame.width / frame.height / cameraShape - 1) <= 0.03;
		const ssd = await (fromCamera ? this.#camera : this.#other).load();
		return ssd.detect(frame, faint);
	}

	ranMs(): number {
		return this.#camera.ranMs() + this.#other.ranMs();
	}

	async stop(): Promise<void> {
		await this.#camera.stop();
		await this.#other.stop();
	}
}

class Lazy {
	#ssd: Ssd | null = null;

	constructor(readonly file: string) {}

	async load(): Promise<Ssd> {
		this.#ssd ??= new Ssd(await Network.load(this.file));
		return this.#ssd;
	}

	ranMs(): number {
		return this.#ssd?.ranMs() ?? 0;
	}

	async stop(): Promise<void> {
		await this.#ssd?.stop();
	}
}
