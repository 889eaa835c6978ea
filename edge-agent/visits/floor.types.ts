import type { AlertRules } from '../alerts/alerts.types.js';
import type { HoursConfig } from '../config/config.schema.js';
import type { ScreenView } from '../contract/sockets.js';
import type { Instant } from '../contract/vocabulary.js';
import type { ShowroomLog, ShowroomQueries } from '../log/log.types.js';
import type { OutcomeRules } from '../reception/outcomes.js';
import type { Timers } from '../timers.js';
import type { VisitRules } from './visits.types.js';

/** Everything that is decided by figures. */
export interface FloorRules {
	readonly visits: VisitRules;
	/** Steps and limits differ by the hour. @param at Unix ms */
	readonly alertsAt: (at: number) => AlertRules;
	/** Whoever received a visitor counts as busy for so many ms at most. */
	readonly busyMs: number;
	readonly outcomes: OutcomeRules;
	/** When the store is open. */
	readonly hours: readonly HoursConfig[];
}

export interface FloorOptions {
	readonly log: Pick<ShowroomLog, 'append' | 'read' | 'lastSeq'>;
	readonly queries: Pick<
		ShowroomQueries,
		| 'staff'
		| 'customer'
		| 'wishes'
		| 'customersByTelephone'
		| 'alerts'
		| 'visits'
		| 'firstUnsettledSeq'
		| 'dutyRows'
		| 'rotaRows'
		| 'rotaTurns'
		| 'outcomesDue'
		| 'guest'
		| 'guestsByTelephone'
		| 'tasks'
	>;
	readonly rules: FloorRules;
	/** The screens of the staff. */
	readonly screens: {
		/** To whom an alert would be shown now. */
		reachable(): ReadonlySet<string>;
		devices(): readonly ScreenView[];
	};
	readonly now: () => Instant;
	readonly timers: Timers;
	readonly newId: () => string;
	/** Told what no caller hears of: something seen or fallen due could not be written. */
	readonly onProblem: (message: string, error: unknown) => void;
}
