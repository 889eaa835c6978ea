import type { Weights } from '../face-api-weights.js';
import { depthwiseFilters, filters, foldNormalisation, Layers, type PixelType } from './layers.js';

/**
 * face-api's tiny detector, a small YOLO v2: a picture in the top left of a black one of `height` x `width` -> `grid`,
 * [N, rows, columns, 25], one cell for 32 x 32 pixels; `tiny-decode.ts` reads it.
 */
export function tiny(weights: Weights, pixels: PixelType, height: number, width: number): Layers {
	const layers = new Layers('face-api-tiny');
	const [first, firstBias] = foldNormalisation(
		filters(weights.get('conv0/filters')),
		weights.get('conv0/bias').data,
		[117.001, 114.697, 97.404],
		255,
	);
	let x = layers.conv('conv0', layers.image(pixels, height, width), first, firstBias, 1, 'valid');
	x = layers.pool('MaxPool', layers.leakyRelu(x, 0.1), 2, 2, 'same');
	for (let n = 1; n <= 5; n++) {
		const depthwise = depthwiseFilters(weights.get(`conv${n}/depthwise_filter`));
		const pointwise = filters(weights.get(`conv${n}/pointwise_filter`));
		x = layers.conv(`conv${n}_depthwise`, x, depthwise, null, 1, 'same', x.channels);
		x = layers.conv(`conv${n}`, x, pointwise, weights.get(`conv${n}/bias`).data, 1, 'valid');
		x = layers.pool('MaxPool', layers.leakyRelu(x, 0.1), 2, n === 5 ? 1 : 2, 'same');
	}
	x = layers.conv('conv8', x, filters(weights.get('conv8/filters')), weights.get('conv8/bias').data, 1, 'valid');
	layers.graph.node('Transpose', [x.name], { perm: [0, 2, 3, 1] }, 'grid');
	layers.graph.output('grid', 'float32', ['N', x.height, x.width, x.channels]);
	return layers;
}
