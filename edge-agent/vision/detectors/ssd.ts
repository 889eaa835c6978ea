import { Tensor } from 'onnxruntime-node';
import { decodeSsd, ssdMaxOverlap } from '../../../models/networks/ssd-decode.js';
import { BlockLetterbox } from '../block-letterbox.js';
import type { Detector } from '../engine.types.js';
import { type Network, output } from '../onnx.client.js';
import { pixelInput } from '../pixel-layout.js';
import { Letterbox } from '../resize.js';
import type { Box, DetectedFace, YuvFrame } from '../vision.types.js';
import { bestOf } from './overlap.js';

/** face-api's own default. */
const minScore = 0.5;
const faintScore = 0.3;

/** face-api's SSD MobileNet v1 over the whole frame: boxes without points. */
export class Ssd implements Detector {
	readonly #letterbox: Letterbox | BlockLetterbox;
	readonly #input: Tensor;

	/** @param network takes bytes */
	constructor(readonly network: Network) {
		const [, ...shape] = network.inputShape();
		const { layout, width, height } = pixelInput([1, ...shape]);
		this.#letterbox = layout === 'blocks' ? new BlockLetterbox(width, height) : new Letterbox(width, height);
		this.#input = new Tensor('uint8', this.#letterbox.pixels, [1, ...shape]);
	}

	async detect(frame: YuvFrame, faint = false): Promise<DetectedFace[]> {
		const scale = this.#letterbox.draw(frame);
		const outputs = await this.network.run(this.#input);
		const candidates = decodeSsd(output(outputs, 'boxes'), output(outputs, 'logits'), faint ? faintScore : minScore);
		const faces: DetectedFace[] = [];
		for (const { box, score } of bestOf(candidates, ssdMaxOverlap)) {
			const inside = cut(box, scale, frame);
			if (inside !== null) faces.push({ box: inside, score, points: null });
		}
		return faces;
	}

	ranMs(): number {
		return this.network.ranMs;
	}

	stop(): Promise<void> {
		return this.network.stop();
	}
}

/** A box of the input in pixels of the frame, cut at its edge as face-api cuts; null where nothing is left. */
function cut(box: Box, scale: number, frame: YuvFrame): Box | null {
	const x = Math.max(0, box.x * scale);
	const y = Math.max(0, box.y * scale);
	const width = Math.min(frame.width, (box.x + box.width) * scale) - x;
	const height = Math.min(frame.height, (box.y + box.height) * scale) - y;
	return width > 0 && height > 0 ? { x, y, width, height } : null;
}
