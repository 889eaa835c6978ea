import type { Instant, Purpose } from '../contract/vocabulary.js';
import type { PlanRules, PlanStep } from './plan.js';
import type { TurnsState } from './turns.js';

/** An alert that is not over: open, or acknowledged once somebody has taken it. */
export interface ActiveAlert {
	readonly id: string;
	readonly kind: 'arrival' | 'hand-over';
	/** Of a hand-over: who asks. */
	readonly from: string | null;
	/** The visit it was opened for. */
	readonly visit: string;
	/** That visit and those received by way of this alert, as far as they are going on. */
	readonly waiting: readonly string[];
	readonly customer: string | null;
	readonly purpose: Purpose | null;
	readonly host: string | null;
	readonly openedAt: Instant;
	readonly redAfterMs: number;
	/** When the plan that holds now began: at opening, or at the last rerouting. */
	readonly plannedAt: Instant;
	readonly steps: readonly PlanStep[];
	/** What the plan's first step is called where somebody is told. */
	readonly base: number;
	/** The last step of the plan that was told, from 0 on. */
	readonly step: number;
	/** Nobody free could be told first. */
	readonly wanting: boolean;
	readonly quiet: boolean;
	readonly overdue: boolean;
	readonly acknowledgedBy: string | null;
	readonly acknowledgedAt: Instant | null;
	/** Accepted, not greeted, and the manager has been told so. */
	readonly chased: boolean;
}

/** What the log says. */
export interface AlertsState {
	/** By id, oldest first. */
	readonly active: ReadonlyMap<string, ActiveAlert>;
	readonly turns: TurnsState;
}

/** When what happens; the design's defaults are 20 s, 45 s, 60 s, 120 s, 60 s, 6 alerts in 60 s. */
export interface AlertRules extends PlanRules {
	/** Accepted and not greeted for so long: the managers are told. */
	readonly greetMs: number;
	/** A hand-over is answered within this time, or over. */
	readonly handOverMs: number;
	/** So many alerts for unknown visitors within so many ms: whoever comes next joins the last. */
	readonly storm: { readonly alerts: number; readonly withinMs: number };
}

/** What a member of staff does about an alert. */
export type AlertAction =
	/** decline: not me, the next one please. release: I took it, and cannot come after all. */
	| { readonly kind: 'accept' | 'greet' | 'decline' | 'release'; readonly alert: string; readonly staff: string }
	/** `staff` sends `to`. */
	| { readonly kind: 'assign'; readonly alert: string; readonly staff: string; readonly to: string };
