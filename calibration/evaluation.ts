import { DistanceCounts } from './counts.js';
import { DescriptorTable } from './descriptors.js';
import { type Interval, percentiles } from './intervals.js';
import { drawnSearches, fnirAtFpir, type Search, type Searches } from './open-set.js';
import { type Comparisons, equalErrorRate, tarAtFar } from './rates.js';
import { ResampledComparisons } from './resampling.js';

/** Somebody's photographs in the order of their names; no descriptor where there was no face, or no picture. */
export interface EvaluatedPerson {
	readonly person: string;
	readonly photos: readonly { readonly file: string; readonly descriptor: Float32Array | null }[];
}

/** Two photographs to compare. */
export interface Pair {
	readonly a: string;
	readonly b: string;
	readonly same: boolean;
}

const FARS = ['0.01', '0.001'] as const;
const FPIRS = ['0.003', '0.01', '0.1'] as const;

type At<Keys extends readonly string[], T> = Readonly<Record<Keys[number], T>>;

export interface Verification {
	readonly pairs: { readonly same: number; readonly different: number };
	readonly eer: number | null;
	readonly tarAtFar: At<typeof FARS, number | null>;
	readonly intervals: { readonly eer: Interval | null; readonly tarAtFar: At<typeof FARS, Interval | null> };
}

export interface Identification {
	/** People in the gallery. */
	readonly enrolled: number;
	readonly templates: number;
	/** Searches with photographs of enrolled people, and with photographs of people who are not. */
	readonly probes: number;
	readonly strangers: number;
	readonly fnirAtFpir: At<typeof FPIRS, number | null>;
	readonly intervals: { readonly fnirAtFpir: At<typeof FPIRS, Interval | null> };
}

const DRAWS = 200;

/** Comparisons of photographs, and the same sorted by people for intervals. */
export interface PhotoComparisons {
	readonly comparisons: Comparisons;
	readonly resampled: ResampledComparisons;
}

/**
 * Compares photographs two by two.
 * @param pairs by default each with each
 */
export function comparePhotos(
	people: readonly EvaluatedPerson[],
	metric: 'euclidean' | 'cosine',
	pairs?: readonly Pair[],
): PhotoComparisons {
	const rows = people.flatMap(({ photos }, person) =>
		photos.flatMap(({ file, descriptor }) => (descriptor ? [{ person, file, descriptor }] : [])),
	);
	const table = new DescriptorTable(
		rows.map(({ descriptor }) => descriptor),
		metric,
	);
	const comparisons = { genuine: new DistanceCounts(), impostors: new DistanceCounts() };
	const resampled = new ResampledComparisons(people.length);
	const compare = (a: number, b: number, same: boolean): void => {
		const distance = table.distance(a, b);
		(same ? comparisons.genuine : comparisons.impostors).add(distance);
		const [first = 0, second = 0] = [rows[a]?.person, rows[b]?.person];
		resampled.add(first, second, same, distance);
	};
	if (pairs) {
		const rowOf = new Map(rows.map(({ file }, row) => [file, row]));
		for (const { a, b, same } of pairs) {
			const [first, second] = [rowOf.get(a), rowOf.get(b)];
			if (first !== undefined && second !== undefined) compare(first, second, same);
		}
	} else {
		for (let a = 0; a < rows.length; a++) for (let b = a + 1; b < rows.length; b++) compare(a, b, rows[a]?.person === rows[b]?.person);
	}
	return { comparisons, resampled };
}

/** Verification (1:1): error rates of comparisons, with 95 % intervals from drawing people with replacement. */
export function verification({ comparisons, resampled }: PhotoComparisons, random: () => number): Verification {
	const draws = [...resampled.draws(DRAWS, random)];
	return {
		pairs: { same: comparisons.genuine.total, different: comparisons.impostors.total },
		eer: equalErrorRate(comparisons),
		tarAtFar: at(FARS, (far) => tarAtFar(comparisons, far)),
		intervals: {
			eer: percentiles(draws.map(equalErrorRate)),
			tarAtFar: at(FARS, (far) => percentiles(draws.map((draw) => tarAtFar(draw, far)))),
		},
	};
}

/**
 * Who is enrolled and who searches. Without strangers of their own, every third person in byte order of name is one, and so is everybody
 * with one photograph. Of the others the first half of the photographs, rounded up, is enrolled, and the rest are probes.
 */
export function openSetRoles(
	people: readonly EvaluatedPerson[],
	strangers: readonly EvaluatedPerson[] | null,
): { readonly enrolled: readonly EvaluatedPerson[]; readonly strangers: readonly EvaluatedPerson[] } {
	if (strangers) return { enrolled: people, strangers };
	const isStranger = ({ photos }: EvaluatedPerson, index: number): boolean => index % 3 === 2 || photos.length === 1;
	return { enrolled: people.filter((person, i) => !isStranger(person, i)), strangers: people.filter(isStranger) };
}

/** Open-set identification (1:N) by the nearest template, with 95 % intervals from drawing people with replacement. */
export function identification(
	people: readonly EvaluatedPerson[],
	strangersGiven: readonly EvaluatedPerson[] | null,
	metric: 'euclidean' | 'cosine',
	random: () => number,
): Identification {
	const { enrolled, strangers } = openSetRoles(people, strangersGiven);
	const usable = ({ photos }: EvaluatedPerson, from: number, to: number) =>
		photos.slice(from, to).flatMap(({ descriptor }) => (descriptor ? [descriptor] : []));
	const half = ({ photos }: EvaluatedPerson): number => Math.ceil(photos.length / 2);
	const templates = enrolled.flatMap((one, person) => usable(one, 0, half(one)).map((descriptor) => ({ person, descriptor })));
	const known = new Set(templates.map(({ person }) => person));
	const probes = enrolled.flatMap((one, person) =>
		known.has(person) ? usable(one, half(one), one.photos.length).map((descriptor) => ({ person, descriptor })) : [],
	);
	const others = strangers.flatMap((one, person) => usable(one, 0, one.photos.length).map((descriptor) => ({ person, descriptor })));
	const table = new DescriptorTable(
		[...templates, ...probes, ...others].map(({ descriptor }) => descriptor),
		metric,
	);
	const search = (person: number, row: number, stranger: boolean): Search => {
		let nearest = Number.POSITIVE_INFINITY;
		let whose = -1;
		templates.forEach((template, other) => {
			const distance = table.distance(row, other);
			if (distance < nearest) [nearest, whose] = [distance, template.person];
		});
		return { person, distance: nearest, right: !stranger && whose === person };
	};
	const searches: Searches = {
		probes: probes.map(({ person }, i) => search(person, templates.length + i, false)),
		strangers: others.map(({ person }, i) => search(person, templates.length + probes.length + i, true)),
	};
	const draws = [...drawnSearches(searches, DRAWS, random)];
	return {
		enrolled: known.size,
		templates: templates.length,
		probes: probes.length,
		strangers: others.length,
		fnirAtFpir: at(FPIRS, (fpir) => fnirAtFpir(searches, fpir)),
		intervals: {
			fnirAtFpir: at(FPIRS, (fpir) =>
				fnirAtFpir(searches, fpir) === null ? null : percentiles(draws.map((draw) => fnirAtFpir(draw, fpir))),
			),
		},
	};
}

function at<Keys extends readonly string[], T>(keys: Keys, figure: (rate: number) => T): At<Keys, T> {
	return Object.fromEntries(keys.map((key) => [key, figure(Number(key))])) as Record<Keys[number], T>;
}
