import { Tensor } from 'onnxruntime-node';
import type { Detector } from '../engine.types.js';
import { type Network, output } from '../onnx.client.js';
import { bgrPlanes } from '../planes.js';
import { Letterbox } from '../resize.js';
import type { DetectedFace, Point, YuvFrame } from '../vision.types.js';
import { bestOf } from './overlap.js';

/**
 * Scores run from 0 to 1. Measured on 70 photographs: faces of 30 pixels or more nearly always reach 0.87, and the most human of
 * dogs stays at 0.86; OpenCV's 0.9 loses a quarter of the faces in large groups.
 */
const minScore = 0.87;
/** For photographs that are known to show a face. */
const faintScore = 0.75;
/** As OpenCV's FaceDetectorYN: boxes that overlap more are one face. */
const maxOverlap = 0.3;
const strides = [8, 16, 32] as const;

/** YuNet (Wu, Peng, Yu 2023) as OpenCV's model zoo publishes it: BGR 0 to 255, faces with five points. */
export class YuNet implements Detector {
	readonly #letterbox: Letterbox;
	readonly #planes: Float32Array<ArrayBuffer>;
	readonly #input: Tensor;

	/** @param network its input is [1, 3, height, width]; the published file is fixed at 640 x 640, a dynamic one runs at 384 x 640 */
	constructor(readonly network: Network) {
		const [, , height = -1, width = -1] = network.inputShape();
		this.#letterbox = new Letterbox(width > 0 ? width : 640, height > 0 ? height : 384);
		this.#planes = new Float32Array(this.#letterbox.pixels.length);
		this.#input = new Tensor('float32', this.#planes, [1, 3, this.#letterbox.height, this.#letterbox.width]);
	}

	async detect(frame: YuvFrame, faint = false): Promise<DetectedFace[]> {
		const scale = this.#letterbox.draw(frame);
		bgrPlanes(this.#letterbox.pixels, this.#planes);
		const outputs = await this.network.run(this.#input);
		return decodeYuNet(outputs, this.#letterbox.width, this.#letterbox.height, scale, faint ? faintScore : minScore);
	}

	ranMs(): number {
		return this.network.ranMs;
	}

	stop(): Promise<void> {
		return this.network.stop();
	}
}

/**
 * YuNet's outputs -> faces. In each cell of strides 8, 16 and 32: score = sqrt(class x object); box centre and points are
 * offsets from the cell, and log sizes, all in strides (OpenCV, modules/objdetect/src/face_detect.cpp).
 *
 * @param scale source pixels per input pixel
 * @param least the score of what counts as a face, 0..1
 */
export function decodeYuNet(
	outputs: ReadonlyMap<string, Float32Array>,
	width: number,
	height: number,
	scale: number,
	least = minScore,
): DetectedFace[] {
	const found: DetectedFace[] = [];
	for (const stride of strides) {
		const classes = output(outputs, `cls_${stride}`);
		const objects = output(outputs, `obj_${stride}`);
		const boxes = output(outputs, `bbox_${stride}`);
		const points = output(outputs, `kps_${stride}`);
		const columns = Math.floor(width / stride);
		const cells = columns * Math.floor(height / stride);
		const unit = stride * scale;
		for (let cell = 0; cell < cells; cell++) {
			const score = Math.sqrt(probability(classes, cell) * probability(objects, cell));
			if (!(score >= least)) continue;
			const column = cell % columns;
			const row = Math.floor(cell / columns);
			const boxWidth = Math.exp(value(boxes, cell * 4 + 2)) * unit;
			const boxHeight = Math.exp(value(boxes, cell * 4 + 3)) * unit;
			const point = (k: number): Point => ({
				x: (column + value(points, cell * 10 + 2 * k)) * unit,
				y: (row + value(points, cell * 10 + 2 * k + 1)) * unit,
			});
			found.push({
				box: {
					x: (column + value(boxes, cell * 4)) * unit - boxWidth / 2,
					y: (row + value(boxes, cell * 4 + 1)) * unit - boxHeight / 2,
					width: boxWidth,
					height: boxHeight,
				},
				score,
				points: [point(0), point(1), point(2), point(3), point(4)],
			});
		}
	}
	return bestOf(found, maxOverlap);
}

function probability(values: Float32Array, index: number): number {
	return Math.min(1, Math.max(0, value(values, index)));
}

function value(values: Float32Array, index: number): number {
	return values[index] ?? 0;
}
