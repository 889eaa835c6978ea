import type { EventDraft } from '../contract/events.js';
import type { CloseReason, Grade, Instant } from '../contract/vocabulary.js';
import type { VisitsState } from '../visits/visits.types.js';

/** Visits closed for these reasons are no business: nobody is asked what came of them, and no figure counts them. */
export const noBusiness: ReadonlySet<CloseReason> = new Set(['staff', 'courier', 'not-a-visitor', 'merged']);

/** A visit that is over and of which nobody has said what came of it. Times are Unix ms: it may be days. */
export interface DueOutcome {
	readonly visit: string;
	/** Who received the visitor. */
	readonly staff: string;
	readonly closedAt: number;
	/** How often they have been asked, and when last. */
	readonly asked: number;
	readonly askedAt: number | null;
}

/** The forms that are due after one more event. @param visits as they were before it */
export function evolveOutcomes(
	due: ReadonlyMap<string, DueOutcome>,
	event: EventDraft,
	visits: VisitsState,
): ReadonlyMap<string, DueOutcome> {
	switch (event.type) {
		case 'visit.closed': {
			const { visit, reason } = event.body;
			const before = visits.open.get(visit);
			if (!before || before.receivedBy === null || before.outcome || noBusiness.has(reason)) return due;
			return new Map(due).set(visit, { visit, staff: before.receivedBy, closedAt: event.at.wall, asked: 0, askedAt: null });
		}
		case 'visit.outcome-asked': {
			const { visit, turn } = event.body;
			const form = due.get(visit);
			return form ? new Map(due).set(visit, { ...form, asked: turn, askedAt: event.at.wall }) : due;
		}
		case 'visit.reassigned': {
			const { visit, staff } = event.body;
			const form = due.get(visit);
			return form ? new Map(due).set(visit, { ...form, staff }) : due;
		}
		case 'visit.merged':
		case 'visit.outcome-recorded': {
			if (!due.has(event.body.visit)) return due;
			const rest = new Map(due);
			rest.delete(event.body.visit);
			return rest;
		}
		default:
			return due;
	}
}

const DAY_MS = 24 * 60 * 60_000;
/** Nobody remembers a visit that is over for so long (a store that has just been brought up to date has thousands). */
const OLDEST_MS = 7 * DAY_MS;
/** Somebody is asked so often; what is still missing then stands in the day's summary and in the list of tasks. */
const MOST_TURNS = 6;

export interface OutcomeRules {
	/** ms from one asking to the next. */
	readonly everyMs: number;
}

/** Whom to ask now: as soon as the visit is over, and again every `everyMs` while the store is open. */
export function askForOutcomes(
	due: ReadonlyMap<string, DueOutcome>,
	open: boolean,
	now: Instant,
	newId: () => string,
	rules: OutcomeRules,
): EventDraft[] {
	return [...due.values()]
		.filter((form) => (open || form.asked === 0) && (askAt(form, now.wall, rules) ?? Number.POSITIVE_INFINITY) <= now.wall)
		.map(({ visit, staff, asked }) => ({
			...{ id: newId(), type: 'visit.outcome-asked', at: now, actor: 'system', subject: visit, cause: null },
			body: { visit, staff, turn: asked + 1 },
		}));
}

/** Unix ms at which somebody is next to be asked; null: nobody is. @param openFrom when the store is open next, from a time on; null: never */
export function nextAskAt(
	due: ReadonlyMap<string, DueOutcome>,
	now: number,
	openFrom: (at: number) => number | null,
	rules: OutcomeRules,
): number | null {
	const soonest = (which: (form: DueOutcome) => boolean) => first([...due.values()].filter(which).map((form) => askAt(form, now, rules)));
	const again = soonest(({ asked }) => asked > 0);
	// Whoever is first is first when the store opens, too: its hours are asked once, and not for each of hundreds.
	return first([soonest(({ asked }) => asked === 0), again === null ? null : openFrom(Math.max(again, now))]);
}

function first(times: readonly (number | null)[]): number | null {
	return times.reduce((first, at) => (first === null || at === null ? (first ?? at) : Math.min(first, at)), null);
}

function askAt({ asked, askedAt, closedAt }: DueOutcome, now: number, { everyMs }: OutcomeRules): number | null {
	if (asked >= MOST_TURNS || now - closedAt > OLDEST_MS) return null;
	return askedAt === null ? closedAt : askedAt + everyMs;
}

/** Within how many days whoever means to buy is called; null: not at all. */
const callWithinDays: Readonly<Record<Grade, number | null>> = { H: 7, A: 15, B: 30, C: 90, D: null };

/** When a customer of this grade is to be called (Unix ms). */
export function followUpAt(grade: Grade | null, now: number): number | null {
	const days = grade === null ? null : callWithinDays[grade];
	return days === null ? null : now + days * DAY_MS;
}
