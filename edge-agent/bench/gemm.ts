import { Tensor } from 'onnxruntime-node';
import { GraphBuilder, serialise } from '../../models/onnx-writer.js';
import { Network } from '../vision/onnx.client.js';

/** Sides of the square matrices that are multiplied; which is fastest differs from machine to machine. */
export const gemmSides = [512, 1024, 2048] as const;

export interface Gemm {
	/** Multiply-accumulates of one product. */
	readonly macs: number;
	/** A large product is measured in every so many turns only. */
	readonly every: number;
	run(): Promise<unknown>;
	stop(): Promise<void>;
}

/** A matrix product in ONNX Runtime on one thread: float32, or uint8 times int8 into int32. */
export async function loadGemm(precision: 'fp32' | 'int8', side: number): Promise<Gemm> {
	const graph = new GraphBuilder(`gemm-${precision}`);
	const values = Int8Array.from({ length: side * side }, (_, i) => ((i * 31) % 251) - 125);
	if (precision === 'fp32') {
		graph.input('a', 'float32', [side, side]);
		graph.node('MatMul', ['a', graph.constant('b', [side, side], Float32Array.from(values))], {}, 'c');
		graph.output('c', 'float32', [side, side]);
	} else {
		graph.input('a', 'uint8', [side, side]);
		graph.node('MatMulInteger', ['a', graph.constant('b', [side, side], values)], {}, 'c');
		graph.output('c', 'int32', [side, side]);
	}
	const network = await Network.load(serialise(graph));
	const bytes = Uint8Array.from(values, (value) => value + 125);
	const input =
		precision === 'fp32' ? new Tensor('float32', Float32Array.from(values), [side, side]) : new Tensor('uint8', bytes, [side, side]);
	return { macs: side ** 3, every: side > 1024 ? 5 : 1, run: () => network.run(input), stop: () => network.stop() };
}
