import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { CustomerView } from '../contract/api.js';
import type { EventDraft } from '../contract/events.js';
import { searchKeys } from '../log/customer-search.js';
import type { ShowroomLogClient } from '../log/showroom-log.js';
import type { VisitDay } from './log-visits.js';
import { quantile, timed } from './timing.js';

type Question = 'day' | 'name' | 'week';

export interface Queries {
	readonly queryMs: Readonly<Record<Question, { readonly p95: number }>>;
	readonly eventLoopDelayMs: { readonly p99: number };
}

const appendsPerSecond = 50;
/** Visits that a screen asks for at a time. */
const page = 200;
/** Within how long a visitor should be greeted, which the figures count by. */
const targetMs = 60_000;
/** Of each, before it counts. */
const warmUp = 20;

/**
 * Asks in turns, while events come in: for all visits of a day; for visits of whoever part of a name finds, the first page; for a week, the first
 * page and its figures together. All of it is asked from this thread, whose event loop is watched meanwhile.
 *
 * @param drafts never ends; what is appended
 * @param count of each question
 */
export async function measureQueries(
	log: ShowroomLogClient,
	days: readonly VisitDay[],
	drafts: Iterator<EventDraft, never>,
	random: () => number,
	count: number,
): Promise<Queries> {
	const people = await log.customers();
	const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
	const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };
	const ask: Readonly<Record<Question, () => Promise<unknown>>> = {
		day: () => log.visits(one(days)),
		name: () => log.visitList({ ...everything, text: typed(one(people), random) }, null, page),
		week: () => {
			const week = oneWeek(days, random);
			return Promise.all([log.visitList(week, null, page), log.figures(week.from, week.to, targetMs)]);
		},
	};
	let failed: unknown;
	const begun = performance.now();
	let appended = 0;
	const ticking = setInterval(() => {
		// A timer that rings late makes up for it.
		for (; appended < ((performance.now() - begun) / 1000) * appendsPerSecond; appended++)
			log.append([drafts.next().value]).catch((error) => {
				failed = error;
			});
	}, 1000 / appendsPerSecond);
	const delay = monitorEventLoopDelay({ resolution: 1 });
	const times: Record<Question, number[]> = { day: [], name: [], week: [] };
	try {
		for (let round = -warmUp; round < count; round++) {
			if (round === 0) delay.enable();
			for (const question of ['day', 'name', 'week'] as const) {
				const took = await timed(ask[question]);
				if (round >= 0) times[question].push(took);
			}
		}
	} finally {
		delay.disable();
		clearInterval(ticking);
	}
	if (failed) throw failed;
	const p95 = (question: Question) => ({ p95: Number(quantile(times[question], 0.95).toFixed(1)) });
	return {
		queryMs: { day: p95('day'), name: p95('name'), week: p95('week') },
		eventLoopDelayMs: { p99: Number((delay.percentile(99) / 1e6).toFixed(1)) },
	};
}

/** What somebody types to find a customer: the name's beginning, its pinyin, or the initials. */
function typed({ name }: CustomerView, random: () => number): string {
	const { pinyin, initials } = searchKeys(name, null);
	return [name.slice(0, 2), pinyin, initials][Math.floor(random() * 3)] ?? name;
}

/** Any seven days that follow one another, or as many as there are. */
function oneWeek(days: readonly VisitDay[], random: () => number): { readonly from: number; readonly to: number } {
	const first = Math.floor(random() * Math.max(1, days.length - 6));
	return { from: days[first]?.from ?? 0, to: days.slice(first, first + 7).at(-1)?.to ?? 0 };
}
