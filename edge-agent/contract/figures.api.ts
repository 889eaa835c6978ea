import { z } from 'zod';
import type { EventBody } from './events.js';
import { type Channel, type CloseReason, languageSchema, type Purpose } from './vocabulary.js';

/**
 * What managers count, all under `/api`. Times are Unix ms, durations ms.
 *
 *   GET /figures?from=&to=&compare=true   FiguresAnswer: of the visits opened in [from, to); with the same span of time before it
 *   GET /summaries                        SummariesAnswer: the newest 31 days, newest first
 *   GET /summaries/:day                   SummaryDetails: one day (`2026-11-23`)
 *   GET /summaries/:day/page?lang=zh|en   the same as a page to print
 */

/** A quarter, with the hour by which clocks may have been set. */
const LONGEST_MS = (92 * 24 + 1) * 60 * 60_000;
const time = z.coerce.number().int().nonnegative();
export const figuresQuerySchema = z
	.object({ from: time, to: time, compare: z.enum(['true', 'false']).default('false') })
	.refine(({ from, to }) => to > from && to - from <= LONGEST_MS, { path: ['to'], error: 'after from, by 92 days at most' });
/** In which language; absent: as Accept-Language says. */
export const pageQuerySchema = z.object({ lang: languageSchema.optional() });
/** A day that there is. */
export const daySchema = z.iso.date();

/**
 * The figures of a span of time. A visit here is one 批次: those who came in together count once, as one (`persons` counts heads). Visits
 * closed as staff, courier, not a visitor, or merged into another count nowhere. Rates are fractions; null: of nothing.
 */
export interface Figures {
	readonly from: number;
	readonly to: number;
	/** Whoever is greeted within this time was received in time. */
	readonly targetMs: number;
	/** 来店批次 */
	readonly visits: number;
	/** 来店人次 */
	readonly persons: number;
	/** Visits of customers whom we know: `first` for the first time, `repeat` not. */
	readonly known: number;
	readonly first: number;
	readonly repeat: number;
	/** Received, left without anybody, left as they wished (no greeting, please), or still waiting: these make up all visits. */
	readonly received: number;
	readonly leftUnreceived: number;
	readonly leftAsWished: number;
	readonly waiting: number;
	readonly receivedWithinTarget: number;
	/** Others than the first had to be told, or somebody was sent. */
	readonly escalated: number;
	/** Visits about buying: all but service, pick-up and complaints, and of those the ones that led to a test drive, a quote or an order. */
	readonly sales: number;
	/** Of the sales visits: a way to reach them was left (留档), then or before: as the form says, at check-in, or because we know them. */
	readonly contacts: number;
	readonly testDrives: number;
	readonly quotes: number;
	readonly orders: number;
	/** Forms about visits that are over which nobody has filled in; a party may have several. */
	readonly openOutcomes: number;
	readonly guestsExpected: number;
	readonly guestsArrived: number;
	readonly rates: {
		/** Of all visits, greeted in time. */
		readonly withinTarget: number | null;
		/** 二次到店率: of the known ones. */
		readonly repeat: number | null;
		/** 留档率, 试驾率, 成交率: of the sales visits (购车批次). */
		readonly contacts: number | null;
		readonly testDrives: number | null;
		readonly orders: number | null;
	};
	/** From coming in to the greeting; null: nobody was greeted. */
	readonly greetMs: Spread | null;
	/** From coming in to leaving, of those who left; null: nobody has. */
	readonly dwellMs: Spread | null;
	/** Visits by the local hour in which they began (24), and by weekday (7, Monday first). */
	readonly byHour: readonly number[];
	readonly byWeekday: readonly number[];
	/** By what was said; null: nobody did. Most visits first. */
	readonly byPurpose: readonly Part<Purpose | null>[];
	readonly byChannel: readonly Part<Channel | null>[];
	/** A visit may be about several models, or none. */
	readonly byModel: readonly Part<string>[];
	/** Who received anybody, or owes a form; most received first. */
	readonly byConsultant: readonly ConsultantFigures[];
}

export interface Spread {
	readonly p50: number;
	readonly p95: number;
	/** How many took up to `upToMs`, and longer than the one before; null: any longer. */
	readonly histogram: readonly { readonly upToMs: number | null; readonly visits: number }[];
}

export interface Part<T> {
	readonly of: T;
	readonly visits: number;
	readonly contacts: number;
	readonly testDrives: number;
	readonly orders: number;
}

export interface ConsultantFigures {
	readonly staff: string;
	/** Visits that they look after. */
	readonly received: number;
	/** Median of the visits that they greeted; null: none. */
	readonly greetP50Ms: number | null;
	readonly testDrives: number;
	readonly orders: number;
	readonly openOutcomes: number;
}

export interface FiguresAnswer {
	readonly figures: Figures;
	/** Of as long a time just before, by the local calendar; null: not asked for. */
	readonly before: Figures | null;
}

/** A day's figures as they were when the summary was made. */
export interface SummaryView {
	readonly day: string;
	readonly madeAt: number;
	readonly figures: Omit<EventBody<'summary.made'>, 'day'>;
}
export interface SummariesAnswer {
	readonly summaries: readonly SummaryView[];
}

export interface SummaryDetails extends SummaryView {
	/** With what has been put right and filled in since. */
	readonly now: Figures;
	/** Who left without anybody, in the order of coming. */
	readonly unreceived: readonly UnreceivedVisit[];
	/** Forms still to be filled in, by who owes them. */
	readonly openOutcomes: readonly { readonly staff: string; readonly visits: readonly OpenOutcome[] }[];
}
export interface UnreceivedVisit {
	readonly visit: string;
	readonly openedAt: number;
	readonly leftAt: number;
	readonly reason: CloseReason;
	readonly persons: number;
	readonly purpose: Purpose | null;
	readonly known: boolean;
	/** Members of staff who were told, in that order. */
	readonly told: readonly string[];
}
export interface OpenOutcome {
	readonly visit: string;
	readonly openedAt: number;
	readonly closedAt: number;
}
