/**
 * Measures on photographs what `ranges/*.json` holds: between which values each tensor lies that the 8-bit networks store as bytes.
 * Run once by whoever changes a network, from the project's folder, on photographs of many kinds of people:
 *
 *     npm run build && node dist/models/measure-ranges.js FOLDER...
 *
 * then set the new checksums in models.json (the tests say them). The photographs are not needed to build the networks.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { layersOf, type NetworkChoice } from './convert.js';
import { faceApiFolder } from './face-api-weights.js';
import { pixelsInBlocks } from './networks/blocks.js';
import { at, blockChannels } from './networks/layers.js';
import { decodeSsd } from './networks/ssd-decode.js';
import { type OnnxGraph, serialise } from './onnx-writer.js';
import { quantise, type Range } from './quantise.js';

const recogniserSize = 150;
/** Lighter and darker than photographed: an entrance at noon and in the evening. */
const lights = [0.5, 1, 1.4];

/** One network that shows the tensors it would store, and the values seen so far. */
class Gauge {
	readonly #perPicture = new Map<string, { least: number[]; greatest: number[] }>();

	private constructor(
		readonly session: InferenceSession,
		readonly tensors: readonly string[],
	) {}

	static async open(choice: NetworkChoice): Promise<Gauge> {
		const { graph } = layersOf(choice, faceApiFolder(), 'blocks');
		const tensors: string[] = [];
		quantise(graph, (tensor) => {
			tensors.push(tensor);
			return [0, 1];
		});
		const ports = tensors.map((name) => ({ name, type: 'float32' as const, dims: [0, 1, 2, 3].map((dim) => `${name}:${dim}`) }));
		const shown: OnnxGraph = { ...graph, outputs: [...graph.outputs, ...ports] };
		return new Gauge(await InferenceSession.create(serialise(shown), { intraOpNumThreads: 1, logSeverityLevel: 3 }), tensors);
	}

	/** @param pixels RGB, row by row */
	async measure(pixels: Uint8Array, height: number, width: number): Promise<InferenceSession.OnnxValueMapType> {
		const outputs = await this.session.run({
			image: new Tensor('uint8', pixelsInBlocks(pixels, width), [1, height / 2, width / 2, blockChannels]),
		});
		for (const tensor of this.tensors) {
			const values = (outputs[tensor] as Tensor).data as Float32Array;
			const seen = this.#perPicture.get(tensor) ?? { least: [], greatest: [] };
			this.#perPicture.set(tensor, seen);
			seen.least.push(values.reduce((least, value) => Math.min(least, value), 0));
			seen.greatest.push(values.reduce((greatest, value) => Math.max(greatest, value), 0));
		}
		return outputs;
	}

	/** From the value that 1 picture in 100 goes below to the one that 1 in 100 goes above, to four digits. */
	ranges(): Record<string, Range> {
		return Object.fromEntries(
			[...this.#perPicture].map(([tensor, { least, greatest }]) => {
				const rank = Math.floor(0.01 * least.length);
				const low = at(
					least.sort((a, b) => a - b),
					rank,
				);
				const high = at(
					greatest.sort((a, b) => b - a),
					rank,
				);
				return [tensor, [Number(low.toPrecision(4)), Number(high.toPrecision(4))]];
			}),
		);
	}
}

/** The photograph in the top left corner of a black picture. */
async function letterbox(photo: Buffer, height: number, width: number, light: number): Promise<Uint8Array> {
	const image = sharp(photo).resize(width, height, { fit: 'contain', position: 'left top', background: 'black' });
	return image.removeAlpha().linear(light, 0).toColourspace('srgb').raw().toBuffer();
}

/** A face as the recogniser gets it, roughly: the detector's box, squared and pulled in a little, mirrored or not. */
async function faceCrop(photo: Buffer, box: { x: number; y: number; width: number; height: number }, light: number, mirrored: boolean) {
	const side = Math.round(Math.max(box.width, box.height) * 1.05);
	const extract = {
		left: Math.round(box.x + box.width / 2 - side / 2),
		top: Math.round(box.y + box.height / 2 - side / 2),
		width: side,
		height: side,
	};
	const { width, height } = await sharp(photo).metadata();
	const inside = extract.left >= 0 && extract.top >= 0 && extract.left + side <= width && extract.top + side <= height;
	if (!inside || side < 60) return null;
	const image = sharp(photo).extract(extract).resize(recogniserSize, recogniserSize).flop(mirrored);
	return image.removeAlpha().linear(light, 0).toColourspace('srgb').raw().toBuffer();
}

async function main(folders: readonly string[]): Promise<void> {
	const wide = await Gauge.open({ network: 'ssd', precision: 'fp32', height: 384, width: 640 });
	const faces = await Gauge.open({ network: 'recogniser', precision: 'fp32' });
	let count = 0;
	for (const folder of folders) {
		for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((file) => /\.(jpe?g|png)$/i.test(file))
			.sort()) {
			const photo = await sharp(join(folder, name)).rotate().toColourspace('srgb').png({ compressionLevel: 0 }).toBuffer();
			const { width, height } = await sharp(photo).metadata();
			for (const light of [0.5, 1.4]) await wide.measure(await letterbox(photo, 384, 640, light), 384, 640);
			const found = await wide.measure(await letterbox(photo, 384, 640, 1), 384, 640);
			const scale = Math.max(width / 640, height / 384);
			const candidates = decodeSsd((found.boxes as Tensor).data as Float32Array, (found.logits as Tensor).data as Float32Array, 0.9);
			// Several anchors mean the same face; a few of them stand for the detector's unsteadiness.
			for (const { box } of candidates.filter((_, i) => i % 4 === 0)) {
				const inPhoto = { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
				for (const light of lights) {
					const crop = await faceCrop(photo, inPhoto, light, count % 2 === 1);
					if (crop === null) continue;
					await faces.measure(crop, recogniserSize, recogniserSize);
					count++;
				}
			}
			process.stderr.write(`${name}: ${count} crops so far\n`);
		}
	}
	writeFileSync('models/ranges/recogniser.json', `${JSON.stringify(faces.ranges(), null, '\t')}\n`);
	writeFileSync('models/ranges/ssd.json', `${JSON.stringify(wide.ranges(), null, '\t')}\n`);
}

if (process.argv.length < 3) {
	process.stderr.write('Say the folders of photographs.\n');
	process.exitCode = 2;
} else await main(process.argv.slice(2));
