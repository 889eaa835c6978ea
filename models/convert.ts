import { z } from 'zod';
import { readWeights } from './face-api-weights.js';
import { landmarks68 } from './networks/landmarks68.js';
import type { Layers, PixelType } from './networks/layers.js';
import { recogniser } from './networks/recogniser.js';
import { ssd } from './networks/ssd.js';
import { tiny } from './networks/tiny.js';
import { serialise } from './onnx-writer.js';
import { quantise } from './quantise.js';
import { rangesOf } from './ranges.js';

/** Which of face-api's networks, and for the detectors the size of their input. */
export const networkSchema = z.discriminatedUnion('network', [
	z.strictObject({ network: z.literal('recogniser'), precision: z.enum(['fp32', 'int8']) }),
	z.strictObject({ network: z.literal('landmarks68'), precision: z.literal('fp32'), pixels: z.literal('blocks').optional() }),
	z.strictObject({ network: z.literal('ssd'), precision: z.enum(['fp32', 'int8']), height: z.int(), width: z.int() }),
	z.strictObject({ network: z.literal('tiny'), precision: z.literal('fp32'), height: z.int(), width: z.int() }),
]);

export type NetworkChoice = z.infer<typeof networkSchema>;

/**
 * Converts one of face-api's networks to the bytes of an ONNX file, always the same bytes from the same weights. Takes up to a
 * second of the calling thread. Throws a `ModelError` where the weights are missing or damaged.
 *
 * @param weightsFolder `faceApiFolder()`
 */
export function convert(choice: NetworkChoice, weightsFolder: string): Uint8Array {
	if (choice.precision === 'fp32')
		return serialise(layersOf(choice, weightsFolder, choice.network === 'landmarks68' && choice.pixels ? choice.pixels : 'uint8').graph);
	return serialise(quantise(layersOf(choice, weightsFolder, 'blocks').graph, rangesOf(choice.network)));
}

/** The network in full precision. */
export function layersOf(choice: NetworkChoice, weightsFolder: string, pixels: PixelType): Layers {
	switch (choice.network) {
		case 'recogniser':
			return recogniser(readWeights('face_recognition_model', weightsFolder), pixels);
		case 'landmarks68':
			return landmarks68(readWeights('face_landmark_68_model', weightsFolder), pixels);
		case 'ssd':
			return ssd(readWeights('ssd_mobilenetv1_model', weightsFolder), pixels, choice.height, choice.width);
		case 'tiny':
			return tiny(readWeights('tiny_face_detector_model', weightsFolder), pixels, choice.height, choice.width);
	}
}
