import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ModelError } from './model-error.js';

/** One stored tensor, dequantised. Shapes are TensorFlow's: filters are [height, width, channels in, channels out]. */
export interface Weight {
	readonly shape: readonly number[];
	readonly data: Float32Array;
}

/** The weights of one network, by their names in face-api's manifest. */
export class Weights {
	readonly #byName: ReadonlyMap<string, Weight>;

	constructor(
		readonly network: string,
		byName: ReadonlyMap<string, Weight>,
	) {
		this.#byName = byName;
	}

	/** Throws where the manifest does not name it. */
	get(name: string): Weight {
		const weight = this.#byName.get(name);
		if (weight === undefined) throw new ModelError(`face-api's ${this.network} has no weights called ${name}. ${reinstall}`);
		return weight;
	}
}

const reinstall = 'The npm package @vladmandic/face-api is damaged or of another version: run `npm ci`.';

const manifestSchema = z.array(
	z.object({
		paths: z.array(z.string()),
		weights: z.array(
			z.object({
				name: z.string(),
				shape: z.array(z.int().nonnegative()),
				dtype: z.enum(['float32', 'int32']),
				quantization: z.object({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() }).optional(),
			}),
		),
	}),
);

type StoredWeight = z.infer<typeof manifestSchema>[number]['weights'][number];

/** Where the npm package keeps its weights; throws where the package is not installed. */
export function faceApiFolder(): string {
	try {
		return join(dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')), 'model');
	} catch (cause) {
		throw new ModelError('The npm package @vladmandic/face-api, which holds the weights, is not installed: run `npm ci`.', { cause });
	}
}

/**
 * Reads the weights of one network as TensorFlow.js does: `value * scale + min` in double precision, stored as float32.
 * Whole-number tensors (sizes and axes of the original graph) are skipped: the converted graphs do not use them.
 *
 * @param network the manifest's name without its ending, such as `face_recognition_model`
 * @param folder where manifest and shards are
 */
export function readWeights(network: string, folder: string): Weights {
	const byName = new Map<string, Weight>();
	for (const group of readManifest(join(folder, `${network}-weights_manifest.json`))) {
		const bytes = Buffer.concat(group.paths.map((path) => readPart(join(folder, path))));
		let offset = 0;
		for (const stored of group.weights) {
			const length = stored.shape.reduce((product, dim) => product * dim, 1);
			const size = length * bytesPerValue(stored);
			if (offset + size > bytes.length) break;
			if (stored.dtype === 'float32') byName.set(stored.name, { shape: stored.shape, data: dequantise(stored, bytes, offset, length) });
			offset += size;
		}
		const expected = group.weights.reduce((sum, w) => sum + w.shape.reduce((product, dim) => product * dim, 1) * bytesPerValue(w), 0);
		if (expected !== bytes.length) {
			throw new ModelError(
				`${group.paths.join(', ')} in ${folder} has ${bytes.length} bytes, its manifest wants ${expected}. ${reinstall}`,
			);
		}
	}
	return new Weights(network, byName);
}

function readPart(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch (cause) {
		throw new ModelError(`${path} cannot be read. ${reinstall}`, { cause });
	}
}

function readManifest(path: string): z.infer<typeof manifestSchema> {
	const bytes = readPart(path);
	try {
		return manifestSchema.parse(JSON.parse(bytes.toString('utf8')));
	} catch (cause) {
		throw new ModelError(`${path} is no weights manifest. ${reinstall}`, { cause });
	}
}

function bytesPerValue({ quantization }: StoredWeight): number {
	if (quantization === undefined) return 4;
	return quantization.dtype === 'uint8' ? 1 : 2;
}

function dequantise({ quantization }: StoredWeight, bytes: Buffer, offset: number, length: number): Float32Array {
	const data = new Float32Array(length);
	for (let i = 0; i < length; i++) {
		if (quantization === undefined) data[i] = bytes.readFloatLE(offset + 4 * i);
		else {
			const stored = quantization.dtype === 'uint8' ? bytes.readUInt8(offset + i) : bytes.readUInt16LE(offset + 2 * i);
			data[i] = stored * quantization.scale + quantization.min;
		}
	}
	return data;
}
