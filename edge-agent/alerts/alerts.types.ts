import type { Instant, Purpose } from '../contract/vocabulary.js';
import type { PlanStep } from './plan.js';

/** An alert that is not over: open, or acknowledged once somebody has taken it. */
export interface ActiveAlert {
	readonly id: string;
	readonly visit: string;
	readonly customer: string | null;
	readonly purpose: Purpose | null;
	readonly host: string | null;
	readonly openedAt: Instant;
	readonly redAfterMs: number;
	/** When the plan that holds now began: at opening, or at the last rerouting. */
	readonly plannedAt: Instant;
	readonly steps: readonly PlanStep[];
	/** The last step of the plan that was told. */
	readonly step: number;
	readonly overdue: boolean;
	readonly acknowledgedBy: string | null;
}

/** What the log says. */
export interface AlertsState {
	/** By id, oldest first. */
	readonly active: ReadonlyMap<string, ActiveAlert>;
	/** Who was first in turn, and in which order: a larger number is later. */
	readonly lastTurn: ReadonlyMap<string, number>;
	readonly turns: number;
}

/** What a member of staff does about an alert. */
export interface AlertAction {
	readonly kind: 'accept' | 'greet';
	readonly alert: string;
	readonly staff: string;
}
