import type { Config } from '../config/config.schema.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import { dayBounds, dayOf, daysAfter } from '../reception/store-hours.js';
import { summaryDue } from './summary-due.js';
import { summaryMade } from './summary-event.js';

/** The wall clock is looked at so often: it may be set, and the machine may sleep, so that no wait computed before holds. */
const LOOK_MS = 30_000;
/** More than were ever made of days to come, by a clock that was wrong. */
const NEWEST = 31;

export interface SummaryClockOptions {
	readonly log: Pick<ShowroomLog, 'append' | 'read'>;
	readonly queries: Pick<ShowroomQueries, 'figures' | 'summaries'>;
	readonly hours: Config['store']['hours'];
	/** So long after closing. */
	readonly afterMinutes: number;
	/** Whoever is greeted within this time was received in time. */
	readonly targetMs: number;
	readonly now: () => Instant;
	readonly onProblem: (message: string, error: unknown) => void;
}

/** Sums up each day once, some time after closing; what was missed while the agent was down, when it starts. */
export class SummaryClock {
	readonly #options: SummaryClockOptions;
	#timer: NodeJS.Timeout | undefined;
	#turn: Promise<void> = Promise.resolve();

	constructor(options: SummaryClockOptions) {
		this.#options = options;
	}

	start(): void {
		this.#timer = setInterval(() => this.look(), LOOK_MS);
		this.look();
	}

	/** Waits for the summary that is being made. */
	async stop(): Promise<void> {
		clearInterval(this.#timer);
		await this.#turn;
	}

	/** Makes what is due now, after what is being made. What fails is tried again at the next look. */
	look(): Promise<void> {
		this.#turn = this.#turn.then(() => this.#make()).catch((error) => this.#options.onProblem("a day's summary could not be made", error));
		return this.#turn;
	}

	async #make(): Promise<void> {
		const { log, queries, hours, afterMinutes, targetMs, now } = this.#options;
		for (const day of summaryDue(hours, afterMinutes, await this.#lastMade(), now().wall)) {
			const { from, to } = dayBounds(day);
			await log.append([summaryMade(day, await queries.figures(from, to, targetMs), now())]);
		}
	}

	/** The newest day that has been summed up; before the first, the day before the log began. */
	async #lastMade(): Promise<string> {
		const today = dayOf(this.#options.now().wall);
		const made = (await this.#options.queries.summaries(NEWEST)).find(({ day }) => day <= today);
		if (made) return made.day;
		const [first] = await this.#options.log.read(0, 1);
		return first ? daysAfter(dayOf(first.at.wall), -1) : today;
	}
}
