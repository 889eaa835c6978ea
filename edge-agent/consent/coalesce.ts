/** A list of the same people is drawn again with every change: one record says it for this long. */
const WINDOW_MS = 10 * 60_000;
/** Above this many people in one answer, one record says that everybody was listed. */
const LISTED_FROM = 20;

/** When (ms) each (actor, person, what) was last recorded. */
export type Recorded = ReadonlyMap<string, number>;
export const nothingRecorded: Recorded = new Map();

/**
 * Whom to record now as looked at, of those that an actor has just been shown; null: everybody, in a list. Nobody is recorded twice in ten
 * minutes for the same actor, purpose and kind of look.
 */
export function coalesce(
	recorded: Recorded,
	look: { readonly actor: string; readonly action: string; readonly purpose: string; readonly people: readonly string[] },
	now: number,
): { readonly recorded: Recorded; readonly people: readonly (string | null)[] } {
	const wanted: readonly (string | null)[] = look.people.length >= LISTED_FROM ? [null] : [...new Set(look.people)];
	const key = (person: string | null) => JSON.stringify([look.actor, look.action, look.purpose, person]);
	const people = wanted.filter((person) => (recorded.get(key(person)) ?? Number.NEGATIVE_INFINITY) <= now - WINDOW_MS);
	if (people.length === 0) return { recorded, people };
	const kept = [...recorded].filter(([, at]) => at > now - WINDOW_MS);
	return { recorded: new Map([...kept, ...people.map((person) => [key(person), now] as const)]), people };
}
