import type { Weights } from '../face-api-weights.js';
import { inBlocks } from './blocks.js';
import { depthwiseFilters, type FeatureMap, type Filters, filters, foldNormalisation, Layers, type PixelType } from './layers.js';

const mean = [122.782, 117.001, 104.298] as const;

/**
 * face-api's 68-point network: a face centred in a black square of 112 pixels -> `landmarks`, [N, 136]: x and y of each point in
 * turn, in units of the square.
 */
export function landmarks68(weights: Weights, pixels: PixelType): Layers {
	const layers = new Layers('face-api-landmarks68');
	const { graph } = layers;
	const separable = (name: string, x: FeatureMap, stride: number): FeatureMap => {
		const title = name.replaceAll('/', '_');
		const depthwise = depthwiseFilters(weights.get(`${name}/depthwise_filter`));
		const spread = layers.conv(`${title}_depthwise`, x, depthwise, null, stride, 'same', x.channels);
		return layers.conv(title, spread, filters(weights.get(`${name}/pointwise_filter`)), weights.get(`${name}/bias`).data, 1, 'valid');
	};
	/** Four convolutions, each of which gets the sum of those before it. */
	const dense = (name: string, first: FeatureMap): FeatureMap => {
		let sum = first;
		let x = first;
		for (const conv of ['conv1', 'conv2', 'conv3']) {
			sum = layers.add(separable(`${name}/${conv}`, x, 1), sum);
			x = layers.relu(sum);
		}
		return x;
	};

	const image = layers.image(pixels, 112, 112);
	const conv0: [Filters, Float32Array] = [filters(weights.get('dense0/conv0/filters')), weights.get('dense0/conv0/bias').data];
	let x: FeatureMap;
	if (pixels === 'blocks') {
		// The last row and column are padded with grey here, in the original with the mean.
		x = layers.conv('dense0_conv0', image, ...inBlocks(...foldNormalisation(...conv0, mean, 255)), 1, 'end');
	} else {
		const centred = graph.node('Sub', [image.name, graph.constant('mean', [1, 3, 1, 1], Float32Array.from(mean))]);
		const input = { ...image, name: graph.node('Mul', [centred, graph.scalar('scale', 1 / 255)]) };
		x = layers.conv('dense0_conv0', input, ...conv0, 2, 'same');
	}
	x = dense('dense0', layers.relu(x));
	for (const name of ['dense1', 'dense2', 'dense3']) x = dense(name, layers.relu(separable(`${name}/conv0`, x, 2)));
	x = layers.pool('AveragePool', x, 7, 2, 'valid');

	const connections = weights.get('fc/weights');
	layers.macs += connections.data.length;
	const flat = graph.node('Flatten', [x.name], { axis: 1 });
	const bias = graph.constant('fc_bias', [136], weights.get('fc/bias').data);
	graph.node('Gemm', [flat, graph.constant('fc_weights', connections.shape, connections.data), bias], {}, 'landmarks');
	graph.output('landmarks', 'float32', ['N', 136]);
	return layers;
}
