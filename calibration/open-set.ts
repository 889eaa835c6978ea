/** One search of the gallery: how near the nearest template was, and whether it was the right person's. */
export interface Search {
	/** Whose photograph it was, as a number. */
	readonly person: number;
	readonly distance: number;
	/** Whether the nearest person is who it was; false for strangers. */
	readonly right: boolean;
}

/** Searches with photographs of people who are enrolled (probes) and of people who are not (strangers). */
export interface Searches {
	readonly probes: readonly Search[];
	readonly strangers: readonly Search[];
}

/**
 * Open-set identification (ISO/IEC 19795-1): the share of probes that are missed (FNIR: beyond the threshold, or somebody else nearer)
 * at the largest threshold that lets at most the share `fpir` of the strangers be taken for somebody.
 *
 * @returns null without probes, and where fewer strangers than 1 / fpir cannot show such a rate
 */
export function fnirAtFpir({ probes, strangers }: Searches, fpir: number): number | null {
	if (probes.length === 0 || strangers.length * fpir < 1 - 1e-9) return null;
	const threshold = thresholdAtFpir(strangers, fpir);
	return missed(probes, threshold) / probes.length;
}

/** Distances below this one let at most the share `fpir` of the strangers in. */
function thresholdAtFpir(strangers: readonly Search[], fpir: number): number {
	const sorted = Float64Array.from(strangers, ({ distance }) => distance).sort();
	return sorted[Math.floor(fpir * strangers.length + 1e-9)] ?? Number.POSITIVE_INFINITY;
}

function missed(probes: readonly Search[], threshold: number): number {
	return probes.filter(({ right, distance }) => !right || distance >= threshold).length;
}

/** What other people of the same kind might have given: people are drawn with replacement, each with all of their photographs. */
export function* drawnSearches(searches: Searches, count: number, random: () => number): Generator<Searches> {
	const probes = byPerson(searches.probes);
	const strangers = byPerson(searches.strangers);
	const draw = (people: readonly (readonly Search[])[]): Search[] =>
		people.flatMap(() => people[Math.floor(random() * people.length)] ?? []);
	for (let i = 0; i < count; i++) yield { probes: draw(probes), strangers: draw(strangers) };
}

function byPerson(searches: readonly Search[]): Search[][] {
	const people = new Map<number, Search[]>();
	for (const search of searches) {
		const theirs = people.get(search.person);
		if (theirs) theirs.push(search);
		else people.set(search.person, [search]);
	}
	return [...people.values()];
}
