import { fmrFor } from './false-match-rate.js';

/** The rate at which strangers may be taken for somebody in the gallery. */
const FPIR = 0.003;

/**
 * Distances between different people, as a normal distribution, by the recogniser's family: its mean and deviation were laid by hand through
 * the median, the 1 % and the 0.1 % of comparisons of some 140 faces on public photographs, from 24 px between the eyes up, fp32.
 * face-api: 5,764 comparisons, 0.1 % below 0.543; MobileFaceNet: 6,185, 0.1 % below 0.664. One photograph of near-doubles was left out: with
 * it 0.1 % lay below 0.35 and 0.27. SFace is not measured: OpenCV's published threshold (cosine 0.363) is taken for an FMR of 0.02 %.
 *
 * What follows for a gallery is extrapolated, and too kind wherever the visitors are more alike than those people were: a store
 * calibrates with photographs of its own.
 */
const impostors: readonly { readonly family: string; readonly mean: number; readonly deviation: number }[] = [
	{ family: 'face-api/', mean: 0.851, deviation: 0.0985 },
	{ family: 'mobilefacenet/', mean: 0.985, deviation: 0.104 },
	{ family: 'sface/', mean: 1, deviation: 0.103 },
];

/**
 * The threshold for a recogniser that nobody has calibrated: FPIR 0.3 % for a gallery of this many people.
 * @throws Error for a recogniser that is not known here
 */
export function defaultThreshold(modelId: string, people: number): number {
	const known = impostors.find(({ family }) => modelId.startsWith(family));
	if (!known) throw new Error(`There is no default threshold for ${modelId}; set recognition.threshold`);
	return known.mean + known.deviation * lowerQuantile(fmrFor(FPIR, people));
}

/** The standard normal distribution's quantile for p < 0.5; error below 4.5e-4 (Abramowitz and Stegun, 26.2.23). */
function lowerQuantile(p: number): number {
	const t = Math.sqrt(-2 * Math.log(p));
	return (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
}
