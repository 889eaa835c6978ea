import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { inBlocks, pixelsInBlocks } from '../../../models/networks/blocks.js';
import {
	blockChannels,
	depthwiseFilters,
	type Filters,
	filters,
	foldNormalisation,
	Layers,
	type Padding,
} from '../../../models/networks/layers.js';
import { serialise } from '../../../models/onnx-writer.js';

interface Picture {
	readonly height: number;
	readonly width: number;
	readonly data: Float32Array;
}

const small = fc.float({ min: -2, max: 2, noNaN: true });
const weights = fc
	.array(small, { minLength: 27, maxLength: 27 })
	.map((values) => ({ shape: [3, 3, 3, 1], data: Float32Array.from(values) }));

/** One 3 x 3 convolution from three channels to one. */
async function convolve(
	picture: Picture,
	make: (layers: Layers, image: ReturnType<Layers['image']>) => ReturnType<Layers['image']>,
): Promise<Picture> {
	const layers = new Layers('one');
	const result = make(layers, layers.image('float32', picture.height, picture.width));
	layers.graph.output(result.name, 'float32', ['N', result.channels, result.height, result.width]);
	const session = await InferenceSession.create(serialise(layers.graph), { logSeverityLevel: 3 });
	const outputs = await session.run({ image: new Tensor('float32', picture.data, [1, picture.height, picture.width, 3]) });
	await session.release();
	return { height: result.height, width: result.width, data: (outputs[result.name] as Tensor).data as Float32Array };
}

function withStride2(filter: { shape: number[]; data: Float32Array }, padding: Padding) {
	return (layers: Layers, image: ReturnType<Layers['image']>) => layers.conv('conv', image, filters(filter), null, 2, padding);
}

const pictures = fc
	.record({ height: fc.integer({ min: 3, max: 9 }), width: fc.integer({ min: 3, max: 9 }) })
	.chain(({ height, width }) =>
		fc
			.array(small, { minLength: height * width * 3, maxLength: height * width * 3 })
			.map((data): Picture => ({ height, width, data: Float32Array.from(data) })),
	);

/** The picture in the top left corner of zeros. */
function inZeros(picture: Picture, height: number, width: number): Picture {
	const data = new Float32Array(height * width * 3);
	for (let row = 0; row < picture.height; row++) {
		data.set(picture.data.subarray(row * picture.width * 3, (row + 1) * picture.width * 3), row * width * 3);
	}
	return { height, width, data };
}

it("padding at the end only: a small picture's cells look where a larger even one's cells look", async () => {
	await fc.assert(
		fc.asyncProperty(pictures, weights, async (picture, filter) => {
			const own = await convolve(picture, withStride2(filter, 'end'));
			const large = await convolve(inZeros(picture, 12, 12), withStride2(filter, 'same'));
			for (let row = 0; row < own.height; row++) {
				for (let column = 0; column < own.width; column++) {
					expect(own.data[row * own.width + column]).toBeCloseTo(large.data[row * large.width + column] ?? Number.NaN, 4);
				}
			}
		}),
		{ numRuns: 30 },
	);
});

it("SAME padding is TensorFlow's: halves of odd sizes are centred", async () => {
	const filter = { shape: [3, 3, 3, 1], data: new Float32Array(27) };
	filter.data[(1 * 3 + 1) * 3] = 1;
	const data = new Float32Array(5 * 5 * 3).map((_, i) => Math.floor(i / 3));
	const result = await convolve({ height: 5, width: 5, data }, withStride2(filter, 'same'));
	expect(Array.from(result.data)).toEqual([0, 2, 4, 10, 12, 14, 20, 22, 24]);
});

it('normalisation folded into the first convolution changes nothing', async () => {
	const mean = [122.782, 117.001, 104.298] as const;
	await fc.assert(
		fc.asyncProperty(pictures, weights, small, async (picture, filter, bias) => {
			const pixels = { ...picture, data: picture.data.map((value) => Math.round((value + 2) * 63)) };
			const normal = { ...picture, data: pixels.data.map((value, i) => (value - (mean[i % 3] ?? 0)) / 255) };
			const [folded, shifted] = foldNormalisation(filters(filter), Float32Array.of(bias), mean, 255);
			const a = await convolve(pixels, (layers, image) => layers.conv('conv', image, folded, shifted, 1, 'valid'));
			const b = await convolve(normal, (layers, image) => layers.conv('conv', image, filters(filter), Float32Array.of(bias), 1, 'valid'));
			for (const [i, value] of a.data.entries()) expect(value).toBeCloseTo(b.data[i] ?? Number.NaN, 3);
		}),
		{ numRuns: 20 },
	);
});

it("turns TensorFlow's filters into ONNX's", () => {
	const data = Float32Array.from({ length: 2 * 1 * 3 * 2 }, (_, i) => i);
	// [height 2, width 1, in 3, out 2]: value = height * 6 + in * 2 + out
	expect(filters({ shape: [2, 1, 3, 2], data }, [1, 10])).toEqual({
		dims: [2, 3, 2, 1],
		data: Float32Array.of(0, 6, 2, 8, 4, 10, 10, 70, 30, 90, 50, 110),
	});
	expect(depthwiseFilters({ shape: [2, 1, 3, 1], data: data.subarray(0, 6) })).toEqual({
		dims: [3, 1, 2, 1],
		data: Float32Array.of(0, 3, 1, 4, 2, 5),
	});
});

it('counts multiplications, and refuses what does not fit', () => {
	const layers = new Layers('count');
	const image = layers.image('uint8', 8, 6);
	const filter = filters({ shape: [3, 3, 3, 5], data: new Float32Array(135) });
	const result = layers.conv('a', image, filter, null, 2, 'same');
	expect(result).toEqual({ name: 'a', channels: 5, height: 4, width: 3 });
	expect(layers.macs).toBe(135 * 4 * 3);
	expect(() => layers.conv('b', result, filter, null, 1, 'same')).toThrow('b wants 3 channels and gets 5');
	expect(() => layers.add(image, result)).toThrow('differ in shape');
});

it('a first convolution in blocks of YUV sees what it sees in rows of RGB', async () => {
	const bytes = fc.uint8Array({ minLength: 4 * 6 * blockChannels, maxLength: 4 * 6 * blockChannels });
	const run = async (pixels: 'float32' | 'blocks', image: Tensor, filter: Filters, bias: Float32Array) => {
		const layers = new Layers('one');
		const picture = layers.image(pixels, 8, 12);
		const { name } =
			pixels === 'blocks'
				? layers.conv('conv', picture, ...inBlocks(filter, bias), 1, 'valid')
				: layers.conv('conv', picture, filter, bias, 2, 'valid');
		layers.graph.output(name, 'float32', ['N', 1, 3, 5]);
		const session = await InferenceSession.create(serialise(layers.graph), { logSeverityLevel: 3 });
		const outputs = await session.run({ image });
		await session.release();
		return [...((outputs[name] as Tensor).data as Float32Array)];
	};
	await fc.assert(
		fc.asyncProperty(bytes, weights, small, async (blocks, filter, bias) => {
			const wanted = new Tensor('float32', rgbOf(blocks, 8, 12), [1, 8, 12, 3]);
			const rows = await run('float32', wanted, filters(filter), Float32Array.of(bias));
			const image = new Tensor('uint8', blocks, [1, 4, 6, blockChannels]);
			const got = await run('blocks', image, filters(filter), Float32Array.of(bias));
			expect(got).toHaveLength(rows.length);
			for (const [i, value] of rows.entries()) expect(got[i]).toBeCloseTo(value, 1);
		}),
		{ numRuns: 30 },
	);
});

it('a picture in blocks is the picture, but for colours that change within a block', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(255), { minLength: 6, maxLength: 6 }), (colours) => {
			// Two blocks of one colour each.
			const rgb = Uint8Array.from({ length: 4 * 2 * 3 }, (_, i) => colours[(Math.floor(i / 3) % 4 < 2 ? 0 : 3) + (i % 3)] ?? 0);
			const back = rgbOf(pixelsInBlocks(rgb, 4), 2, 4);
			for (const [i, value] of rgb.entries()) expect(Math.abs((back[i] ?? 0) - value)).toBeLessThan(2.5);
		}),
	);
});

/** RGB as floats that nothing has cut, row by row. */
function rgbOf(blocks: Uint8Array, height: number, width: number): Float32Array {
	const rgb = new Float32Array(height * width * 3);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const block = blocks.subarray(((y >> 1) * (width / 2) + (x >> 1)) * blockChannels);
			const luma = (((block[(y % 2) * 2 + (x % 2)] ?? 0) - 16) * 255) / 219;
			const [u, v] = [((block[4] ?? 0) - 128) * (255 / 224), ((block[5] ?? 0) - 128) * (255 / 224)];
			// BT.709: red and blue have these parts in luma.
			const [kr, kb] = [0.2126, 0.0722];
			const red = luma + 2 * (1 - kr) * v;
			const blue = luma + 2 * (1 - kb) * u;
			rgb.set([red, (luma - kr * red - kb * blue) / (1 - kr - kb), blue], (y * width + x) * 3);
		}
	}
	return rgb;
}
