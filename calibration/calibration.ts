import { z } from 'zod';
import { percentiles } from './intervals.js';
import { type Comparisons, detCurve, equalErrorRate, smallestFmrSupported } from './rates.js';
import type { ResampledComparisons } from './resampling.js';
import { fitTail, TAIL_LEAST } from './tail.js';

const share = z.number().min(0).max(1);

const tailSchema = z.strictObject({ from: z.number(), share, shape: z.number(), scale: z.number().positive() });

/**
 * What photographs showed of a recogniser: what a threshold is chosen by. Distances are the recogniser's own; no descriptor and
 * nobody's name is in it.
 */
export const calibrationSchema = z.strictObject({
	format: z.literal(1),
	/** The recogniser's `modelId`, and its file's checksum: another recogniser's distances say nothing. */
	model: z.strictObject({ id: z.string(), sha256: z.string() }),
	madeAt: z.iso.datetime(),
	people: z.int().positive(),
	images: z.int().positive(),
	comparisons: z.strictObject({ genuine: z.int().nonnegative(), impostors: z.int().positive() }),
	eer: share.nullable(),
	/** Below this FMR the comparisons show nothing and the tail is continued. */
	smallestFmr: share,
	/** FMR that was seen, and the largest distance that kept to it; falling. */
	seen: z.array(z.strictObject({ fmr: share, distance: z.number().nonnegative() })).min(1),
	/** Share of genuine comparisons beyond a distance; rising distances. */
	misses: z.array(z.strictObject({ distance: z.number().nonnegative(), fnmr: share })),
	/** The nearest impostors' distribution, and what it might have been with other people (bootstrap over people). */
	tail: z.strictObject({ estimate: tailSchema, draws: z.array(tailSchema) }),
});

export type Calibration = z.infer<typeof calibrationSchema>;

/** Comparisons of different people below which nothing is calibrated: the nearest fiftieth of them makes the tail. */
export const LEAST_IMPOSTORS = 50 * TAIL_LEAST;
/** People below which a bootstrap over people says nothing. */
export const LEAST_PEOPLE = 10;
const DRAWS = 200;

export interface CalibrationData {
	readonly model: Calibration['model'];
	readonly madeAt: Date;
	readonly people: number;
	readonly images: number;
	readonly comparisons: Comparisons;
	readonly resampled: ResampledComparisons;
}

/**
 * The calibration that comparisons of photographs support.
 * @throws RangeError where the people or their comparisons are too few
 */
export function calibrate({ model, madeAt, people, images, comparisons, resampled }: CalibrationData, random: () => number): Calibration {
	const { genuine, impostors } = comparisons;
	if (people < LEAST_PEOPLE || impostors.total < LEAST_IMPOSTORS)
		throw new RangeError(
			`${people} people and ${impostors.total} comparisons of different people are too few to calibrate with; at least ${LEAST_PEOPLE} people and ${LEAST_IMPOSTORS} comparisons are needed (ten people with five photographs each)`,
		);
	const estimate = fitTail(impostors);
	if (!estimate)
		throw new RangeError('the nearest comparisons of different people are all equal: are the photographs copies of one another?');
	const draws = [...resampled.draws(DRAWS, random)].map((draw) => fitTail(draw.impostors)).filter((tail) => tail !== null);
	const smallestFmr = smallestFmrSupported(impostors.total);
	return {
		format: 1,
		model,
		madeAt: madeAt.toISOString(),
		people,
		images,
		comparisons: { genuine: genuine.total, impostors: impostors.total },
		eer: equalErrorRate(comparisons),
		smallestFmr,
		seen: ratesFrom(smallestFmr).map((fmr) => ({ fmr, distance: impostors.largestWithin(Math.floor(fmr * impostors.total + 1e-9)) })),
		misses: missCurve(comparisons),
		tail: { estimate, draws },
	};
}

/** False match rates from a half down to the smallest, eight a decade. */
function ratesFrom(smallest: number): number[] {
	const rates: number[] = [];
	for (let rate = 0.5; rate > smallest * 1.05; rate /= 10 ** (1 / 8)) rates.push(rate);
	return [...rates, smallest];
}

function missCurve(comparisons: Comparisons): Calibration['misses'] {
	const curve = detCurve(comparisons, 200).map(({ distance, fnmr }) => ({ distance, fnmr }));
	return curve.length === 0 ? [] : [{ distance: 0, fnmr: 1 }, ...curve];
}

/** The 95 % interval of the tail's figures over the bootstrap's draws. */
export function overDraws(
	{ tail }: Calibration,
	figure: (tail: Calibration['tail']['estimate']) => number,
): readonly [number, number] | null {
	return percentiles(tail.draws.map(figure));
}

/** Share of genuine comparisons that a threshold misses, between the stored points; null where there were none. */
export function missRate({ misses }: Calibration, distance: number): number | null {
	const after = misses.findIndex((point) => point.distance >= distance);
	const [next, before] = [misses[after], misses[after - 1]];
	if (misses.length === 0) return null;
	if (!next) return misses.at(-1)?.fnmr ?? null;
	if (!before) return next.fnmr;
	const along = (distance - before.distance) / (next.distance - before.distance || 1);
	return before.fnmr + along * (next.fnmr - before.fnmr);
}
