import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Network } from '../../../edge-agent/vision/onnx.client.js';
import { loadMiniFasNet, MiniFasNet } from '../../../edge-agent/vision/presentation/minifasnet.js';
import { yuvFromRgb } from '../../../edge-agent/vision/yuv.js';
import { openModelStore } from '../../../models/model-store.js';
import { GraphBuilder, serialise } from '../../../models/onnx-writer.js';
import { modelsForTests } from './engine-models.js';

const testdata = process.env.SHOWROOM_TESTDATA;
const face = { x: 40, y: 40, width: 20, height: 24 };

/** A picture of one colour. */
function plain(...colour: readonly [number, number, number]) {
	const rgb = new Uint8Array(128 * 96 * 3).map((_, i) => colour[i % 3] ?? 0);
	return { width: 128, height: 96, data: yuvFromRgb(rgb, 128, 96), mediaMs: 0, receivedMs: 0 };
}

/** A network of MiniFASNet's shape whose three numbers are the means of its three planes. */
function meansOfPlanes(classes = 3): Uint8Array {
	const graph = new GraphBuilder('means');
	const input = graph.input('input', 'float32', ['n', classes, 80, 80]);
	graph.nodes.push({ op: 'GlobalAveragePool', inputs: [input], output: 'means', attributes: {} });
	graph.nodes.push({ op: 'Flatten', inputs: ['means'], output: 'output', attributes: { axis: 1 } });
	graph.output('output', 'float32', ['n', classes]);
	return serialise(graph);
}

describe('MiniFASNet, by a network made here', () => {
	let network: MiniFasNet;
	beforeAll(async () => {
		network = new MiniFasNet(await Network.load(meansOfPlanes()));
	});
	afterAll(() => network.stop());

	it('gets planes of 0 to 255, and its second class counts, by softmax', async () => {
		// Divided by 255, three planes 0, 1, 0 would make 0.58.
		expect(await network.live(plain(0, 255, 0), face)).toBeGreaterThan(0.999);
		expect(await network.live(plain(255, 0, 0), face)).toBeLessThan(0.001);
		expect(await network.live(plain(0, 0, 255), face)).toBeLessThan(0.001);
		expect(await network.live(plain(90, 90, 90), face)).toBeCloseTo(1 / 3, 1);
	});
});

describe('the store of networks', () => {
	it('is asked for MiniFASNet: none is no fault, a damaged one is named and not used', async () => {
		const files = await modelsForTests();
		const models = openModelStore({ dir: files.dir });
		const said: string[] = [];
		const say = (message: string) => said.push(message);
		try {
			expect(await loadMiniFasNet(models, say)).toBe(null);
			expect(said).toEqual([]);
			await writeFile(join(files.dir, 'minifasnet-v2.onnx'), meansOfPlanes());
			expect(await loadMiniFasNet(models, say)).toBe(null);
			expect(said.join()).toContain('minifasnet-v2 is damaged');
		} finally {
			files.remove();
		}
	});

	it.skipIf(!testdata)('has the real one where it was fetched, which tells a person from a plain wall', async () => {
		const files = await modelsForTests(testdata);
		const network = await loadMiniFasNet(openModelStore({ dir: files.dir }), () => undefined);
		try {
			expect(await network?.live(plain(128, 128, 128), face)).toBeLessThan(0.5);
		} finally {
			await network?.stop();
			files.remove();
		}
	});
});
