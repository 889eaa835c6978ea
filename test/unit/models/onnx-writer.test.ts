import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { expect, it } from 'vitest';
import { GraphBuilder, serialise } from '../../../models/onnx-writer.js';

async function run(graph: GraphBuilder, inputs: Record<string, Tensor>): Promise<InferenceSession.OnnxValueMapType> {
	const session = await InferenceSession.create(serialise(graph), { logSeverityLevel: 3 });
	try {
		return await session.run(inputs);
	} finally {
		await session.release();
	}
}

it('writes what ONNX Runtime reads: constants, attributes of every kind, open sizes', async () => {
	const graph = new GraphBuilder('small');
	graph.input('x', 'float32', ['N', 3]);
	const sum = graph.node('Add', ['x', graph.constant('offsets', [3], Float32Array.of(0.5, -1, 1e-30))]);
	const turned = graph.node('Transpose', [sum], { perm: [1, 0] });
	const leaky = graph.node('LeakyRelu', [turned], { alpha: { float: 1 } });
	const padded = graph.node('Pad', [leaky, graph.integers([0, 0, 1, 0])], { mode: 'constant' });
	graph.node('Softmax', [padded], { axis: -1 }, 'shares');
	graph.node('Identity', [padded], {}, 'y');
	graph.output('y', 'float32', [4, 'N']);
	graph.output('shares', 'float32', [4, 'N']);

	const { y, shares } = await run(graph, { x: new Tensor('float32', Float32Array.of(1, 2, 3, -1, -2, -3), [2, 3]) });
	expect(y?.dims).toEqual([4, 2]);
	expect(Array.from((y as Tensor).data as Float32Array)).toEqual([1.5, -0.5, 1, -3, 3, -3, 0, 0]);
	expect(Array.from((shares as Tensor).data as Float32Array).slice(6)).toEqual([0.5, 0.5]);
});

it('keeps every value of a constant, of every type', async () => {
	const types = {
		float32: fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 300 }).map((values) => Float32Array.from(values)),
		uint8: fc.uint8Array({ minLength: 1, maxLength: 300 }),
		int8: fc.int8Array({ minLength: 1, maxLength: 300 }),
		int32: fc.int32Array({ minLength: 1, maxLength: 300 }),
		int64: fc.bigInt64Array({ minLength: 1, maxLength: 300 }),
	};
	const constants = fc.oneof(
		...Object.entries(types).map(([type, values]) => values.map((data) => ({ type: type as keyof typeof types, data }))),
	);
	await fc.assert(
		fc.asyncProperty(constants, async ({ type, data }) => {
			const graph = new GraphBuilder('constant');
			graph.input('unused', 'float32', []);
			graph.node('Identity', [graph.constant('values', [data.length], data)], {}, 'y');
			graph.output('y', type, [data.length]);
			const { y } = await run(graph, { unused: new Tensor('float32', Float32Array.of(0), []) });
			expect((y as Tensor).data).toEqual(data);
		}),
		{ numRuns: 60 },
	);
});

it('refuses a constant whose shape is not its length, and two of one name', () => {
	const graph = new GraphBuilder('wrong');
	graph.constant('weights', [2, 2], Float32Array.of(1, 2, 3));
	expect(() => serialise(graph)).toThrow('weights has 3 values, its shape [2,2] wants 4');
	expect(() => graph.constant('weights', [1], Float32Array.of(1))).toThrow('weights');
});
