import { z } from 'zod';
import type { Range } from './quantise.js';
import recogniserRanges from './ranges/recogniser.json' with { type: 'json' };
import ssdRanges from './ranges/ssd.json' with { type: 'json' };

/** What `measure-ranges.ts` wrote: for each tensor the least and greatest value on real faces. */
const rangesSchema = z.record(z.string(), z.tuple([z.number(), z.number()]));

const files = { recogniser: recogniserRanges, ssd: ssdRanges };

/** Networks that gain from 8-bit integers; the small ones get slower. */
export type QuantisedNetwork = keyof typeof files;

/** The ranges measured for a network; they hold for its input of any size. */
export function rangesOf(network: string): (tensor: string) => Range {
	const ranges = rangesSchema.parse(isQuantised(network) ? files[network] : {});
	return (tensor) => {
		const range = ranges[tensor];
		if (range === undefined) throw new Error(`models/ranges/${network}.json has no range of ${tensor}: measure them again`);
		return range;
	};
}

function isQuantised(network: string): network is QuantisedNetwork {
	return network in files;
}
