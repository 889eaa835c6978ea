import type { Weight, Weights } from '../face-api-weights.js';
import { anchors, type Grid } from './anchors.js';
import { inBlocks } from './blocks.js';
import { at, depthwiseFilters, type FeatureMap, type Filters, filters, foldNormalisation, Layers, type PixelType } from './layers.js';

/** TensorFlow's batch normalisation adds this to the variance, in float32. */
const epsilon = Math.fround(0.001);

/**
 * face-api's SSD MobileNet v1: a picture in the top left of a black one of `height` x `width` -> `boxes`, [N, anchors, 4]: left,
 * top, right and bottom in pixels of that picture, not cut at its edge; and `logits`, [N, anchors]: the score before the sigmoid.
 *
 * The network was trained on squares of 512 pixels. A camera's picture is wide, and half of such a square would be black; since
 * it is made of convolutions, it runs on any height and width. What must stay is where each cell looks: a cell of the square sees
 * the pixels right of and below its corner, because SAME padding of even sizes by a stride of 2 pads at the end only. Odd sizes,
 * which the square never meets, would pad at the start too and shift everything after; here they do not (`end`).
 *
 * Decoding is part of the graph (https://arxiv.org/abs/1512.02325, equation 2, with variances 0.1 and 0.2): an anchor's cell and size
 * follow from the shape, so whoever reads the output needs no table.
 */
export function ssd(weights: Weights, pixels: PixelType, height: number, width: number): Layers {
	const layers = new Layers('face-api-ssd');
	const { graph } = layers;
	const pointwiseFilters = (part: 'MobilenetV1' | 'Prediction', index: number): [Filters, Float32Array] => {
		const name = `${part}/Conv2d_${index}_pointwise`;
		return [filters(weights.get(`${name}/weights`)), weights.get(`${name}/convolution_bn_offset`).data];
	};
	const pointwise = (part: 'MobilenetV1' | 'Prediction', index: number, x: FeatureMap, stride: number): FeatureMap =>
		layers.relu6(layers.conv(`${part}_pointwise${index}`, x, ...pointwiseFilters(part, index), stride, 'end'));
	const depthwise = (index: number, x: FeatureMap, stride: number): FeatureMap => {
		const name = `MobilenetV1/Conv2d_${index}_depthwise`;
		const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
			(part) => weights.get(`${name}/BatchNorm/${part}`).data,
		) as [Float32Array, Float32Array, Float32Array, Float32Array];
		const factors = Array.from(gamma, (value, i) => value / Math.sqrt(at(variance, i) + epsilon));
		const bias = beta.map((value, i) => value - at(mean, i) * at(factors, i));
		const spread = depthwiseFilters(weights.get(`${name}/depthwise_weights`), factors);
		return layers.relu6(layers.conv(`depthwise${index}`, x, spread, bias, stride, 'end', x.channels));
	};

	const image = layers.image(pixels, height, width);
	let x: FeatureMap;
	if (pixels === 'blocks') {
		const first = foldNormalisation(...pointwiseFilters('MobilenetV1', 0), [127.5, 127.5, 127.5], 127.5);
		x = layers.relu6(layers.conv('MobilenetV1_pointwise0', image, ...inBlocks(...first), 1, 'end'));
	} else {
		const scaled = graph.node('Mul', [image.name, graph.scalar('scale', 1 / 127.5)]);
		x = pointwise('MobilenetV1', 0, { ...image, name: graph.node('Sub', [scaled, graph.scalar('one', 1)]) }, 2);
	}
	const maps: FeatureMap[] = [];
	for (let i = 1; i <= 13; i++) {
		x = pointwise('MobilenetV1', i, depthwise(i, x, [2, 4, 6, 12].includes(i) ? 2 : 1), 1);
		if (i === 11 || i === 13) maps.push(x);
	}
	for (let i = 0; i < 8; i++) {
		x = pointwise('Prediction', i, x, i % 2 === 0 ? 1 : 2);
		if (i % 2 === 1) maps.push(x);
	}

	const turned = new Map<FeatureMap, string>();
	const cellsLast = (map: FeatureMap): string => {
		const name = turned.get(map) ?? graph.node('Transpose', [map.name], { perm: [0, 2, 3, 1] }, `${map.name}/cells`);
		turned.set(map, name);
		return name;
	};
	/** A convolution of 1 x 1 as the matrix product that it is: in 8-bit integers its result need not be stored as bytes. */
	const head = (
		map: FeatureMap,
		index: number,
		kind: 'BoxEncodingPredictor' | 'ClassPredictor',
		order: readonly number[],
		of: number,
	): string => {
		const name = `Prediction/BoxPredictor_${index}/${kind}`;
		const [weight, bias] = chooseOutputs(weights.get(`${name}/weights`), weights.get(`${name}/biases`), order, of);
		const title = `${kind}_${index}`;
		const product = graph.node('MatMul', [cellsLast(map), graph.constant(`${title}_weights`, weight.dims, weight.data)]);
		const predicted = graph.node('Add', [product, graph.constant(`${title}_bias`, [bias.length], bias)]);
		layers.macs += weight.data.length * map.height * map.width;
		return graph.node('Reshape', [predicted, graph.integers(order.length === 1 ? [0, -1] : [0, -1, order.length])]);
	};
	// Stored as y, x, height, width; wanted as x, y, width, height. Of three classes (nothing, face, unused) only faces matter.
	const encoded = graph.node(
		'Concat',
		maps.map((map, i) => head(map, i, 'BoxEncodingPredictor', [1, 0, 3, 2], 4)),
		{ axis: 1 },
	);
	graph.node(
		'Concat',
		maps.map((map, i) => head(map, i, 'ClassPredictor', [1], 3)),
		{ axis: 1 },
		'logits',
	);
	const count = decode(layers, encoded, weights.get('Output/extra_dim'), maps);
	graph.output('boxes', 'float32', ['N', count, 4]);
	graph.output('logits', 'float32', ['N', count]);
	return layers;
}

/** Offsets and log sizes against the anchors -> corners, in pixels. Answers the number of anchors. */
function decode({ graph }: Layers, encoded: string, table: Weight, grids: readonly Grid[]): number {
	const { centres, sizes, count } = anchors(table, grids);
	const halves = (from: number) => graph.node('Slice', [encoded, graph.integers([from]), graph.integers([from + 2]), graph.integers([2])]);
	const perOffset = graph.constant(
		'anchor_tenths',
		[1, count, 2],
		sizes.map((size) => size / 10),
	);
	const moved = graph.node('Mul', [halves(0), perOffset]);
	const centre = graph.node('Add', [moved, graph.constant('anchor_centres', [1, count, 2], centres)]);
	const stretch = graph.node('Exp', [graph.node('Mul', [halves(2), graph.scalar('fifth', 1 / 5)])]);
	const half = graph.node('Mul', [
		stretch,
		graph.constant(
			'anchor_halves',
			[1, count, 2],
			sizes.map((size) => size / 2),
		),
	]);
	graph.node('Concat', [graph.node('Sub', [centre, half]), graph.node('Add', [centre, half])], { axis: 2 }, 'boxes');
	return count;
}

/** Weights, [channels in, values out], and biases that yield, of every `of` values, those in `order`. */
function chooseOutputs(
	weight: Weight,
	biases: Weight,
	order: readonly number[],
	of: number,
): [{ readonly dims: readonly [number, number]; readonly data: Float32Array }, Float32Array] {
	const all = biases.data.length;
	const chosen = Array.from({ length: all / of }, (_, group) => order.map((place) => group * of + place)).flat();
	const channels = weight.data.length / all;
	const data = Float32Array.from({ length: channels * chosen.length }, (_, i) =>
		at(weight.data, Math.floor(i / chosen.length) * all + at(chosen, i % chosen.length)),
	);
	return [{ dims: [channels, chosen.length], data }, Float32Array.from(chosen, (from) => at(biases.data, from))];
}
