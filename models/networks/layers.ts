import type { Weight } from '../face-api-weights.js';
import { castToFloat, GraphBuilder } from '../onnx-writer.js';

/** A picture or feature map inside the graph: [pictures, channels, height, width]. */
export interface FeatureMap {
	readonly name: string;
	readonly channels: number;
	readonly height: number;
	readonly width: number;
}

/** Filters as ONNX stores them: [channels out, channels in per group, height, width]. */
export interface Filters {
	readonly dims: readonly [number, number, number, number];
	readonly data: Float32Array;
}

/**
 * How far a window may reach over the edge. `valid`: not at all. `same`: TensorFlow's SAME, as much at the end as needed, half of
 * it (rounded down) at the start. `end`: SAME, but strides of 2 pad at the end only, whatever the size: see `ssd.ts`.
 */
export type Padding = 'valid' | 'same' | 'end';

/**
 * What the pixels are: bytes as a camera gives them; floats, for holding a network to its original to the last digit; or bytes in
 * `blocks` of 2 x 2 pixels, one cell each, of the YUV that cameras send. A first convolution by steps of 2 then is one by steps of 1
 * (`inBlocks`), and whoever draws the picture need not make RGB of it.
 */
export type PixelType = 'uint8' | 'float32' | 'blocks';

/**
 * Channels of a block of 2 x 2 pixels: their four lumas, row by row, the one U and V that they share, and two that mean nothing. With a
 * number that is no multiple of four ONNX Runtime's 8-bit convolutions take a tenth more time.
 */
export const blockChannels = 8;

/** What a block's bytes are less, inside a network: grey is nothing then, and so is the padding. */
export const blockZero = 128;

/** Puts layers together, follows their shapes and counts multiplications. */
export class Layers {
	readonly graph: GraphBuilder;
	/** Multiply-accumulates for one picture, in convolutions and fully connected layers. */
	macs = 0;

	constructor(name: string) {
		this.graph = new GraphBuilder(name);
	}

	/** The input `image`, [N, height, width, RGB], 0 to 255; in blocks [N, height / 2, width / 2, 8], which come out less 128. */
	image(pixels: PixelType, height: number, width: number): FeatureMap {
		const inBlocks = pixels === 'blocks';
		const map = inBlocks ? { channels: blockChannels, height: height / 2, width: width / 2 } : { channels: 3, height, width };
		this.graph.input('image', pixels === 'float32' ? 'float32' : 'uint8', ['N', map.height, map.width, map.channels]);
		const planes = this.graph.node('Transpose', ['image'], { perm: [0, 3, 1, 2] });
		if (pixels === 'float32') return { name: planes, ...map };
		if (pixels === 'uint8') return { name: this.graph.node('Cast', [planes], { to: castToFloat }), ...map };
		const zero = this.graph.constant('image_zero', [], Uint8Array.of(blockZero));
		return { name: this.graph.node('DequantizeLinear', [planes, this.graph.scalar('image_scale', 1), zero]), ...map };
	}

	/** @param groups as many as channels for a depthwise convolution */
	conv(name: string, x: FeatureMap, filters: Filters, bias: Float32Array | null, stride: number, padding: Padding, groups = 1): FeatureMap {
		const [channels, perGroup, kernelHeight, kernelWidth] = filters.dims;
		if (perGroup * groups !== x.channels) throw new Error(`${name} wants ${perGroup * groups} channels and gets ${x.channels}`);
		const [height, top, bottom] = along(x.height, kernelHeight, stride, padding);
		const [width, left, right] = along(x.width, kernelWidth, stride, padding);
		this.macs += filters.data.length * height * width;
		const inputs = [x.name, this.graph.constant(`${name}_weights`, filters.dims, filters.data)];
		if (bias !== null) inputs.push(this.graph.constant(`${name}_bias`, [channels], bias));
		const output = this.graph.node(
			'Conv',
			inputs,
			{ kernel_shape: [kernelHeight, kernelWidth], strides: [stride, stride], pads: [top, left, bottom, right], group: groups },
			name,
		);
		return { name: output, channels, height, width };
	}

	pool(op: 'MaxPool' | 'AveragePool', x: FeatureMap, kernel: number, stride: number, padding: Padding): FeatureMap {
		const [height, top, bottom] = along(x.height, kernel, stride, padding);
		const [width, left, right] = along(x.width, kernel, stride, padding);
		const pads = [top, left, bottom, right];
		const name = this.graph.node(op, [x.name], { kernel_shape: [kernel, kernel], strides: [stride, stride], pads }, `${x.name}/${op}`);
		return { name, channels: x.channels, height, width };
	}

	relu(x: FeatureMap): FeatureMap {
		return { ...x, name: this.graph.node('Relu', [x.name], {}, `${x.name}/relu`) };
	}

	/** ReLU that stops at 6. */
	relu6(x: FeatureMap): FeatureMap {
		return {
			...x,
			name: this.graph.node('Clip', [x.name, this.graph.scalar('zero', 0), this.graph.scalar('six', 6)], {}, `${x.name}/relu`),
		};
	}

	leakyRelu(x: FeatureMap, slope: number): FeatureMap {
		return { ...x, name: this.graph.node('LeakyRelu', [x.name], { alpha: { float: slope } }, `${x.name}/relu`) };
	}

	add(a: FeatureMap, b: FeatureMap): FeatureMap {
		if (a.channels !== b.channels || a.height !== b.height || a.width !== b.width)
			throw new Error(`${a.name} and ${b.name} differ in shape`);
		return { ...a, name: this.graph.node('Add', [a.name, b.name], {}, `${a.name}/sum`) };
	}

	/**
	 * The mean of each 2 x 2 cells, with empty channels behind. All of it convolutions: averaging and padding run apart from them, in
	 * layouts and number types of their own.
	 */
	halve(x: FeatureMap, channels: number): FeatureMap {
		const quarters: Filters = { dims: [x.channels, 1, 2, 2], data: new Float32Array(4 * x.channels).fill(1 / 4) };
		const halved = this.conv(`${x.name}/halved`, x, quarters, new Float32Array(x.channels), 2, 'valid', x.channels);
		if (channels === x.channels) return halved;
		const same = new Float32Array(channels * x.channels);
		for (let i = 0; i < x.channels; i++) same[i * x.channels + i] = 1;
		const widen: Filters = { dims: [channels, x.channels, 1, 1], data: same };
		return this.conv(`${x.name}/widened`, halved, widen, new Float32Array(channels), 1, 'valid');
	}

	/** Zeros behind the last row and column, up to the given size; a convolution too. */
	extend(x: FeatureMap, height: number, width: number): FeatureMap {
		const { channels } = x;
		if (height === x.height && width === x.width) return x;
		const title = `${x.name}/extended`;
		const same = this.graph.constant(`${title}_weights`, [channels, 1, 1, 1], new Float32Array(channels).fill(1));
		const nothing = this.graph.constant(`${title}_bias`, [channels], new Float32Array(channels));
		const pads = [0, 0, height - x.height, width - x.width];
		const attributes = { kernel_shape: [1, 1], strides: [1, 1], pads, group: channels };
		return { name: this.graph.node('Conv', [x.name, same, nothing], attributes, title), channels, height, width };
	}
}

/** Size of the result, and cells of padding before and after, along one axis. */
function along(size: number, kernel: number, stride: number, padding: Padding): [number, number, number] {
	if (padding === 'valid') return [Math.floor((size - kernel) / stride) + 1, 0, 0];
	const result = Math.ceil(size / stride);
	const total = Math.max((result - 1) * stride + kernel - size, 0);
	const before = padding === 'end' && stride === 2 ? 0 : Math.floor(total / 2);
	return [result, before, total - before];
}

/** TensorFlow's [height, width, in, out] -> ONNX's [out, in, height, width]; `factors` multiply each channel out. */
export function filters({ shape, data }: Weight, factors?: ArrayLike<number>): Filters {
	const [height = 0, width = 0, channelsIn = 0, channelsOut = 0] = shape;
	const result = new Float32Array(data.length);
	let from = 0;
	for (let place = 0; place < height * width; place++) {
		for (let i = 0; i < channelsIn; i++) {
			for (let o = 0; o < channelsOut; o++) {
				result[(o * channelsIn + i) * height * width + place] = at(data, from++) * (factors === undefined ? 1 : at(factors, o));
			}
		}
	}
	return { dims: [channelsOut, channelsIn, height, width], data: result };
}

/** TensorFlow's depthwise [height, width, channels, 1] -> ONNX's [channels, 1, height, width]. */
export function depthwiseFilters({ shape, data }: Weight, factors?: ArrayLike<number>): Filters {
	const [height = 0, width = 0, channels = 0] = shape;
	return filters({ shape: [height, width, 1, channels], data }, factors);
}

/**
 * A first convolution that takes `(pixel - mean) / divisor`, rewritten to take plain pixels. Exact only without padding: padding is
 * zero after the mean is taken off.
 */
export function foldNormalisation(
	first: Filters,
	bias: Float32Array,
	mean: readonly [number, number, number],
	divisor: number,
): [Filters, Float32Array] {
	const [channels, , height, width] = first.dims;
	const perPlane = height * width;
	const shifted = Float32Array.from(bias, (value, channel) => {
		let shift = 0;
		for (let i = 0; i < 3 * perPlane; i++)
			shift += (at(first.data, channel * 3 * perPlane + i) * at(mean, Math.floor(i / perPlane))) / divisor;
		return value - shift;
	});
	if (shifted.length !== channels) throw new Error('The first convolution and its bias differ in length');
	return [{ dims: first.dims, data: first.data.map((value) => value / divisor) }, shifted];
}

/** `values[index]`; throws beyond the end. */
export function at(values: ArrayLike<number>, index: number): number {
	const value = values[index];
	if (value === undefined) throw new RangeError(`No value at ${index} of ${values.length}`);
	return value;
}
