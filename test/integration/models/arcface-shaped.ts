import { GraphBuilder, serialise } from '../../../models/onnx-writer.js';

/**
 * A network of ArcFace's shape: mean colours of 7 x 7 squares, mixed into `outputs` numbers by weights that are the same every time. It
 * tells drawn people apart somewhat.
 *
 * @param side of the picture that it takes
 */
export function arcFaceShaped(outputs: number, { side = 112, batch = 1 as number | string, mix = true } = {}): Uint8Array {
	const graph = new GraphBuilder('arcface-shaped');
	const input = graph.input('data', 'float32', [batch, 3, side, side]);
	const pooled = graph.node('AveragePool', [input], { kernel_shape: [7, 7], strides: [7, 7] });
	const flat = graph.node('Flatten', [pooled]);
	const inputs = 3 * Math.floor(side / 7) ** 2;
	const weights = Float32Array.from({ length: inputs * outputs }, (_, i) => (mix ? Math.sin(i * 12.9898) : 0));
	graph.node('MatMul', [flat, graph.constant('weights', [inputs, outputs], weights)], {}, 'embedding');
	graph.output('embedding', 'float32', [batch, outputs]);
	return serialise(graph);
}
