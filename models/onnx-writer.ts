/**
 * ONNX graphs as plain data, and their bytes. An ONNX file is one protobuf message; what these graphs use of it is small
 * enough to write by hand. Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */

export type TensorData = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;

/** ONNX's `TensorProto.DataType`. */
const elementTypes = { float32: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;

export type ElementType = keyof typeof elementTypes;

/** The `to` of a Cast to float. */
export const castToFloat = elementTypes.float32;

/** A constant: a weight, a scale, a shape. */
export interface Initializer {
	readonly dims: readonly number[];
	readonly data: TensorData;
}

/** A whole number, whole numbers, a text, or a `{ float }` (JavaScript cannot tell 1 from 1.0). */
export type Attribute = number | readonly number[] | string | { readonly float: number };

export interface GraphNode {
	readonly op: string;
	readonly inputs: readonly string[];
	readonly output: string;
	readonly attributes: Readonly<Record<string, Attribute>>;
}

/** An input or output of the graph; a text stands for a size that is open, such as the number of pictures. */
export interface GraphPort {
	readonly name: string;
	readonly type: ElementType;
	readonly dims: readonly (number | string)[];
}

/** A graph as data. Nodes stand in the order they run. */
export interface OnnxGraph {
	readonly name: string;
	readonly inputs: readonly GraphPort[];
	readonly outputs: readonly GraphPort[];
	readonly initializers: ReadonlyMap<string, Initializer>;
	readonly nodes: readonly GraphNode[];
}

/** Collects a graph, naming what has no name. */
export class GraphBuilder implements OnnxGraph {
	readonly inputs: GraphPort[] = [];
	readonly outputs: GraphPort[] = [];
	readonly initializers = new Map<string, Initializer>();
	readonly nodes: GraphNode[] = [];

	constructor(readonly name: string) {}

	input(name: string, type: ElementType, dims: readonly (number | string)[]): string {
		this.inputs.push({ name, type, dims });
		return name;
	}

	output(name: string, type: ElementType, dims: readonly (number | string)[]): void {
		this.outputs.push({ name, type, dims });
	}

	constant(name: string, dims: readonly number[], data: TensorData): string {
		if (this.initializers.has(name)) throw new Error(`Two constants are called ${name}`);
		this.initializers.set(name, { dims, data });
		return name;
	}

	/** Whole numbers as operators take them (shapes, paddings); the same numbers are stored once. */
	integers(values: readonly number[]): string {
		const name = `int64_${values.join('_')}`;
		if (!this.initializers.has(name)) this.constant(name, [values.length], BigInt64Array.from(values, BigInt));
		return name;
	}

	scalar(name: string, value: number): string {
		if (!this.initializers.has(name)) this.constant(name, [], Float32Array.of(value));
		return name;
	}

	node(op: string, inputs: readonly string[], attributes: Record<string, Attribute> = {}, output = `${op}_${this.nodes.length}`): string {
		this.nodes.push({ op, inputs, output, attributes });
		return output;
	}
}

/** The file's bytes: IR version 8, operator set 17. The same graph always gives the same bytes. */
export function serialise(graph: OnnxGraph): Uint8Array {
	const body = Buffer.concat([
		...graph.nodes.map((node) => message(1, nodeProto(node))),
		text(2, graph.name),
		...[...graph.initializers].map(([name, initializer]) => message(5, tensorProto(name, initializer))),
		...graph.inputs.map((port) => message(11, valueInfo(port))),
		...graph.outputs.map((port) => message(12, valueInfo(port))),
	]);
	const operatorSet = Buffer.concat([text(1, ''), integer(2, 17)]);
	return Buffer.concat([integer(1, 8), text(2, 'showroom-edge'), message(7, body), message(8, operatorSet)]);
}

function nodeProto(node: GraphNode): Buffer {
	return Buffer.concat([
		...node.inputs.map((name) => text(1, name)),
		text(2, node.output),
		text(3, node.output),
		text(4, node.op),
		...Object.entries(node.attributes).map(([name, value]) => message(5, attributeProto(name, value))),
	]);
}

function attributeProto(name: string, value: Attribute): Buffer {
	const [type, field] = attributeValue(value);
	return Buffer.concat([text(1, name), field, integer(20, type)]);
}

/** ONNX's `AttributeProto.AttributeType` and the field that holds the value. */
function attributeValue(value: Attribute): [number, Buffer] {
	if (typeof value === 'string') return [3, text(4, value)];
	if (typeof value === 'number') return [2, integer(3, value)];
	if ('float' in value) return [1, float(2, value.float)];
	return [7, Buffer.concat(value.map((item) => integer(8, item)))];
}

function tensorProto(name: string, { dims, data }: Initializer): Buffer {
	const size = dims.reduce((product, dim) => product * dim, 1);
	if (size !== data.length) throw new Error(`The constant ${name} has ${data.length} values, its shape [${dims}] wants ${size}`);
	return Buffer.concat([
		...dims.map((dim) => integer(1, dim)),
		integer(2, elementTypes[typeOf(data)]),
		text(8, name),
		message(9, Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
	]);
}

function typeOf(data: TensorData): ElementType {
	if (data instanceof Float32Array) return 'float32';
	if (data instanceof Uint8Array) return 'uint8';
	if (data instanceof Int8Array) return 'int8';
	return data instanceof Int32Array ? 'int32' : 'int64';
}

function valueInfo({ name, type, dims }: GraphPort): Buffer {
	const shape = Buffer.concat(dims.map((dim) => message(1, typeof dim === 'string' ? text(2, dim) : integer(1, dim))));
	const tensorType = Buffer.concat([integer(1, elementTypes[type]), message(2, shape)]);
	return Buffer.concat([text(1, name), message(2, message(1, tensorType))]);
}

function integer(field: number, value: number): Buffer {
	return Buffer.concat([varint((field << 3) | 0), varint(value)]);
}

function float(field: number, value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeFloatLE(value);
	return Buffer.concat([varint((field << 3) | 5), bytes]);
}

function text(field: number, value: string): Buffer {
	return message(field, Buffer.from(value));
}

function message(field: number, bytes: Buffer): Buffer {
	return Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);
}

/** Protobuf's base-128 number; negative ones are written as their 64-bit two's complement. */
function varint(value: number): Buffer {
	let rest = BigInt.asUintN(64, BigInt(value));
	const bytes: number[] = [];
	do {
		const low = Number(rest & 127n);
		rest >>= 7n;
		bytes.push(rest > 0n ? low | 128 : low);
	} while (rest > 0n);
	return Buffer.from(bytes);
}
