import type { FiguresAnswer, SummaryDetails, SummaryView } from '../contract/figures.api.js';
import type { ShowroomQueries } from '../log/log.types.js';
import { dayBounds } from '../reception/store-hours.js';
import { spanBefore } from './span-before.js';

const NEWEST = 31;

export interface SummariesOptions {
	readonly queries: Pick<ShowroomQueries, 'figures' | 'looseEnds' | 'summaries' | 'summary'>;
	/** Whoever is greeted within this time was received in time. */
	readonly targetMs: number;
}

/** What managers ask: the figures of any span of time, and the summaries of days. */
export class Summaries {
	readonly #options: SummariesOptions;

	constructor(options: SummariesOptions) {
		this.#options = options;
	}

	/** Of the visits opened in [from, to) (Unix ms). @param compare with as long a time before */
	async figures(span: { readonly from: number; readonly to: number }, compare: boolean): Promise<FiguresAnswer> {
		const { queries, targetMs } = this.#options;
		const before = spanBefore(span);
		return {
			figures: await queries.figures(span.from, span.to, targetMs),
			before: compare ? await queries.figures(before.from, before.to, targetMs) : null,
		};
	}

	/** The newest days, newest first. */
	list(): Promise<SummaryView[]> {
		return this.#options.queries.summaries(NEWEST);
	}

	/** null: none was made of this day (`2026-11-23`). */
	async details(day: string): Promise<SummaryDetails | null> {
		const { queries, targetMs } = this.#options;
		const { from, to } = dayBounds(day);
		const [summary, now, loose] = await Promise.all([
			queries.summary(day),
			queries.figures(from, to, targetMs),
			queries.looseEnds(from, to),
		]);
		return summary && { ...summary, now, ...loose };
	}
}
