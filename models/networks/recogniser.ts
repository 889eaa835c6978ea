import type { Weights } from '../face-api-weights.js';
import { inBlocks } from './blocks.js';
import { at, type FeatureMap, type Filters, filters, foldNormalisation, Layers, type PixelType } from './layers.js';

/**
 * face-api's recogniser, dlib's ResNet: a face in a square of 150 pixels -> `descriptor`, [N, 128], not of unit length.
 * Each convolution is followed by a scale and an offset a channel, which are folded into it here.
 */
export function recogniser(weights: Weights, pixels: PixelType): Layers {
	const layers = new Layers('face-api-recogniser');
	const scaled = (name: string): [Filters, Float32Array] => {
		const factors = weights.get(`${name}/scale/weights`).data;
		const offsets = weights.get(`${name}/scale/biases`).data;
		const bias = weights.get(`${name}/conv/bias`).data.map((value, i) => value * at(factors, i) + at(offsets, i));
		return [filters(weights.get(`${name}/conv/filters`), factors), bias];
	};
	const scaledConv = (name: string, x: FeatureMap, stride: number): FeatureMap =>
		layers.conv(name.replaceAll('/', '_'), x, ...scaled(name), stride, stride === 2 ? 'valid' : 'same');
	const residual = (name: string, x: FeatureMap): FeatureMap => {
		const inner = layers.relu(scaledConv(`${name}/conv1`, x, 1));
		return layers.relu(layers.add(scaledConv(`${name}/conv2`, inner, 1), x));
	};
	/** Halves the picture; where channels or edges do not meet, zeros fill up. */
	const halving = (name: string, x: FeatureMap): FeatureMap => {
		const inner = layers.relu(scaledConv(`${name}/conv1`, x, 2));
		const long = scaledConv(`${name}/conv2`, inner, 1);
		const short = layers.halve(x, long.channels);
		return layers.relu(layers.add(layers.extend(long, short.height, short.width), short));
	};

	const [first, bias] = foldNormalisation(...scaled('conv32_down'), [122.782, 117.001, 104.298], 255);
	const image = layers.image(pixels, 150, 150);
	let x = layers.relu(
		pixels === 'blocks'
			? layers.conv('conv32_down', image, ...inBlocks(first, bias), 1, 'valid')
			: layers.conv('conv32_down', image, first, bias, 2, 'valid'),
	);
	x = layers.pool('MaxPool', x, 3, 2, 'valid');
	for (const name of ['conv32_1', 'conv32_2', 'conv32_3']) x = residual(name, x);
	x = halving('conv64_down', x);
	for (const name of ['conv64_1', 'conv64_2', 'conv64_3']) x = residual(name, x);
	x = halving('conv128_down', x);
	for (const name of ['conv128_1', 'conv128_2']) x = residual(name, x);
	x = halving('conv256_down', x);
	for (const name of ['conv256_1', 'conv256_2']) x = residual(name, x);
	x = halving('conv256_down_out', x);

	const { graph } = layers;
	const mean = graph.node('Flatten', [graph.node('GlobalAveragePool', [x.name])], { axis: 1 });
	const connections = weights.get('fc');
	layers.macs += connections.data.length;
	graph.node('MatMul', [mean, graph.constant('fc', connections.shape, connections.data)], {}, 'descriptor');
	graph.output('descriptor', 'float32', ['N', 128]);
	return layers;
}
