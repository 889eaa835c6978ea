import { at } from './networks/layers.js';
import { GraphBuilder, type GraphNode, type Initializer, type OnnxGraph } from './onnx-writer.js';

/** The least and the greatest value that a tensor takes. */
export type Range = readonly [number, number];

/** How a tensor is stored: `real = (byte - zero point) * scale`. */
interface Stored {
	/** The tensor after storing and reading back. */
	readonly name: string;
	readonly scale: number;
	readonly scaleName: string;
	readonly zeroName: string;
}

const activations = new Set(['Relu', 'Clip']);

/**
 * Rewrites a network to 8-bit integers (https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html, static QDQ
 * form): activations as bytes with one scale a tensor, filters as signed bytes with one scale a channel, sums in 32 bits. ReLU
 * and ReLU6 cost nothing: a byte's range ends where they do.
 *
 * @param rangeOf the range of a tensor that is to be stored as bytes
 */
export function quantise(graph: OnnxGraph, rangeOf: (tensor: string) => Range): OnnxGraph {
	const result = new GraphBuilder(`${graph.name}-int8`);
	result.inputs.push(...graph.inputs);
	result.outputs.push(...graph.outputs);
	const stored = new Map<string, Stored>();
	/** Results of integer layers whose activation follows: the activation's range says how to store them. */
	const awaiting = new Set<string>();
	const consumers = consumersOf(graph);

	const readBack = (source: string, scale: number, scaleName: string, zeroName: string, tensor: string): void => {
		const bytes = result.node('QuantizeLinear', [source, scaleName, zeroName], {}, `${tensor}:bytes`);
		const name = result.node('DequantizeLinear', [bytes, scaleName, zeroName], {}, `${tensor}:stored`);
		stored.set(tensor, { name, scale, scaleName, zeroName });
	};
	const store = (tensor: string, source: string): void => {
		const [least, greatest] = rangeOf(tensor);
		const low = Math.min(0, least);
		const scale = Math.fround((Math.max(0, greatest) - low) / 255) || 1;
		const scaleName = result.constant(`${tensor}:scale`, [], Float32Array.of(scale));
		const zeroName = result.constant(`${tensor}:zero`, [], Uint8Array.of(Math.round(-low / scale)));
		readBack(source, scale, scaleName, zeroName, tensor);
	};
	const storeOrAwait = (tensor: string): void => {
		const [next, ...others] = consumers.get(tensor) ?? [];
		if (next !== undefined && others.length === 0 && activations.has(next)) awaiting.add(tensor);
		else store(tensor, tensor);
	};
	const copy = (node: GraphNode): void => {
		for (const input of node.inputs) {
			const initializer = graph.initializers.get(input);
			if (initializer !== undefined && !result.initializers.has(input)) result.constant(input, initializer.dims, initializer.data);
		}
		result.nodes.push({ ...node, inputs: node.inputs.map((input) => stored.get(input)?.name ?? input) });
	};
	const inBytes = (node: GraphNode): boolean => node.inputs.filter((i) => !graph.initializers.has(i)).every((i) => stored.has(i));

	for (const node of graph.nodes) {
		const [input = '', weights = '', bias] = node.inputs;
		if (node.op === 'DequantizeLinear') {
			// The picture's bytes are bytes already.
			copy(node);
			const [, scaleName = '', zeroName = ''] = node.inputs;
			stored.set(node.output, { name: node.output, scale: 1, scaleName, zeroName });
		} else if (node.op === 'Conv') {
			if (!stored.has(input)) store(input, input);
			const from = stored.get(input) as Stored;
			const inputs = [from.name, ...quantiseFilters(result, graph, weights, bias, from.scale)];
			result.node('Conv', inputs, { ...node.attributes }, node.output);
			storeOrAwait(node.output);
		} else if (node.op === 'Add' && inBytes(node)) {
			copy(node);
			storeOrAwait(node.output);
		} else if (node.op === 'MatMul' && inBytes(node)) {
			// Its result stays in float: nothing is lost where a network ends.
			const from = stored.get(input) as Stored;
			result.node('MatMul', [from.name, quantiseColumns(result, graph, weights)], {}, node.output);
		} else if ((node.op === 'MaxPool' || node.op === 'Transpose') && inBytes(node)) {
			copy(node);
			const { scale, scaleName, zeroName } = stored.get(input) as Stored;
			readBack(node.output, scale, scaleName, zeroName, node.output);
		} else if (activations.has(node.op) && awaiting.has(input)) {
			store(node.output, input);
		} else copy(node);
	}
	return result;
}

/** For each tensor the operators that read it. */
function consumersOf(graph: OnnxGraph): ReadonlyMap<string, readonly string[]> {
	const consumers = new Map<string, string[]>();
	for (const { op, inputs } of graph.nodes) for (const input of inputs) consumers.set(input, [...(consumers.get(input) ?? []), op]);
	return consumers;
}

/** Filters and bias of a convolution as integers; answers the inputs that read them back. */
function quantiseFilters(result: GraphBuilder, graph: OnnxGraph, weights: string, bias: string | undefined, inputScale: number): string[] {
	const { dims, data } = constantOf(graph, weights);
	const channels = dims[0] ?? 0;
	const perChannel = data.length / channels;
	const scales = new Float32Array(channels);
	const bytes = new Int8Array(data.length);
	for (let channel = 0; channel < channels; channel++) {
		const own = data.subarray(channel * perChannel, (channel + 1) * perChannel);
		const scale = Math.fround(own.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127) || 1;
		scales[channel] = scale;
		for (const [i, value] of own.entries()) bytes[channel * perChannel + i] = Math.round(value / scale);
	}
	const stored = [readChannels(result, weights, dims, 0, bytes, scales)];
	if (bias !== undefined) {
		const biasScales = scales.map((scale) => scale * inputScale);
		const whole = Int32Array.from(constantOf(graph, bias).data, (value, i) => clamp32(Math.round(value / at(biasScales, i))));
		stored.push(readChannels(result, bias, [channels], 0, whole, biasScales));
	}
	return stored;
}

/** A constant matrix as integers, one scale a column. */
function quantiseColumns(result: GraphBuilder, graph: OnnxGraph, weights: string): string {
	const { dims, data } = constantOf(graph, weights);
	const columns = dims[1] ?? 0;
	const greatest = new Float32Array(columns);
	for (const [i, value] of data.entries()) greatest[i % columns] = Math.max(at(greatest, i % columns), Math.abs(value));
	const scales = greatest.map((value) => value / 127 || 1);
	const bytes = Int8Array.from(data, (value, i) => Math.round(value / at(scales, i % columns)));
	return readChannels(result, weights, dims, 1, bytes, scales);
}

function readChannels(
	result: GraphBuilder,
	name: string,
	dims: readonly number[],
	axis: number,
	data: Int8Array | Int32Array,
	scales: Float32Array,
): string {
	const zeros = data instanceof Int8Array ? new Int8Array(scales.length) : new Int32Array(scales.length);
	return result.node(
		'DequantizeLinear',
		[
			result.constant(name, dims, data),
			result.constant(`${name}:scales`, [scales.length], scales),
			result.constant(`${name}:zeros`, [scales.length], zeros),
		],
		{ axis },
		`${name}:read`,
	);
}

function constantOf(graph: OnnxGraph, name: string): Initializer & { readonly data: Float32Array } {
	const found = graph.initializers.get(name);
	if (!(found?.data instanceof Float32Array)) throw new Error(`${name} is no float constant of ${graph.name}`);
	return { dims: found.dims, data: found.data };
}

function clamp32(value: number): number {
	return Math.max(-2147483647, Math.min(2147483647, value));
}
