import { type Calibration, missRate, overDraws } from './calibration.js';
import type { Interval } from './intervals.js';
import { tailFmr } from './tail.js';
import { fmrFor, type ShippedCalibration, type Threshold, thresholdAt } from './threshold.js';

/** What a day at the showroom brings. */
export interface Day {
	/** Visitors who are in the gallery, and visitors who are not. */
	readonly known: number;
	readonly strangers: number;
}

/** What a gallery of one size means. */
export interface GalleryPlan {
	readonly templates: number;
	readonly threshold: Threshold;
	/** Share of known visitors who are not recognised from one photograph (FNIR); null without genuine comparisons. */
	readonly fnir: number | null;
	/** Share of strangers taken for somebody (FPIR), as the calibration estimates it at this threshold, and its 95 % interval. */
	readonly fpir: number;
	readonly fpirInterval: Interval | null;
	/** Expected a day. */
	readonly missesADay: number | null;
	readonly falseGreetingsADay: number;
	readonly falseGreetingsInterval: Interval | null;
}

/** Templates in a gallery: a first week, a year, a store of a large group with three templates a person. */
export const gallerySizes = [100, 1_000, 5_000, 15_000, 45_000] as const;

/** What to expect from galleries of these sizes at a stated FPIR. */
export function galleryPlans(
	calibration: Calibration,
	shipped: ShippedCalibration,
	fpir: number,
	day: Day,
	sizes: readonly number[] = gallerySizes,
): GalleryPlan[] {
	return sizes.map((templates) => planFor(calibration, shipped, fpir, day, templates));
}

function planFor(calibration: Calibration, shipped: ShippedCalibration, target: number, day: Day, templates: number): GalleryPlan {
	const threshold = thresholdAt(fmrFor(target, templates), shipped, calibration);
	const fnir = missRate(calibration, threshold.distance);
	const within = (fmr: number): number => -Math.expm1(templates * Math.log1p(-fmr));
	const fpir = threshold.extrapolated ? within(tailFmr(calibration.tail.estimate, threshold.distance)) : target;
	const fpirInterval = threshold.extrapolated ? overDraws(calibration, (tail) => within(tailFmr(tail, threshold.distance))) : null;
	return {
		templates,
		threshold,
		fnir,
		fpir,
		fpirInterval,
		missesADay: fnir === null ? null : fnir * day.known,
		falseGreetingsADay: fpir * day.strangers,
		falseGreetingsInterval: fpirInterval && [fpirInterval[0] * day.strangers, fpirInterval[1] * day.strangers],
	};
}
