import { seededRandom } from '../../demo/random.js';

/** Somebody comes to the showroom. Times in ms of the day, from opening on. */
export interface Visitor {
	readonly arrivesAt: number;
	readonly entrance: 'main' | 'side';
	/** A customer's id; null: a stranger. */
	readonly customer: string | null;
	/** They type their name at the kiosk, just inside, so long after coming in; null: they do not. */
	readonly checksInAfterMs: number | null;
	/** How long their consultant talks to them before they look round alone. */
	readonly talkMs: number;
	/** How long they stay after that. */
	readonly looksMs: number;
	/** They go out and come back while they look round, so many times. */
	readonly stepsOut: number;
	/** On the way out their face is seen. */
	readonly seenLeaving: boolean;
}

/** A member of staff, and how quick they are. */
export interface SaturdayStaff {
	readonly id: string;
	readonly role: 'consultant' | 'reception' | 'manager';
	/** A lunch break. */
	readonly breakAt: number | null;
}

/** Something that goes wrong. */
export type Trouble =
	| { readonly kind: 'offline'; readonly at: number; readonly ms: number; readonly staff: string }
	/** The agent is killed, and started again. */
	| { readonly kind: 'restart'; readonly at: number }
	/** The wall clock jumps. */
	| { readonly kind: 'clock'; readonly at: number; readonly stepMs: number };

export interface Saturday {
	readonly dayMs: number;
	readonly visitors: readonly Visitor[];
	readonly staff: readonly SaturdayStaff[];
	/** By customer: their own consultant. */
	readonly customers: ReadonlyMap<string, string>;
	readonly troubles: readonly Trouble[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** Visits an hour. */
const PACE = 60;
/** While the agent is down its cameras see nobody: the script has nobody come then. */
const QUIET = { before: 20 * SECOND, after: 5 * MINUTE };

/** A whole day that follows from the seed: `visits` people at sixty an hour, busiest at two thirds of it, four in ten known. */
export function writeSaturday(seed: number, visits: number): Saturday {
	const random = seededRandom(seed);
	const between = (low: number, high: number) => low + (high - low) * random();
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] ?? missing();
	const dayMs = (visits / PACE) * HOUR;
	const consultants = Array.from({ length: 14 }, (_, index) => `consultant-${String(index + 1).padStart(2, '0')}`);
	const restart = { kind: 'restart', at: dayMs * 0.45 } as const;
	const troubles: Trouble[] = [
		...[0.2, 0.35, 0.6].map((part, index) => ({
			...({ kind: 'offline', at: dayMs * part, ms: 10 * MINUTE, staff: consultants[index * 4] ?? missing() } as const),
		})),
		restart,
		{ kind: 'clock', at: dayMs * 0.75, stepMs: HOUR },
	];
	const quiet = (at: number) => at > restart.at - QUIET.before && at < restart.at + QUIET.after;

	const arrivals = Array.from({ length: visits }, () => {
		// The mean of two even draws is a hill; shifted, its top is at two thirds.
		for (;;) {
			const at = ((random() + random()) / 2) ** 0.75 * dayMs;
			if (!quiet(at)) return at;
		}
	}).toSorted((a, b) => a - b);
	const customers = new Map(Array.from({ length: visits }, (_, index) => [`customer-${index + 1}`, pick(consultants)] as const));
	const unused = [...customers.keys()];

	// Two people who pass the same line within moments may be one to its two cameras; a party is meant to be close.
	const lastAt = { main: Number.NEGATIVE_INFINITY, side: Number.NEGATIVE_INFINITY };
	const visitors = arrivals.map((at): Visitor => {
		const entrance = random() < 0.7 ? 'main' : 'side';
		const together = random() < 0.15 && at - lastAt[entrance] < MINUTE;
		const arrivesAt = together ? lastAt[entrance] + between(1800, 2600) : Math.max(at, lastAt[entrance] + 4 * SECOND);
		lastAt[entrance] = arrivesAt;
		const known = !together && random() < 0.4;
		return {
			...{ arrivesAt, entrance, customer: known ? (unused.shift() ?? missing()) : null },
			checksInAfterMs: !known && !together && random() < 0.2 ? between(4, 8) * SECOND : null,
			talkMs: between(3, 9) * MINUTE,
			looksMs: between(2, 30) * MINUTE,
			stepsOut: known && random() < 0.15 ? 1 + Math.floor(random() * 3) : 0,
			seenLeaving: random() < 0.6,
		};
	});
	const staff: SaturdayStaff[] = [
		...consultants.map((id, index) => ({ id, role: 'consultant' as const, breakAt: dayMs * (0.3 + index * 0.03) })),
		...['reception-1', 'reception-2'].map((id) => ({ id, role: 'reception' as const, breakAt: null })),
		{ id: 'manager', role: 'manager', breakAt: null },
	];
	return { dayMs, visitors, staff, customers, troubles };
}

function missing(): never {
	throw new Error('the script ran out of people');
}
