import { type Interval, wilson } from './intervals.js';

/** How one presentation at the kiosk ended. */
export interface Presentation {
	/** The folder that it came from: `bona-fide`, or the kind of attack. */
	readonly kind: string;
	/** `passed`, or why not. */
	readonly outcome: string;
}

/** Presentations of one kind of attack instrument, and how many were taken for living people. */
export interface AttackFigures {
	readonly presentations: number;
	readonly accepted: number;
	/** Attack presentation classification error rate: the share that was accepted. */
	readonly apcer: number;
	readonly interval: Interval;
	/** How they ended, with how many. */
	readonly outcomes: Readonly<Record<string, number>>;
}

export interface BonaFideFigures {
	readonly presentations: number;
	readonly rejected: number;
	/** Bona fide presentation classification error rate: the share that was rejected; null of none. */
	readonly bpcer: number | null;
	readonly interval: Interval;
	readonly outcomes: Readonly<Record<string, number>>;
}

/** The folder of presentations by people as they are. */
export const BONA_FIDE = 'bona-fide';

/**
 * Error rates in the words of ISO/IEC 30107-3: APCER of each kind of attack by itself and BPCER apart, with Wilson's intervals at 95 %. They are
 * never pooled: a mean over kinds says nothing about the attack that somebody will choose.
 */
export function attackFigures(presentations: readonly Presentation[]): {
	readonly apcer: Readonly<Record<string, AttackFigures>>;
	readonly bpcer: BonaFideFigures;
} {
	const apcer: Record<string, AttackFigures> = {};
	const kinds = [...new Set(presentations.map(({ kind }) => kind))].filter((kind) => kind !== BONA_FIDE).sort();
	for (const kind of kinds) {
		const { total, passed, outcomes } = count(presentations, kind);
		apcer[kind] = { presentations: total, accepted: passed, apcer: passed / total, interval: wilson(passed, total), outcomes };
	}
	const { total, passed, outcomes } = count(presentations, BONA_FIDE);
	const rejected = total - passed;
	const bpcer = total === 0 ? null : rejected / total;
	return { apcer, bpcer: { presentations: total, rejected, bpcer, interval: wilson(rejected, total), outcomes } };
}

function count(presentations: readonly Presentation[], kind: string) {
	const outcomes: Record<string, number> = {};
	for (const { outcome } of presentations.filter((one) => one.kind === kind)) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
	const total = Object.values(outcomes).reduce((sum, n) => sum + n, 0);
	return { total, passed: outcomes.passed ?? 0, outcomes };
}
