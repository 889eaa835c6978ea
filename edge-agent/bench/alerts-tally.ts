/** What one screen was handed, in the order of coming: repeats included. */
export interface Handed {
	readonly screen: number;
	/** `${alert}/${step}/${staff}` */
	readonly delivery: string;
	readonly visit: string;
	/** CLOCK_MONOTONIC, ms. */
	readonly at: number;
}

/** When each visit was first seen on each screen (CLOCK_MONOTONIC, ms); null: never. */
export type Seen = Readonly<Record<string, readonly (number | null)[]>>;

export interface Tally {
	/** Deliveries told in the log and shown on no screen, and live events that a screen missed. */
	readonly lost: number;
	/** Deliveries that a screen was handed again after it had confirmed them. */
	readonly doubled: number;
	/** From an input to its alert on each screen of those told, ms. */
	readonly latencyMs: readonly number[];
	/** From an input to its visit on each screen, ms. */
	readonly broadcastMs: readonly number[];
}

/**
 * Holds what the log says was told against what the screens showed.
 *
 * @param told deliveries of the log
 * @param screens how many there are
 * @param begun by visit: when its input was given (CLOCK_MONOTONIC, ms); latencies are counted of these only
 */
export function tally(
	told: readonly string[],
	begun: ReadonlyMap<string, number>,
	handed: readonly Handed[],
	seen: Seen,
	screens: number,
): Tally {
	const shown = new Set(handed.map(({ delivery }) => delivery));
	const first = new Map<string, Handed>();
	for (const one of handed) {
		const key = `${one.screen} ${one.delivery}`;
		if (!first.has(key)) first.set(key, one);
	}
	const broadcastMs = [...begun].flatMap(([visit, from]) => (seen[visit] ?? []).flatMap((at) => (at === null ? [] : [at - from])));
	return {
		lost: told.filter((delivery) => !shown.has(delivery)).length + begun.size * screens - broadcastMs.length,
		doubled: handed.length - first.size,
		latencyMs: [...first.values()].flatMap(({ visit, at }) => {
			const from = begun.get(visit);
			return from === undefined ? [] : [at - from];
		}),
		broadcastMs,
	};
}
